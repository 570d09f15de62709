import type { SpanEdit } from '../../core/text';
import { HOLE, type Token } from './tokens';

/** Words after which an expression begins, so that a placeholder there stands for a value. */
const BEFORE_EXPRESSION = new Set(
  ('select distinct all where and or not on by limit offset in like ilike rlike regexp glob similar to between set values when then else case having ' +
    'returning any some is from using join into as with over filter escape interval fetch first next default exists union intersect except only match ' +
    'update table references if returns check div mod xor binary collate').split(' '),
);
const BEFORE_TABLE = new Set(['from', 'join', 'into', 'update', 'table', 'only', 'references', '.']);
const BEFORE_CONDITION = new Set(['where', 'and', 'or', 'on', 'having', 'not']);
const AFTER_CONDITION = new Set(['and', 'or', 'group', 'order', 'limit', 'having', 'union', 'returning', ')', ';', 'offset', 'for']);

const CLAUSES = new Set(['select', 'from', 'where', 'having', 'on', 'order', 'limit', 'offset', 'group', 'set']);
/** What is added to these narrows nothing. */
const BEHIND_CONDITIONS = new Set(['order', 'limit', 'offset']);

export interface Placeholders {
  readonly edits: readonly SpanEdit[];
  /** A placeholder may hide conditions, so the statement's filters are not all known. */
  readonly hidesConditions: boolean;
}

/**
 * Edits that turn every way of writing a parameter (`?`, `%s`, `%(name)s`, `:name`, `@name`, `$name`, `{name}`
 * and interpolated expressions) into what PostgreSQL parses: `$n` for a value, a name for a table,
 * nothing for a fragment after a complete expression.
 * With `asNames` interpolated expressions become names wherever they could be values.
 */
export function placeholderEdits(tokens: readonly Token[], asNames: boolean): Placeholders {
  const edits: SpanEdit[] = [];
  let number = highestParameter(tokens);
  let hidesConditions = false;
  let before: Token | undefined;
  let clause = '';
  for (let i = 0; i < tokens.length; i++) {
    const length = placeholderLength(tokens, i, before);
    if (length === 0) {
      before = tokens[i]!;
      if (before.kind === 'word' && CLAUSES.has(before.text)) clause = before.text;
      continue;
    }
    const last = i + length - 1;
    const after = tokens[last + 1];
    const text = replacement(before, after, () => `$${++number}`, asNames && isInterpolated(tokens[i]!));
    if (!BEHIND_CONDITIONS.has(clause) && isFragment(text, before, after)) hidesConditions = true;
    edits.push({ start: tokens[i]!.start, end: tokens[last]!.end, newText: text });
    if (text !== '') before = { kind: 'parameter', text, start: tokens[i]!.start, end: tokens[last]!.end };
    i = last;
  }
  return { edits, hidesConditions };
}

/** Whether a text can hold a placeholder of any kind; cheaper than tokenising it. */
export function mayHavePlaceholders(sql: string): boolean {
  // PostgreSQL itself reads $1 and the cast ::date.
  return /[?@{\uE000]|%[sdirf(]|%\w+%|(?:^|[^:]):[A-Za-z_'"\d]|\$[A-Za-z_'"]/.test(sql);
}

/** Whether some placeholder may stand for more than a value: drivers bind values, formatting puts in anything. */
export function hasInterpolations(sql: string): boolean {
  return /[{%\uE000]/.test(sql);
}

function replacement(before: Token | undefined, after: Token | undefined, parameter: () => string, asName: boolean): string {
  if (before === undefined) return '';
  if (BEFORE_TABLE.has(before.text) || after?.text === '.') return HOLE;
  if (before.text === 'in' || before.text === 'values') return `(${parameter()})`;
  if (before.text === 'set') return after?.text === '=' ? HOLE : `${HOLE} = ${parameter()}`;
  if (endsOperand(before)) return '';
  return asName ? HOLE : parameter();
}

function isFragment(text: string, before: Token | undefined, after: Token | undefined): boolean {
  if (text === '') return before !== undefined;
  return BEFORE_CONDITION.has(before!.text) && (after === undefined || AFTER_CONDITION.has(after.text));
}

/** How many tokens the placeholder at `i` takes; 0 where there is none. */
function placeholderLength(tokens: readonly Token[], i: number, before: Token | undefined): number {
  const { kind, text, end } = tokens[i]!;
  if (kind === 'hole') return 1;
  if (kind !== 'symbol') return 0;
  const next = tokens[i + 1];
  const touching = next !== undefined && next.start === end ? next : undefined;
  switch (text) {
    case '?':
      // After an operand it is PostgreSQL's jsonb operator.
      return before !== undefined && endsOperand(before) ? 0 : 1 + (touching?.kind === 'number' ? 1 : 0);
    case '%':
      if (touching?.text === '(') return tokens[i + 3]?.text === ')' && tokens[i + 4]?.kind === 'word' ? 5 : 0;
      if (touching !== undefined && /^[sdirf]$/.test(touching.text)) return 2;
      // A template's `%name%`; between operands it is a remainder.
      return touching?.kind === 'word' && tokens[i + 2]?.text === '%' && (before === undefined || !endsOperand(before)) ? 3 : 0;
    case ':':
      // `a[1:n]` is a slice.
      if (before?.end === tokens[i]!.start && endsOperand(before)) return 0;
      return touching !== undefined && touching.kind !== 'symbol' ? 2 : 0;
    case '@':
    case '$':
      return touching?.kind === 'word' ? 2 : 0;
    case '{':
      return braceLength(tokens, i);
    default:
      return 0;
  }
}

/** `{name}`, and `{{name::uuid}}` of those who fill their statements in themselves. */
function braceLength(tokens: readonly Token[], open: number): number {
  const longest = 12;
  const isDouble = tokens[open + 1]?.text === '{';
  for (let i = open + (isDouble ? 2 : 1); i < tokens.length && i <= open + longest; i++) {
    if (tokens[i]!.text === '}') return !isDouble ? i - open + 1 : tokens[i + 1]?.text === '}' ? i - open + 2 : 0;
    if (tokens[i]!.text === '{') return 0;
  }
  return 0;
}

function endsOperand(token: Token): boolean {
  if (token.kind === 'word') return !BEFORE_EXPRESSION.has(token.text);
  return token.kind !== 'symbol' || token.text === ')' || token.text === ']';
}

const isInterpolated = (token: Token): boolean => token.kind === 'hole' || token.text === '{' || token.text === '%';

function highestParameter(tokens: readonly Token[]): number {
  let highest = 0;
  for (const { kind, text } of tokens) if (kind === 'parameter') highest = Math.max(highest, Number(text.slice(1)));
  return highest;
}
