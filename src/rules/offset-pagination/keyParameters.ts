import type { Span, SpanEdit } from '../../core/text';
import type { SqlStatement } from '../../syntax/sql/statement';
import type { Token } from '../../syntax/sql/tokens';
import type { Clauses, SortKey } from './clauses';

/** What the sort keys are compared with, and how the values that a program binds change with it. */
export interface KeyParameters {
  readonly names: readonly string[];
  readonly edits: readonly SpanEdit[];
}

/** A name that a program can write behind a dot. */
const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/** The parameters of a statement in a file of SQL: the offset's own number first, or names made from the columns. */
export function ownParameters(clauses: Clauses, keys: readonly SortKey[]): KeyParameters | undefined {
  const { tokens } = clauses;
  const offset = clauses.indexOf('offset');
  const [first, second] = [tokens[offset + 1], tokens[offset + 2]];
  if (first?.kind === 'parameter') {
    const names = numberedNames(tokens, first, keys);
    return names && { names, edits: [] };
  }
  const isNamed = first !== undefined && /^[:@]$/.test(first.text) && second?.kind === 'word' && second.start === first.end;
  return isNamed ? { names: keys.map(({ column }) => `${first.text}after_${column}`), edits: [] } : undefined;
}

/** The offset's number and the next free ones; undefined where the offset's stands elsewhere, too. */
function numberedNames(tokens: readonly Token[], offset: Token, keys: readonly SortKey[]): string[] | undefined {
  const numbers = tokens.filter(({ kind }) => kind === 'parameter');
  if (numbers.filter(({ text }) => text === offset.text).length > 1) return undefined;
  const highest = Math.max(...numbers.map(({ text }) => Number(text.slice(1))));
  return keys.map((_, i) => (i === 0 ? offset.text : `$${highest + i}`));
}

/**
 * The parameters of a statement in a string, whose values stand written out in the call: the offset's value gives way
 * to the columns of `last`, the last row of the page before, which the program does not have yet.
 */
export function boundParameters(clauses: Clauses, keys: readonly SortKey[], statement: SqlStatement): KeyParameters | undefined {
  const spans = statement.boundValues;
  if (spans === undefined || spans.length === 0 || !keys.every(({ column }) => PLAIN_NAME.test(column))) return undefined;
  const values = spans.map((span) => statement.documentText(span));
  const ofLast = keys.map(({ column }) => `last.${column}`);
  const { tokens } = clauses;
  const offset = tokens[clauses.indexOf('offset') + 1];
  if (offset?.kind === 'parameter') {
    const names = numberedNames(tokens, offset, keys);
    const index = Number(offset.text.slice(1)) - 1;
    const others = new Set(tokens.filter(({ kind }) => kind === 'parameter').map(({ text }) => text)).size;
    if (names === undefined || others !== values.length) return undefined;
    return { names, edits: [listEdit(spans, [...values.with(index, ofLast[0]!), ...ofLast.slice(1)])] };
  }
  return positional(clauses, spans, values, ofLast);
}

/** `?` and `%s`, which take the values in the order in which they stand. */
function positional(clauses: Clauses, spans: readonly Span[], values: readonly string[], ofLast: readonly string[]): KeyParameters | undefined {
  const { tokens } = clauses;
  const places = tokens.flatMap((_, i) => (placeholderLength(tokens, i) > 0 ? [i] : []));
  const [order, offset] = [clauses.indexOf('order'), clauses.indexOf('offset')];
  const ordinal = places.indexOf(offset + 1);
  if (ordinal < 0 || places.length !== values.length) return undefined;
  const before = places.filter((place) => place < order).length;
  const kept = values.toSpliced(ordinal, 1);
  const spelling = tokens[offset + 1]!.text === '?' ? '?' : '%s';
  return { names: ofLast.map(() => spelling), edits: [listEdit(spans, kept.toSpliced(before, 0, ...ofLast))] };
}

/** How many tokens a positional placeholder takes; 0 for any other token. */
export function placeholderLength(tokens: readonly Token[], i: number): number {
  const [token, next] = [tokens[i], tokens[i + 1]];
  if (token?.kind !== 'symbol') return 0;
  if (token.text === '?') return 1;
  return token.text === '%' && next?.text === 's' && next.start === token.end ? 2 : 0;
}

const listEdit = (spans: readonly Span[], values: readonly string[]): SpanEdit => ({ start: spans[0]!.start, end: spans.at(-1)!.end, newText: values.join(', ') });
