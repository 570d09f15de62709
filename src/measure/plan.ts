import type { SizeProbe } from '../core/counts';
import type { Driver, Machine, Run } from '../core/evidence';
import type { CodeState } from './git';

/** The function that is to be measured, as the syntax knows it. */
export interface Target {
  /** Relative to the workspace folder, with forward slashes. */
  readonly file: string;
  /** Qualified: "OrderService.list". */
  readonly functionName: string;
  readonly hash: string;
}

/** What writes the files of a run, and so how they are read. */
export type OutputFormat = 'node-profile' | 'python-profile' | 'benchmarks' | 'drive-json' | 'process-time' | 'growth-lines' | 'trace' | 'counts' | 'memory';

/**
 * One program to run for one measurement. Plain JSON: it is made in one process, run in a
 * second (a terminal task or this library) and finished in a third.
 */
export interface MeasurePlan {
  /** The id of the run it will be. */
  readonly id: string;
  readonly kind: Run['kind'];
  readonly driver: Driver;
  readonly tool: Run['tool'];
  readonly target?: Target;
  /** As it was before the program began, which is when its load says whether something else was running. */
  readonly machine: Machine;
  /** As it was before the program began: the code may be edited while it runs. */
  readonly code: CodeState;
  /** The workspace folder, absolute. */
  readonly workspace: string;
  /** Program and arguments, to be run without a shell. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** To be set in addition to the environment of the process that runs it. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the program's profiles and results appear, absolute. */
  readonly rawFolder: string;
  readonly format: OutputFormat;
  /** What must be said with whatever it measures. */
  readonly caveats?: readonly string[];
  /** Of a counting run: where the sizes of collections are asked for. */
  readonly probes?: readonly SizeProbe[];
}

/** How a plan's program ended. Plain JSON. */
export interface Exit {
  /** The exit code, or undefined where it was killed or never began. */
  readonly code?: number;
  readonly signal?: string;
  readonly ending: 'exited' | 'cancelled' | 'timed-out' | 'not-started';
  /** Why it was not started, or after how many milliseconds it was stopped. */
  readonly cause?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
}
