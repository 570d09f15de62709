import type { Suppression } from '../core/finding';
import type { Language } from '../core/language';
import { LineIndex, type Range, type Span } from '../core/text';
import { findComments } from './comments';

const WORD = 'performance-ignore';

/** The directive stands at the beginning of a comment's line; prose that mentions it is not one. */
const DIRECTIVE = /^[\s/*#-]*performance-ignore(?![\w-])[ \t]*([^:]*)(?::(.*))?$/;

const UNTIL = /\buntil\s+(\d{4}-\d{2}-\d{2})\.?$/;

/** A suppression with the place it speaks of. */
export interface LocatedSuppression extends Suppression {
  /** The directive itself, from its first word to the end of its line. */
  readonly range: Range;
  /** Zero-based line of the code it covers: its own where code stands there, else the next one with code. */
  readonly codeLine: number;
}

/**
 * Finds `performance-ignore <rule>[, <rule>]: reason until 2027-01-31` in the comments of a file, and in the SQL
 * comments of its `statements`: the spans of strings that hold SQL. One that names no rule, gives no reason or a date that does not exist is returned too: it
 * suppresses nothing, and `isIncomplete` tells it from the others.
 */
export function findSuppressions(text: string, language: Language, file: string, statements: readonly Span[] = []): LocatedSuppression[] {
  if (!text.includes(WORD)) return [];
  const comments = [...findComments(text, language), ...statements.flatMap((span) => commentsInString(text, span))].sort((a, b) => a.start - b.start);
  const lines = new LineIndex(text);
  const code = new LineIndex(blankOut(text, comments));
  return comments.flatMap((comment) => inComment(text, comment, file, lines, code));
}

/** The quotes at its ends are no SQL: behind them an apostrophe of the host language would open a string. */
function commentsInString(text: string, { start, end }: Span): Span[] {
  const content = text.slice(start, end);
  if (!content.includes(WORD)) return [];
  const first = /^\w{0,2}(?:"""|'''|["'`])/.exec(content)?.[0].length ?? 0;
  const last = /(?:"""|'''|["'`])$/.exec(content)?.[0].length ?? 0;
  const sql = content.slice(first, content.length - last);
  return findComments(sql, 'sql').map((comment) => ({ start: start + first + comment.start, end: start + first + comment.end }));
}

function inComment(text: string, comment: Span, file: string, lines: LineIndex, code: LineIndex): LocatedSuppression[] {
  const content = text.slice(comment.start, comment.end).replace(/\*\/$/, '');
  if (!content.includes(WORD)) return [];
  const first = lines.positionAt(comment.start);
  return content.split(/\r\n|\r|\n/).flatMap((lineText, index) => {
    const directive = DIRECTIVE.exec(lineText.trimEnd());
    if (directive === null) return [];
    const line = first.line + index;
    const column = index === 0 ? first.character : 0;
    const start = { line, character: column + lineText.indexOf(WORD) };
    const end = { line, character: column + lineText.trimEnd().length };
    return [{ ...read(directive), file, line, range: { start, end }, codeLine: coveredLine(line, code) }];
  });
}

function read(directive: RegExpExecArray): Pick<Suppression, 'rules' | 'reason' | 'until'> {
  const rules = directive[1]!.split(/[\s,]+/).filter((rule) => rule !== '');
  const rest = (directive[2] ?? '').trim();
  const until = UNTIL.exec(rest);
  const reason = until ? rest.slice(0, until.index).replace(/[\s,;(]+$/, '') : rest;
  return { rules, reason, until: until?.[1] };
}

function coveredLine(line: number, code: LineIndex): number {
  let at = line;
  while (at < code.lineCount - 1 && isEmpty(code.lineText(at))) at++;
  return at;
}

/** Whether a line holds nothing but comments; the braces are those around a comment in JSX. */
function isEmpty(lineWithoutComments: string): boolean {
  return /^\s*(?:\{\s*\})?\s*$/.test(lineWithoutComments);
}

function blankOut(text: string, comments: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of comments) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/**
 * Whether a finding of `rule` is covered: it, or a statement that holds it, begins on the comment's own line or on
 * the next line with code.
 */
export function isSuppressed(range: Range, rule: string, suppressions: readonly LocatedSuppression[], holderLines: readonly number[] = []): boolean {
  return suppressions.some(
    (suppression) =>
      suppression.rules.includes(rule) &&
      (suppression.codeLine === range.start.line || holderLines.includes(suppression.codeLine)) &&
      !isIncomplete(suppression),
  );
}

/** A suppression must say which rules, why, and (where it names one) a day that exists. */
export function isIncomplete({ rules, reason, until }: Suppression): boolean {
  return rules.length === 0 || !/[\p{L}\p{N}]/u.test(reason) || (until !== undefined && !isDay(until));
}

/**
 * Whether the last day of a suppression has passed.
 * @param today ISO date such as "2027-01-31".
 */
export function isExpired({ until }: Suppression, today: string): boolean {
  return until !== undefined && isDay(until) && today > until;
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
