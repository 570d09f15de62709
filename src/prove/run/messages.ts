import type { Failure } from '../../core/failures';
import type { Proof } from '../../core/proof';
import type { ProofPlan } from '../plan/plan';

/** What the prover's process is told. The connection string comes this way alone: never by argument, file or environment. */
export type ToProver = { readonly type: 'run'; readonly plan: ProofPlan; readonly options: ProverOptions } | { readonly type: 'cancel' };

export interface ProverOptions {
  /** Of the user's own server. */
  readonly connection?: string;
  /** The Python that runs SQLite where Node has none: a program and its arguments. */
  readonly python?: readonly string[];
}

export type FromProver =
  | { readonly type: 'progress'; readonly text: string }
  | { readonly type: 'done'; readonly proof: Proof }
  | { readonly type: 'failed'; readonly failure: Failure };

/** Says what is being done, in a few words. */
export type Report = (text: string) => void;
