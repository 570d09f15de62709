import type { ResultComparison } from '../core/comparison';

/** What a call returned, as the runtimes write it: JSON, with {"$": kind, "of": ...} for what JSON does not know. */
export type PlainResult = { readonly value: unknown } | { readonly why: string };

/** Sums of the same numbers in another order differ by less. */
const ROUNDING = 1e-9;
const LONGEST_SHOWN = 80;

export function compareResults(before: PlainResult | undefined, after: PlainResult | undefined): ResultComparison {
  if (!before || !after) return { outcome: 'not-comparable', why: 'it was not kept' };
  if ('why' in before) return { outcome: 'not-comparable', why: before.why };
  if ('why' in after) return { outcome: 'not-comparable', why: after.why };
  const difference = firstDifference(before.value, after.value, '', false);
  if (!difference) return { outcome: 'equal' };
  const real = firstDifference(before.value, after.value, '', true);
  return real ? { outcome: 'different', ...real } : { outcome: 'rounding' };
}

interface Difference {
  /** "[3].total"; "the result" for the whole of it. */
  readonly where: string;
  readonly before: string;
  readonly after: string;
}

function firstDifference(before: unknown, after: unknown, path: string, ignoresRounding: boolean): Difference | undefined {
  if (Object.is(before, after)) return undefined;
  if (ignoresRounding && isRounding(before, after)) return undefined;
  if (!isParted(before) || !isParted(after) || Array.isArray(before) !== Array.isArray(after)) return difference(path, before, after);
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) {
    return { where: place(path), before: `${before.length} items`, after: `${after.length} items` };
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const found = firstDifference(before[key], after[key], Array.isArray(before) ? `${path}[${key}]` : `${path}.${key}`, ignoresRounding);
    if (found) return found;
  }
  return undefined;
}

function isParted(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isRounding(before: unknown, after: unknown): boolean {
  if (typeof before !== 'number' || typeof after !== 'number') return false;
  return Math.abs(before - after) <= ROUNDING * Math.max(Math.abs(before), Math.abs(after));
}

function difference(path: string, before: unknown, after: unknown): Difference {
  return { where: place(path), before: shown(before), after: shown(after) };
}

const place = (path: string): string => path.replace(/^\./, '') || 'the result';

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
