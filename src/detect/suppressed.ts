import { contentHash } from '../core/hash';
import { hasRules, type Language } from '../core/language';
import type { Finding } from '../core/finding';
import type { Rule } from '../core/rule';
import type { FileAnalysis } from './candidate';
import { isExpired, isIncomplete, isSuppressed, type LocatedSuppression } from './suppressions';

interface Facts {
  readonly problem: 'expired' | 'incomplete';
  readonly until?: string;
}

/** Not a pattern of the catalogue: it keeps the suppression comments themselves honest. */
export const expiredSuppression: Rule<Facts> = {
  meta: {
    id: 'expired-suppression',
    title: 'Suppression that no longer holds',
    family: 'observability',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'none',
    complexity: { now: '-', after: '-' },
    cost: { unit: 'calls', variable: 'suppressions', assumedSize: 1, now: () => 0, after: () => 0, millisecondsPerUnit: 0 },
    effortMinutes: 5,
    validation: 'benchmark',
  },
  say: ({ problem, until }) => ({
    message:
      problem === 'expired'
        ? `This suppression expired on ${until}. Fix the finding, or give a new reason and a new date.`
        : 'This suppression needs a rule and a reason, and a real date where it has one: performance-ignore <rule>: reason until 2027-01-31.',
    hint: 'suppression',
  }),
};

/** Takes out what a valid suppression covers, and adds a finding for each suppression that is expired or incomplete. */
export function applySuppressions(findings: readonly Finding[], analysis: FileAnalysis, today: Date): Finding[] {
  const suppressions = analysis.suppressions;
  const { language } = analysis.facts;
  if (suppressions.length === 0 || !hasRules(language)) return [...findings];
  const day = today.toISOString().slice(0, 10);
  const valid = suppressions.filter((suppression) => !isExpired(suppression, day) && !isIncomplete(suppression));
  const kept = findings.filter(({ range, rule, holderLines }) => !isSuppressed(range, rule, valid, holderLines));
  const spent = suppressions.filter((suppression) => !valid.includes(suppression));
  return [...kept, ...spent.map((suppression, ordinal) => spentFinding(suppression, ordinal, analysis.file, language))];
}

function spentFinding(suppression: LocatedSuppression, ordinal: number, file: string, language: Language): Finding {
  const { until } = suppression;
  const saying = expiredSuppression.say({ problem: isIncomplete(suppression) ? 'incomplete' : 'expired', until }, NO_COST);
  return {
    id: `expired-suppression-${contentHash([file, suppression.rules.join(), suppression.reason, ordinal].join('\0'), 10)}`,
    rule: 'expired-suppression',
    file,
    language,
    range: suppression.range,
    functionName: '',
    message: saying.message,
    hint: saying.hint ?? '',
    cost: NO_COST,
    confidence: 'certain',
    heat: { heat: 'unknown', reason: 'not about running code' },
    related: [],
    fixes: [],
  };
}

const NO_COST = { unit: 'calls', variable: 'suppressions', n: 1, basis: 'literal', now: 0, after: 0 } as const;
