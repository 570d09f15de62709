import type { QueryFact } from './facts';

/** One node of a query plan, in the terms that every engine has. Absent: the engine does not say. */
export interface PlanNode {
  /** The engine's own word: "Seq Scan", "Bitmap Heap Scan", "SEARCH". */
  readonly operation: string;
  readonly relation?: string;
  readonly index?: string;
  /** What the node filters, seeks or sorts by, as the engine writes it. */
  readonly detail?: string;
  /** Rows the planner expected of one loop. */
  readonly estimatedRows?: number;
  /** Rows that came out of one loop, on average. */
  readonly rows?: number;
  readonly loops?: number;
  /** Rows that were read and thrown away, in one loop. */
  readonly removedRows?: number;
  /** Milliseconds in the node and below it, over all loops. */
  readonly totalMs?: number;
  /** The planner's total cost, in its own unit. */
  readonly cost?: number;
  /** Pages of 8 KiB that were touched, below included. */
  readonly pages?: number;
  readonly children: readonly PlanNode[];
}

/** A value that stood for a placeholder. */
export interface BoundValue {
  /** "$1". */
  readonly placeholder: string;
  /** "orders.customer_id", or "LIMIT". */
  readonly of: string;
  readonly value: string;
}

/** One way of filling the placeholders. */
export interface ParameterSet {
  /** `selective`: few rows match. `frequent`: the most common value. `fragment`: part of a word. */
  readonly kind: 'selective' | 'frequent' | 'fragment' | 'none' | 'generic';
  readonly values: readonly BoundValue[];
}

/** What one form of the query did with one parameter set. */
export interface PlanMeasurement {
  readonly plan: PlanNode;
  /** Raw execution times in milliseconds, in the order they were taken; empty where it was only planned. */
  readonly samples: readonly number[];
  /** Median of the samples; absent where it was only planned. */
  readonly medianMs?: number;
  readonly pages?: number;
  readonly cost?: number;
  /** Rows the query returned. */
  readonly rows?: number;
}

export interface Trial {
  readonly parameters: ParameterSet;
  readonly before: PlanMeasurement;
  readonly after: PlanMeasurement;
  /** median(after) / median(before) with its 95 % interval; of the planner's costs, without one, where nothing was run. */
  readonly ratio: number;
  readonly interval?: readonly [number, number];
  readonly basis: 'time' | 'cost';
  /** A restricted search that may return other rows than the original: rows each of them found without its limit. */
  readonly matches?: { readonly before: number; readonly after: number };
}

/** `refuted`: it does not halve the time. `undecided`: too noisy or too few runs to say. `failed`: it could not be built. */
export type ProofOutcome = 'proved' | 'refuted' | 'undecided' | 'failed';

/** What the change costs, measured on the same rows. */
export interface ChangeCost {
  readonly buildMs: number;
  readonly indexBytes: number;
  readonly tableBytes: number;
  /** Time of a batch of inserts with the change over the time without it. */
  readonly insertRatio?: number;
  readonly insertedRows?: number;
}

export interface CandidateProof {
  /** The findings that recommend it; none for a change of the user's own. */
  readonly findings: readonly string[];
  readonly title: string;
  /** The DDL as it would be run. */
  readonly statements: readonly string[];
  /** The query in its new form, where it changes. */
  readonly rewritten?: string;
  /** What the change means for the results, as a sentence. */
  readonly semantics?: string;
  readonly outcome: ProofOutcome;
  /** One sentence. */
  readonly reason: string;
  readonly trials: readonly Trial[];
  readonly cost?: ChangeCost;
}

export interface SyntheticTable {
  readonly table: string;
  /** Rows that were generated. */
  readonly rows: number;
  /** Rows that were asked for. */
  readonly wanted: number;
  readonly basis: 'declared' | 'assumed';
  /** Why there are fewer than wanted. */
  readonly capped?: string;
}

/** Where the rows came from. Synthetic rows are an assumption about data, and are always shown as one. */
export type ProofData =
  | { readonly kind: 'synthetic'; readonly seed: number; readonly tables: readonly SyntheticTable[] }
  /** The user's own database; it was only planned unless `ran`. */
  | { readonly kind: 'own'; readonly ran: boolean };

export type EngineName = 'pglite' | 'sqlite' | 'postgres';

export const ENGINE_NAMES: readonly EngineName[] = ['pglite', 'sqlite', 'postgres'];

/** What was asked about. */
export interface ProofSubject {
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
  readonly functionName: string;
  /** The findings whose advice the candidates are. */
  readonly findings: readonly string[];
}

/** A query before and after a change, as a planner and a clock saw it. */
export interface Proof {
  readonly subject: ProofSubject;
  readonly engine: { readonly name: EngineName; readonly version: string };
  readonly data: ProofData;
  /** The query as it ran, with $n for each placeholder. */
  readonly sql: string;
  /** The query as it is, for each parameter set. */
  readonly baseline: readonly { readonly parameters: ParameterSet; readonly measurement: PlanMeasurement }[];
  readonly candidates: readonly CandidateProof[];
  /** What had to be left out or assumed, one sentence each. */
  readonly notes: readonly string[];
}

/** A change that is worth trying. Names are spelled as the schema spells them. */
export type Candidate =
  | { readonly kind: 'index'; readonly table: string; readonly columns: readonly string[] }
  /** Another way of finding text that now begins with a wildcard. */
  | { readonly kind: 'search'; readonly table: string; readonly column: string };

/** What a rule wants a planner to be asked about one of its findings. */
export interface ProofCase {
  /** The query as the rule saw it: what is tried where an ORM writes the statement. */
  readonly query?: QueryFact;
  /** The text of the statement around the finding, where there is one, is another query than the one to try. */
  readonly ignoresStatement?: boolean;
  readonly candidates: readonly Candidate[];
}
