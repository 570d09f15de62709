import { cumulativeStdNormalProbability, median } from 'simple-statistics';
import { randomSource } from './random';

/**
 * The nearest-rank percentile: the smallest sample that at least `share` (0 to 1) of the samples do not exceed.
 * It is always a value that was measured. NaN without samples.
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function percentiles(samples: readonly number[]): Percentiles {
  return {
    p50: percentile(samples, 0.5),
    p95: percentile(samples, 0.95),
    p99: percentile(samples, 0.99),
    max: percentile(samples, 1),
  };
}

/** Two-sided p of the Mann-Whitney rank test, by the normal approximation with the correction for ties. */
export function rankTest(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, first: true })), ...b.map((value) => ({ value, first: false }))];
  all.sort((left, right) => left.value - right.value);
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]!.value === all[start]!.value) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (all[i]!.first) rankSum += rank;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  const n = all.length;
  const product = a.length * b.length;
  const sigma = Math.sqrt((product / 12) * (n + 1 - ties / (n * (n - 1))));
  if (!(sigma > 0)) return 1;
  const distance = Math.abs(rankSum - (a.length * (a.length + 1)) / 2 - product / 2);
  const z = Math.max(0, distance - 0.5) / sigma;
  return 2 * (1 - cumulativeStdNormalProbability(z));
}

const RESAMPLES = 2000;

/** The 95 % percentile-bootstrap interval of median(b) / median(a). The same samples always give the same interval. */
export function ratioInterval(a: readonly number[], b: readonly number[]): readonly [number, number] {
  const random = randomSource(a.length * 31 + b.length);
  const resampled = (samples: readonly number[]) =>
    median(Array.from(samples, () => samples[Math.floor(random() * samples.length)]!));
  const ratios = Array.from({ length: RESAMPLES }, () => resampled(b) / resampled(a));
  return [percentile(ratios, 0.025), percentile(ratios, 0.975)];
}
