import type { Language } from '../../core/language';
import type { Decision, FixKind, RuleConflict, Validation } from '../../core/rule';

export const LANGUAGE_NAME: Readonly<Record<Language, string>> = {
  typescript: 'TypeScript and JavaScript',
  python: 'Python',
  sql: 'SQL',
};

export const FIX_WORDS: Readonly<Record<FixKind, string>> = {
  safe: 'A quick fix that keeps the behaviour.',
  suggestion: 'A suggested fix that you confirm: it says what could change.',
  none: 'Advice only: the change needs knowledge of the project that the code does not hold.',
};

export const FIX_LABEL: Readonly<Record<FixKind, string>> = {
  safe: 'safe',
  suggestion: 'to confirm',
  none: 'advice',
};

export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  upfront: 'Decide it while designing: it is hard to change later.',
  deferrable: 'It can wait until a measurement asks for it. In code that rarely runs it is deferred.',
};

export const VALIDATION_WORDS: Readonly<Record<Validation, string>> = {
  'query count': 'Count the queries of one call before and after.',
  benchmark: 'Benchmark the function before and after, at a realistic size.',
  explain: 'Compare the plans (EXPLAIN) before and after, on a database of realistic size.',
  heap: 'Compare the heap profiles before and after.',
  load: 'Compare p50, p95 and p99 under load before and after.',
};

/** A rule's conflict as a sentence that names who disagrees or agrees. */
export function conflictWords({ view, tool, rule, agrees, text }: RuleConflict): string {
  const who = { clarity: 'Clarity', simplicity: 'Simplicity', architecture: 'Architecture', 'quick hack': 'The quick hack', linter: `${tool} ${rule}` }[view];
  return `**${who}**${agrees ? ' agrees' : ''}: ${text}`;
}

export function effortWords(minutes: number): string {
  return minutes < 60 ? `${minutes} minutes` : `${Number((minutes / 60).toFixed(1))} hours`;
}
