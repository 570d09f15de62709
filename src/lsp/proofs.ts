import type { EngineName, Proof } from '../core/proof';
import type { Position } from '../core/text';
import type { ProofLimits, ProofPlan } from '../prove/plan/plan';
import type { ReportProof } from '../report/model';

export interface AskedQuery {
  /** The URI of the workspace folder whose schema it is asked of. */
  readonly folder: string;
  readonly sql: string;
  /** A CREATE INDEX statement. */
  readonly change?: string;
}

export interface ProofPlanParams {
  /** A finding whose advice is to be proved; else the query at a position. */
  readonly finding?: string;
  readonly uri?: string;
  readonly position?: Position;
  /** A query that is in no file, with a change of the schema to try. */
  readonly asked?: AskedQuery;
  /** Try what the findings recommend, not only the query as it is. */
  readonly prove: boolean;
  readonly engine: EngineName;
  /** Run the query on the user's own server, not only plan it. */
  readonly analyse?: boolean;
  readonly limits?: Partial<ProofLimits>;
}

export interface ProofPlanResult {
  readonly folder: string;
  readonly plan: ProofPlan;
  /** The Python that runs SQLite where Node has none. */
  readonly python?: readonly string[];
}

export interface ProofFinishParams {
  readonly folder: string;
  readonly plan: ProofPlan;
  readonly proof: Proof;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
}

export interface ProofResult {
  /** One sentence for the user. */
  readonly message: string;
  readonly proof: ReportProof;
}
