import type { BenchmarkResult } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { benchmarkResult } from './result';

/** Reads what `hyperfine --export-json` writes: the seconds of each run of a command. Throws FailureError naming `file`. */
export function parseHyperfine(text: string, file: string): readonly BenchmarkResult[] {
  const { results } = parsed<{ results: { command: string; times: number[] }[] }>(text, file);
  return each(results, file, ({ command, times }) => benchmarkResult(command, times.map((seconds) => seconds * 1000)));
}

/** Reads what `pytest --benchmark-json --benchmark-save-data` writes: the seconds of each round. Throws FailureError naming `file`. */
export function parsePytestBenchmark(text: string, file: string): readonly BenchmarkResult[] {
  const { benchmarks } = parsed<{ benchmarks: { fullname: string; stats: { data: number[] } }[] }>(text, file);
  return each(benchmarks, file, ({ fullname, stats: { data } }) => benchmarkResult(fullname, data.map((seconds) => seconds * 1000)));
}

interface AsvResults {
  readonly result_columns: readonly string[];
  readonly results: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * Reads one of asv's result files (format 2, written with `--record-samples`): the seconds of each repeat, for each
 * combination of parameters. Benchmarks that track a number or memory are no times. Throws FailureError naming `file`.
 */
export function parseAsv(text: string, file: string): readonly BenchmarkResult[] {
  // asv writes infinities, which JSON does not know.
  const { result_columns: columns, results } = parsed<AsvResults>(text.replace(/(?<=[[,:]\s*)(?:-?Infinity|NaN)(?=\s*[,\]}])/g, 'null'), file);
  const of = (row: readonly unknown[], column: string) => row[columns.indexOf(column)];
  return each(Object.entries(results ?? {}), file, ([name, row]) => {
    const combinations = combine((of(row, 'params') ?? []) as readonly (readonly string[])[]);
    const samples = (of(row, 'samples') ?? []) as readonly (readonly number[] | null)[];
    return combinations.flatMap((values, i) => {
      const own = samples[i];
      if (!own || own.length === 0) return [];
      const suffix = values.length > 0 ? `(${values.join(', ')})` : '';
      return [benchmarkResult(`${name}${suffix}`, own.map((seconds) => seconds * 1000))];
    });
  }).flat();
}

/** The last parameter varies fastest. */
function combine(parameters: readonly (readonly string[])[]): string[][] {
  return parameters.reduce<string[][]>((all, values) => all.flatMap((before) => values.map((value) => [...before, value])), [[]]);
}

function parsed<Shape>(text: string, file: string): Shape {
  try {
    return JSON.parse(text) as Shape;
  } catch (error) {
    throw new FailureError(failures.brokenBenchmark(file, error));
  }
}

/** A list of another shape is a result that was written by something else. */
function each<Item, Result>(items: readonly Item[], file: string, read: (item: Item) => Result): Result[] {
  try {
    return items.map(read);
  } catch (error) {
    throw new FailureError(failures.brokenBenchmark(file, error));
  }
}
