/** What client and server say to each other about measuring. Part of the protocol. */
import type { BenchmarkResult, Run } from '../core/evidence';
import type { DriverChoice, Exit, MeasurePlan, Ran, Target } from '../measure';
import type { FolderParams, Measurement, RunReference } from './protocol';

export interface DriversResult {
  /** The URI of the workspace folder, for `PlanParams`. */
  readonly folder: string;
  /** Absent for benchmarks that measure no function in particular. */
  readonly target?: Target;
  readonly choices: readonly DriverChoice[];
}

export interface PlanParams {
  readonly folder: string;
  /**
   * `profile`: where the time goes. `trace`: what it does beside computing, and how long that takes. `memory`: what it
   * allocates and keeps. `benchmark`: how long it takes, without a profiler.
   */
  readonly kind: 'profile' | 'trace' | 'memory' | 'benchmark';
  readonly choice: DriverChoice;
  /** Required for all but a benchmark, and for a generated driver. */
  readonly target?: Target;
}

export type PlanResult =
  /** To be run in a terminal, without a shell; when it has ended, `performance/finish` takes it back. */
  | {
      readonly kind: 'run';
      readonly plan: MeasurePlan;
      /** The same program without its profiler, to be run afterwards: what the profiler has cost. Absent where it runs once only. */
      readonly unprofiled?: MeasurePlan;
    }
  /** The generated driver was just written: show it, and ask again once its arguments are filled in. */
  | { readonly kind: 'fill-in'; readonly driver: string };

export interface DebuggedPlanParams extends FolderParams {
  /** The name of the session. */
  readonly session: string;
}

export interface FinishParams {
  readonly plan: MeasurePlan;
  readonly exit: Exit;
  /** How the program went without the profiler, if it was run. */
  readonly unprofiled?: Ran;
}

export interface RunSummary {
  readonly run: RunReference;
  readonly status: Run['status'];
  /** What a failed run says to the user. */
  readonly failure?: Run['failure'];
  /** The function that was asked for, where the run saw it. */
  readonly measurement?: Measurement;
  readonly benchmarks: readonly Omit<BenchmarkResult, 'samples'>[];
  /** One sentence for the user: "loadOrders: self 62 %, total 80 % of 1,240 samples". */
  readonly message: string;
  readonly caveats: readonly string[];
  /** File URI of the profiler's own file, for the editor's viewer. */
  readonly raw?: string;
}
