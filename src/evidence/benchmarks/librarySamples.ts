import type { BenchmarkResult } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { benchmarkResult } from './result';

/** What the runtime keeps of tinybench, mitata and Benchmark.js. */
interface LibrarySamples {
  readonly benchmarks: readonly {
    readonly tool: string;
    readonly name: string;
    /** The path or URL of the file that defined it, where that is known. */
    readonly file?: string;
    /** Milliseconds for one call. */
    readonly samples: readonly number[];
  }[];
}

export interface LibraryResult {
  readonly tool: string;
  readonly result: BenchmarkResult;
  /** As the runtime names it. */
  readonly script?: string;
}

/** Reads the runtime's text; `file` names it in the failure. Throws FailureError. */
export function parseLibrarySamples(text: string, file: string): readonly LibraryResult[] {
  let written: LibrarySamples;
  try {
    written = JSON.parse(text);
  } catch (error) {
    throw new FailureError(failures.brokenBenchmark(file, error));
  }
  if (!Array.isArray(written?.benchmarks)) throw new FailureError(failures.brokenBenchmark(file, 'it lists no benchmarks'));
  return written.benchmarks.map(({ tool, name, samples, file: script }) => ({ tool, result: benchmarkResult(name, samples), script }));
}
