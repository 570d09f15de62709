import { bin, thresholdFreedmanDiaconis } from 'd3-array';
import type { Distribution } from '../../report/runs/model';

/** Samples of one side or two, counted in the same bins. */
export interface Bins {
  /** Milliseconds: the left edge of each bin, and the right edge of the last. */
  readonly edges: readonly number[];
  /** Share of the side's samples in each bin, 0 to 1. */
  readonly now: readonly number[];
  readonly before?: readonly number[];
  /** Samples beyond the last edge, of both sides. */
  readonly beyond: number;
}

const MOST_BINS = 60;
/** How far the picture goes past p99, as a part of what lies before it: one slow call would make all others one bar. */
const TAIL = 0.25;

export function binsOf({ before, now }: Distribution): Bins {
  const sides = [now.samples, ...(before ? [before.samples] : [])];
  const all = sides.flat();
  const [low, high] = rangeOf(all, Math.max(now.p99, before?.p99 ?? 0));
  const inside = all.filter((sample) => sample <= high);
  const count = Math.min(MOST_BINS, Math.max(1, Math.ceil(thresholdFreedmanDiaconis(inside, low, high)) || 1));
  const edges = Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
  const shares = (samples: readonly number[]): number[] =>
    bin().domain([low, high]).thresholds(edges.slice(1, -1))(samples.filter((sample) => sample <= high)).map(({ length }) => length / samples.length);
  return { edges, now: shares(now.samples), ...(before && { before: shares(before.samples) }), beyond: all.length - inside.length };
}

function rangeOf(samples: readonly number[], p99: number): readonly [number, number] {
  const low = samples.reduce((a, b) => Math.min(a, b), Infinity);
  const max = samples.reduce((a, b) => Math.max(a, b), 0);
  const high = Math.min(max, p99 + (p99 - low) * TAIL);
  // Where all samples are the same there is one bar, and a bar has a width.
  return high > low ? [low, high] : [low, low + Math.max(low * 0.01, 1e-6)];
}
