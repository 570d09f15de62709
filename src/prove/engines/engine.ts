import type { PlanNode } from '../../core/proof';
import type { TableRecipe } from '../data/recipe';
import type { PlannedCandidate } from '../plan/plan';

/** The query as it is, or with the candidate that was applied last. */
export type Variant = 'before' | 'after';

/** One execution, or one plan without execution. */
export interface Explained {
  readonly plan: PlanNode;
  /** Milliseconds of the execution; absent where it was only planned. */
  readonly ms?: number;
  readonly rows?: number;
  readonly pages?: number;
  readonly cost?: number;
}

/** What a candidate takes to build. */
export interface Applied {
  readonly buildMs: number;
  readonly indexBytes: number;
  readonly tableBytes: number;
}

/** A database of our own that is thrown away afterwards. Its methods reject with the database's own message. */
export interface ScratchEngine {
  readonly version: string;
  run(sql: string): Promise<void>;
  /** Loads rows as texts, in the order of the recipe's columns; null for no value. */
  load(table: TableRecipe, rows: readonly (readonly (string | null)[])[]): Promise<void>;
  /** Brings the planner's statistics up to date. */
  analyse(): Promise<void>;
  /** Builds a candidate. Only one at a time. */
  apply(candidate: PlannedCandidate): Promise<Applied>;
  /** Takes the candidate away. */
  remove(candidate: PlannedCandidate): Promise<void>;
  /** Plans and runs a query. `detailed`: with the time of each node, which costs time itself. */
  explain(sql: string, variant: Variant, detailed: boolean): Promise<Explained>;
  /** The number of rows a query returns. */
  count(sql: string, variant: Variant): Promise<number>;
  /** Milliseconds to insert copies of rows, undone afterwards; undefined where it cannot be told. */
  insertMs(candidate: PlannedCandidate, rows: readonly (readonly (string | null)[])[], table: TableRecipe, variant: Variant): Promise<number | undefined>;
  /** The types of a query's placeholders as the database infers them; empty where it does not. */
  parameterTypes(sql: string): Promise<readonly string[]>;
  close(): Promise<void>;
}
