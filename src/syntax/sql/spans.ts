import type { Span } from '../../core/text';
import { closing, type Token } from './tokens';
import type { SqlNode } from './tree';

/** The first and last place the parser noted in a node and below it, in bytes; undefined where it noted none. */
export function locations(node: SqlNode): { readonly first: number; readonly last: number } | undefined {
  let first = Infinity;
  let last = -1;
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key in value) {
      const content = (value as Record<string, unknown>)[key];
      if (typeof content === 'object') visit(content);
      else if (key === 'location' && typeof content === 'number' && content >= 0) {
        first = Math.min(first, content);
        last = Math.max(last, content);
      }
    }
  };
  visit(node.value);
  return last < 0 ? undefined : { first, last };
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
  for (let open = unclosed(tokens, from, to); open > 0 && to + 1 < tokens.length; open = unclosed(tokens, from, to)) to++;
  for (let extra = -unclosed(tokens, from, to); extra > 0 && from > 0; extra = -unclosed(tokens, from, to)) from--;
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

/** Brackets opened minus brackets closed. */
function unclosed(tokens: readonly Token[], from: number, to: number): number {
  let depth = 0;
  for (let i = from; i <= to; i++) {
    const { kind, text } = tokens[i]!;
    if (kind !== 'symbol') continue;
    if (text === '(' || text === '[') depth++;
    else if (text === ')' || text === ']') depth--;
  }
  return depth;
}
