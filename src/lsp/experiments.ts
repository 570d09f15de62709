/** What client and server say to each other of measurements that take several programs. Types only. */
import type { Exit } from '../measure';
import type { FolderParams, FunctionParams, PlanResult } from './protocol';

/** What takes several programs, one after the other or in turn. */
export type Experiment =
  /** How the time of a function grows with the size of its input. */
  | { readonly kind: 'grow'; readonly target: FunctionParams }
  /** A stored run once more, against the code as it was then. */
  | { readonly kind: 'again'; readonly run: string }
  /** An app is started by its own script, and a route of it driven at a bounded rate on this machine. */
  | LoadExperiment
  /** A running process of this machine, for some seconds. */
  | { readonly kind: 'attach'; readonly process: ProcessToRecord; readonly seconds: number }
  /** Two functions with the same arguments, or one as it was at a commit and as it is now. */
  | { readonly kind: 'compare'; readonly before: FunctionParams; readonly after: FunctionParams | { readonly commit: string } };

export interface LoadExperiment {
  readonly kind: 'load';
  readonly script: string;
  /** The folder of its package.json, relative to the workspace folder; '' is that folder. */
  readonly package: string;
  /** "GET /orders/:id". */
  readonly route: string;
  /** The path with its values, where the route has parameters. */
  readonly path?: string;
  /** Absent: what performance.json declares, else the default of the command line. */
  readonly ratePerSecond?: number;
  readonly seconds?: number;
}

export type ProcessToRecord = { readonly kind: 'node' | 'python'; readonly pid: number } | { readonly kind: 'inspector'; readonly port: number };

export interface ExperimentParams extends FolderParams {
  readonly experiment: Experiment;
  /** For each of the programs. */
  readonly timeLimitSeconds: number;
  /** How many processes of each side a comparison runs; absent: the default of the command line. */
  readonly rounds?: number;
}

/** Our own command line, to be run in a terminal without a shell; it runs and ends the programs and stores the run. */
export interface ExperimentPlan {
  readonly id: string;
  readonly label: string;
  /** The workspace folder, absolute. */
  readonly workspace: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** For all of it. */
  readonly timeoutMs: number;
}

export type ExperimentPlanResult = { readonly kind: 'run'; readonly plan: ExperimentPlan } | Extract<PlanResult, { kind: 'fill-in' }>;

export interface ExperimentFinishParams {
  readonly plan: ExperimentPlan;
  readonly exit: Exit;
}
