import type { BenchmarkResult } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { benchmarkResult } from './result';

const MILLISECONDS_PER: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

/**
 * Reads what a benchmark wrote to the file of its `--json` option:
 * `{"benchmarks": [{"name", "file"?, "function"?, "unit": "s" | "ms" | "us" | "ns", "samples": [...]}]}`,
 * one sample a call (or a mean of a few), in the order taken, and `"processes"?: [...]` with how many samples each process took. Throws FailureError naming `file`.
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
    const { name, unit, samples, processes } = benchmark ?? {};
    if (typeof name !== 'string') throw broken(`benchmark ${i + 1} has no name`);
    const factor = MILLISECONDS_PER[String(unit)];
    if (factor === undefined) throw broken(`"${name}" has the unit ${JSON.stringify(unit)}; s, ms, us and ns are known`);
    if (!isSamples(samples)) throw broken(`"${name}" has no samples, or one that is no duration`);
    return {
      ...benchmarkResult(name, samples.map((sample) => sample * factor)),
      ...(isCounts(processes, samples.length) && { processes }),
      ...(typeof benchmark.file === 'string' ? { file: benchmark.file } : {}),
      ...(typeof benchmark.function === 'string' ? { functionName: benchmark.function } : {}),
    };
  });
}

function isCounts(value: unknown, total: number): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isInteger(count)) && value.reduce((sum: number, count: number) => sum + count, 0) === total;
}

function isSamples(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((sample) => typeof sample === 'number' && Number.isFinite(sample) && sample >= 0);
}
