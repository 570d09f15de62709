import type { Proposal } from '../core/proposal';
import type { NewEvidence } from './evidence/item';

/*
 * What the advisor needs of the program around it in order to do something. The editor, the tests and other
 * programs supply their own; one that is missing is said to be missing, and nothing takes its place.
 */

/** How a tool asks before it runs something, and when it has to end. */
export interface Permission {
  /** Shows exactly what would run. False: it must not run. */
  ask(command: string, cwd: string): Promise<boolean>;
  readonly signal: AbortSignal;
}

export type MeasureOutcome =
  /** The run is stored; `message` says in one sentence what it has found. */
  | { readonly kind: 'measured'; readonly run: string; readonly message: string }
  | { readonly kind: 'refused' }
  /** Nothing was measured, and why. */
  | { readonly kind: 'not-measured'; readonly why: string };

/** Runs profilers and benchmarks of the workspace in the visible terminal. */
export interface Measurer {
  /** `driver` is the label of one of several ways to drive the function; without it the best is taken. */
  profile(what: { readonly file: string; readonly functionName: string; readonly driver?: string }, permission: Permission): Promise<MeasureOutcome>;
  /** `benchmark` is the label of one of several; without it the only one is taken. */
  benchmark(what: { readonly benchmark?: string }, permission: Permission): Promise<MeasureOutcome>;
}

export type ExplainOutcome =
  /** `text` is for the model; what may be quoted of it is in `evidence`. */
  | { readonly kind: 'explained'; readonly text: string; readonly evidence: readonly NewEvidence[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'not-explained'; readonly why: string };

/** Explains a query, and proves a change of its schema, on a database made for that. */
export interface QueryProver {
  explain(
    what: {
      readonly sql: string;
      /** A statement that is to be tried, such as CREATE INDEX. */
      readonly change?: string;
    },
    permission: Permission,
  ): Promise<ExplainOutcome>;
}

export interface CommandEnd {
  /** Output and errors as they came, cut to a length that can be read. */
  readonly output: string;
  readonly isCut: boolean;
  /** Absent where it did not end by itself. */
  readonly code?: number;
  readonly ending: 'exited' | 'cancelled' | 'timed-out' | 'not-started';
}

/** Runs one command of the shell in the visible terminal, with limits on time and output. */
export interface CommandRunner {
  /** "bash", "cmd.exe": so that the model writes for the right one. */
  readonly shell: string;
  run(command: string, signal: AbortSignal): Promise<CommandEnd>;
}

/** What the advisor says of a proposal; place, time and id are found by who stores it. */
export type ProposalDraft = Omit<Proposal, 'version' | 'id' | 'createdAt' | 'functionHash'>;

export interface Proposals {
  /** Stores a proposal and ranks it in the report. `problem`: its file or function does not exist. */
  propose(draft: ProposalDraft): Promise<{ readonly id: string } | { readonly problem: string }>;
}
