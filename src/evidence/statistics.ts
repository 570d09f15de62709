import { errorFunction, wilcoxonRankSum } from 'simple-statistics';
import { randomSource } from './random';

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

/** Two-sided p of the Mann-Whitney rank test, by the normal approximation with the correction for ties. */
export function rankTest(a: readonly number[], b: readonly number[]): number {
  const n = a.length + b.length;
  const product = a.length * b.length;
  const sigma = Math.sqrt((product / 12) * (n + 1 - tiesOf([...a, ...b]) / (n * (n - 1))));
  if (!(sigma > 0)) return 1;
  const distance = Math.abs(wilcoxonRankSum([...a], [...b]) - (a.length * (a.length + 1)) / 2 - product / 2);
  const z = Math.max(0, distance - 0.5) / sigma;
  return 1 - errorFunction(z / Math.SQRT2);
}

/** The sum of t^3 - t over each group of t equal values. */
function tiesOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
}

const RESAMPLES = 1000;
/** More samples than these would make resampling slow and the interval no better. */
const MOST_RESAMPLED = 2000;

/** The 95 % percentile-bootstrap interval of median(b) / median(a). The same samples always give the same interval. */
export function ratioInterval(a: readonly number[], b: readonly number[]): readonly [number, number] {
  const random = randomSource(a.length * 31 + b.length);
  const [before, after] = [thinned(sorted(a)), thinned(sorted(b))];
  const [medianBefore, medianAfter] = [resampling(before, random), resampling(after, random)];
  const ratios = Float64Array.from({ length: RESAMPLES }, () => medianAfter() / medianBefore());
  ratios.sort();
  return [nearestRank(ratios, 0.025), nearestRank(ratios, 0.975)];
}

/** Each call gives the median of another resample, by counting how often each of the ordered samples is drawn. */
function resampling(ordered: Float64Array, random: () => number): () => number {
  const { length } = ordered;
  const drawn = new Uint32Array(length);
  const [low, high] = [(length - 1) >> 1, length >> 1];
  return () => {
    drawn.fill(0);
    for (let i = 0; i < length; i++) drawn[Math.floor(random() * length)]!++;
    let i = 0;
    let seen = drawn[0]!;
    while (seen <= low) seen += drawn[++i]!;
    const lowValue = ordered[i]!;
    while (seen <= high) seen += drawn[++i]!;
    return (lowValue + ordered[i]!) / 2;
  };
}

/** Evenly chosen among the ordered samples, which keeps their distribution. */
function thinned(ordered: Float64Array): Float64Array {
  if (ordered.length <= MOST_RESAMPLED) return ordered;
  return Float64Array.from({ length: MOST_RESAMPLED }, (_, i) => ordered[Math.floor(((i + 0.5) * ordered.length) / MOST_RESAMPLED)]!);
}

function sorted(samples: readonly number[]): Float64Array {
  return Float64Array.from(samples).sort();
}

function nearestRank(ordered: Float64Array, share: number): number {
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? NaN;
}
