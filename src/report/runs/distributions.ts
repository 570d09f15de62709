import type { BenchmarkComparison } from '../../core/comparison';
import type { BenchmarkResult, Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { verdictText } from '../comparisons';
import { nameText } from '../statement';
import type { Distribution, DistributionChart, Sampled } from './model';
import { chartOf } from './naming';

/** Finer than a picture can show; chosen evenly among the ordered samples, they have the same distribution. */
const MOST_SAMPLES = 2000;
/** Of one sample or two there is no distribution. */
const FEWEST_SAMPLES = 3;

/** Whether there is something to draw; cheap, because it is asked of every run. */
export const hasDistributions = ({ comparison, benchmarks, status }: Run): boolean =>
  status === 'completed' && (comparison ? comparison.benchmarks.some(isDrawable) : benchmarks.some(hasSamples));

/** What a run has kept samples of; before and after for a comparison. */
export function distributionsOf(run: Run): readonly Distribution[] {
  if (!hasDistributions(run)) return [];
  const { comparison, benchmarks } = run;
  if (comparison === undefined) {
    return benchmarks.filter(hasSamples).map((result) => ({ name: nameText(result.name), now: { label: 'measured', ...sampled(result) } }));
  }
  const { before, after } = comparison;
  return comparison.benchmarks
    .filter(isDrawable)
    .map((each) => ({
      name: nameText(each.name),
      before: { label: nameText(before.label), ...sampled(each.before) },
      now: { label: nameText(after.label), ...sampled(each.after) },
      verdict: verdictText(each),
    }));
}

/** Throws FailureError where the run has no samples. */
export function distributionChart(run: Run): DistributionChart {
  const distributions = distributionsOf(run);
  if (distributions.length === 0) throw new FailureError(failures.noSamples(run.id));
  return { kind: 'distribution', of: chartOf(run), distributions };
}

const isDrawable = ({ before, after }: BenchmarkComparison): boolean => hasSamples(before) && hasSamples(after);

const hasSamples = ({ samples }: BenchmarkResult): boolean => samples.length >= FEWEST_SAMPLES;

function sampled({ samples, sampleCount, p50, p95, p99, max }: BenchmarkResult): Sampled {
  const ordered = [...samples].sort((a, b) => a - b);
  const drawn = ordered.length <= MOST_SAMPLES ? ordered : Array.from({ length: MOST_SAMPLES }, (_, i) => ordered[Math.floor(((i + 0.5) * ordered.length) / MOST_SAMPLES)]!);
  return { samples: drawn, sampleCount, p50, p95, p99, max };
}
