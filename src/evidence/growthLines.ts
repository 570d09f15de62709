import { FailureError, failures } from '../core/failures';

/** What one process has measured of growth. */
export interface GrowthLines {
  /** By rising n. */
  readonly sizes: readonly { readonly n: number; readonly ms: number; readonly fastest: number; readonly bytes: number }[];
  /** The size it began last; where it never came to its end, larger than the last of `sizes`. */
  readonly begun?: number;
  /** Why it stopped by itself; absent where it was stopped. */
  readonly end?: 'size' | 'time' | 'memory';
}

/** Reads the lines of grow.mjs or grow.py; `file` names them in the failure. A last line that is cut off is left out. Throws FailureError. */
export function parseGrowthLines(text: string, file: string): GrowthLines {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '');
  let lines: Record<string, unknown>[];
  try {
    lines = whole.map((line) => JSON.parse(line));
  } catch (error) {
    throw new FailureError(failures.brokenBenchmark(file, error));
  }
  const sizes = lines.flatMap(({ n, ms, fastest, bytes }) =>
    typeof n === 'number' && typeof ms === 'number' && typeof fastest === 'number' ? [{ n, ms, fastest, bytes: Number(bytes) || 0 }] : [],
  );
  // A size that was measured twice was disturbed once.
  const quickest = new Map<number, (typeof sizes)[number]>();
  for (const size of sizes) if (size.fastest < (quickest.get(size.n)?.fastest ?? Infinity)) quickest.set(size.n, size);
  const begun = lines.findLast(({ begins }) => typeof begins === 'number')?.begins as number | undefined;
  const end = lines.findLast((line) => typeof line.end === 'string')?.end as GrowthLines['end'];
  return { sizes: [...quickest.values()].sort((a, b) => a.n - b.n), ...(begun !== undefined && { begun }), ...(end && { end }) };
}
