import type { Span } from '../../core/text';
import { closing, type Token } from './tokens';
import type { SqlNode } from './tree';

/** The first and last place the parser noted in a node and below it, in bytes; undefined where it noted none. */
export function locations(node: SqlNode): { readonly first: number; readonly last: number } | undefined {
  const found = { first: Infinity, last: -1 };
  widen(found, node);
  return found.last < 0 ? undefined : found;
}

function widen(found: { first: number; last: number }, node: SqlNode): void {
  const { location } = node.value as { location?: number };
  if (location !== undefined && location >= 0) {
    if (location < found.first) found.first = location;
    if (location > found.last) found.last = location;
  }
  for (const child of node.children()) widen(found, child);
}

/**
 * The parser notes where a node's parts begin and never where they end. The end is that of the last part's token,
 * carried on over a qualified name, an argument list and brackets that were opened before it.
 */
export function extend(tokens: readonly Token[], first: number, lastEnd: number): Span | undefined {
  let from = indexAt(tokens, first);
  let to = indexAt(tokens, lastEnd - 1);
  if (from === undefined || to === undefined) return undefined;
  to = endOfOperand(tokens, to);
  for (let open = unclosedBetween(tokens, from, to); open > 0 && to + 1 < tokens.length; open = unclosedBetween(tokens, from, to)) to++;
  for (let extra = -unclosedBetween(tokens, from, to); extra > 0 && from > 0; extra = -unclosedBetween(tokens, from, to)) from--;
  return { start: tokens[from]!.start, end: tokens[to]!.end };
}

/** The token at an offset, or the first one behind it. */
function indexAt(tokens: readonly Token[], offset: number): number | undefined {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end > offset) high = middle;
    else low = middle + 1;
  }
  return low < tokens.length ? low : undefined;
}

function endOfOperand(tokens: readonly Token[], at: number): number {
  let end = at;
  while (tokens[end + 1]?.text === '.' && end + 2 < tokens.length) end += 2;
  if (tokens[end]!.kind !== 'symbol' && tokens[end + 1]?.text === '(') return closing(tokens, end + 1);
  if (tokens[end]!.text === 'is') while (/^(?:not|null|true|false|unknown)$/.test(tokens[end + 1]?.text ?? '')) end++;
  return end;
}

/** Brackets opened minus brackets closed within a span. */
export function unclosed(tokens: readonly Token[], { start, end }: Span): number {
  let depth = 0;
  for (const token of tokens) if (token.start >= start && token.end <= end) depth += bracket(token);
  return depth;
}

/** The same between two tokens. */
function unclosedBetween(tokens: readonly Token[], from: number, to: number): number {
  let depth = 0;
  for (let i = from; i <= to; i++) {
    depth += bracket(tokens[i]!);
  }
  return depth;
}

function bracket({ kind, text }: Token): number {
  if (kind !== 'symbol') return 0;
  return text === '(' || text === '[' ? 1 : text === ')' || text === ']' ? -1 : 0;
}
