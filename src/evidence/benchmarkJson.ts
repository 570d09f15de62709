import type { BenchmarkResult } from '../core/evidence';
import { FailureError, failures } from '../core/failures';
import { percentiles } from './statistics';

const MILLISECONDS_PER: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

/**
 * Reads what a benchmark wrote to the file of its `--json` option:
 * `{"benchmarks": [{"name", "file"?, "function"?, "unit": "s" | "ms" | "us" | "ns", "samples": [...]}]}`,
 * one sample a call (or a mean of a few), in the order taken. Throws FailureError naming `file`.
 */
export function parseBenchmarks(text: string, file: string): readonly BenchmarkResult[] {
  const broken = (cause: unknown) => new FailureError(failures.brokenBenchmark(file, cause));
  let written: { benchmarks?: unknown };
  try {
    written = JSON.parse(text);
  } catch (error) {
    throw broken(error);
  }
  if (!Array.isArray(written?.benchmarks) || written.benchmarks.length === 0) throw broken('it lists no benchmarks');
  return written.benchmarks.map((benchmark: Record<string, unknown>, i) => {
    const { name, unit, samples } = benchmark ?? {};
    if (typeof name !== 'string') throw broken(`benchmark ${i + 1} has no name`);
    const factor = MILLISECONDS_PER[String(unit)];
    if (factor === undefined) throw broken(`"${name}" has the unit ${JSON.stringify(unit)}; s, ms, us and ns are known`);
    if (!isSamples(samples)) throw broken(`"${name}" has no samples, or one that is no duration`);
    return {
      ...benchmarkResult(name, samples.map((sample) => sample * factor)),
      ...(typeof benchmark.file === 'string' ? { file: benchmark.file } : {}),
      ...(typeof benchmark.function === 'string' ? { functionName: benchmark.function } : {}),
    };
  });
}

/** The figures of raw samples in milliseconds. */
export function benchmarkResult(name: string, samples: readonly number[]): BenchmarkResult {
  return { name, samples, sampleCount: samples.length, ...percentiles(samples) };
}

/** The same benchmarks as several processes measured them, one after the other. */
export function mergeProcesses(processes: readonly (readonly BenchmarkResult[])[]): readonly BenchmarkResult[] {
  const byName = new Map<string, BenchmarkResult[]>();
  for (const result of processes.flat()) byName.set(result.name, [...(byName.get(result.name) ?? []), result]);
  return [...byName].map(([name, results]) => {
    const { file, functionName } = results[0]!;
    return {
      ...benchmarkResult(name, results.flatMap(({ samples }) => samples)),
      processes: results.map(({ samples }) => samples.length),
      ...(file && { file }),
      ...(functionName && { functionName }),
    };
  });
}

function isSamples(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((sample) => typeof sample === 'number' && Number.isFinite(sample) && sample >= 0);
}
