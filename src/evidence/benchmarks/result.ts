import type { BenchmarkResult } from '../../core/evidence';
import { percentiles, percentile } from '../percentiles';

/** The percentiles are of all samples; more than these say nothing that they do not, and make the evidence large. */
const MOST_KEPT = 5000;

/** The figures of raw samples in milliseconds for one call. */
export function benchmarkResult(name: string, samples: readonly number[]): BenchmarkResult {
  const figures = percentiles(samples);
  const total = samples.reduce((sum, ms) => sum + ms, 0);
  return {
    name,
    samples: kept(samples),
    sampleCount: samples.length,
    ...figures,
    ...(total > 0 && { throughput: (1000 * samples.length) / total }),
    ...(figures.p50 > 0 && { spread: (percentile(samples, 0.75) - percentile(samples, 0.25)) / figures.p50 }),
  };
}

/** Evenly chosen, in their order. */
function kept(samples: readonly number[], most = MOST_KEPT): readonly number[] {
  if (samples.length <= most) return samples;
  return Array.from({ length: most }, (_, i) => samples[Math.floor(((i + 0.5) * samples.length) / most)]!);
}

/** The same benchmarks as several processes measured them, one after the other. */
export function mergeProcesses(processes: readonly (readonly BenchmarkResult[])[]): readonly BenchmarkResult[] {
  const byName = new Map<string, BenchmarkResult[]>();
  for (const result of processes.flat()) byName.set(result.name, [...(byName.get(result.name) ?? []), result]);
  return [...byName].map(([name, results]) => {
    const { file, functionName } = results[0]!;
    const own = results.map(({ samples }) => kept(samples, Math.floor(MOST_KEPT / results.length)));
    return {
      ...benchmarkResult(name, own.flat()),
      processes: own.map(({ length }) => length),
      ...(file && { file }),
      ...(functionName && { functionName }),
    };
  });
}
