/** What client and server say to each other of the benchmarks that a folder has. Types only. */
import type { BenchmarkResult } from '../core/evidence';
import type { DeclaredBenchmark, DriverChoice } from '../measure';
import type { FolderParams, RunReference } from './protocol';

export interface BenchmarkFilesParams extends FolderParams {
  /** Only this file of the folder. */
  readonly uri?: string;
}

export interface BenchmarkFilesResult {
  /** The folder's URI. */
  readonly folder: string;
  readonly files: readonly BenchmarkFile[];
}

/** What is run as a whole: a file, a project or a package script. */
export interface BenchmarkFile {
  readonly choice: DriverChoice;
  /** Of the file; for a script that of its package.json. */
  readonly uri: string;
  readonly declared: readonly DeclaredBenchmark[];
}

/** The newest completed run of each benchmark file. */
export interface BenchmarkResultsResult {
  readonly folder: string;
  readonly runs: readonly NewestRun[];
}

export interface NewestRun extends Pick<DriverChoice, 'file' | 'script' | 'runner'> {
  readonly run: RunReference;
  readonly results: readonly NewestResult[];
  readonly caveats: readonly string[];
}

/** One benchmark of a run. */
export interface NewestResult extends Omit<BenchmarkResult, 'samples'> {
  /** What came of the comparison with the run before it: "slower: 1.3x the time (…)"; absent where there is none. */
  readonly sinceLast?: string;
}
