/**
 * The nearest-rank percentile: the smallest sample that at least `share` (0 to 1) of the samples do not exceed.
 * It is always a value that was measured. NaN without samples.
 */
export function percentile(samples: readonly number[], share: number): number {
  return nearestRank(sorted(samples), share);
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function percentiles(samples: readonly number[]): Percentiles {
  const ordered = sorted(samples);
  return {
    p50: nearestRank(ordered, 0.5),
    p95: nearestRank(ordered, 0.95),
    p99: nearestRank(ordered, 0.99),
    max: nearestRank(ordered, 1),
  };
}

/** The nearest-rank quartiles: half of the samples lie between them. NaN without samples. */
export function quartiles(samples: readonly number[]): readonly [number, number] {
  const ordered = sorted(samples);
  return [nearestRank(ordered, 0.25), nearestRank(ordered, 0.75)];
}

/** In ascending order; as numbers, unlike what an array does by itself. */
export function sorted(samples: readonly number[]): Float64Array {
  return Float64Array.from(samples).sort();
}

export function nearestRank(ordered: Float64Array, share: number): number {
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? NaN;
}
