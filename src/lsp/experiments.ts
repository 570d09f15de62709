/** What client and server say to each other of measurements that take several programs. Types only. */
import type { Exit } from '../measure';
import type { FolderParams, FunctionParams, PlanResult } from './protocol';

/** What takes several programs, one after the other or in turn. */
export type Experiment =
  /** How the time of a function grows with the size of its input. */
  | { readonly kind: 'grow'; readonly target: FunctionParams }
  /** A stored run once more, against the code as it was then, in so many processes of each side. */
  | { readonly kind: 'again'; readonly run: string; readonly rounds?: number };

export interface ExperimentParams extends FolderParams {
  readonly experiment: Experiment;
  /** For each of the programs. */
  readonly timeLimitSeconds: number;
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
