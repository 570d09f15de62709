import type { EngineName, ProofSubject } from '../../core/proof';
import type { TableRecipe } from '../data/recipe';

/** What an engine can build. */
export interface EngineProfile {
  readonly dialect: 'postgresql' | 'sqlite';
  readonly extensions: ReadonlySet<string>;
}

/** Where a placeholder's value comes from. Names are spelled as the schema spells them. */
export type ParameterSource =
  | {
      readonly kind: 'column';
      readonly table: string;
      readonly column: string;
      /** `words`: the argument of a full-text search. `phrase`: that of SQLite's FTS5. */
      readonly use: 'equal' | 'list' | 'array' | 'less' | 'greater' | 'infix' | 'prefix' | 'word' | 'words' | 'phrase' | 'different';
      /** The function around the column, lower case. */
      readonly wrappedBy?: string;
      /** Which element of a list. */
      readonly position?: number;
    }
  | { readonly kind: 'limit' | 'offset' | 'unknown' };

/** One SELECT as it can be given to an engine. */
export interface PreparedQuery {
  /** With $1, $2... for the placeholders. */
  readonly sql: string;
  /** One for each placeholder, by number less one. */
  readonly parameters: readonly ParameterSource[];
}

/** One statement that builds the throw-away database. */
export interface BuildStep {
  /** "table orders". */
  readonly what: string;
  readonly sql: string;
  /** What to run where the statement fails, and what that means. */
  readonly fallback?: { readonly sql: string; readonly note: string };
  /** Where the workspace declares it. */
  readonly file?: string;
  /** Zero-based. */
  readonly line?: number;
}

export interface PlannedCandidate {
  /** The findings that recommend it. */
  readonly findings: readonly string[];
  readonly title: string;
  readonly table: string;
  readonly statements: readonly string[];
  /** Indexes that the statements create: taken away to measure the query as it is. */
  readonly indexes: readonly string[];
  /** The statements change the table itself, so the query as it is needs the table as it was. */
  readonly altersTable: boolean;
  readonly rewritten?: PreparedQuery;
  readonly semantics?: string;
}

export interface ProofLimits {
  /** Milliseconds for the rows of all tables. */
  readonly loadMs: number;
  /** Milliseconds for the runs of one candidate. */
  readonly measureMs: number;
  /** Milliseconds for one statement. */
  readonly statementMs: number;
  readonly rowsPerTable: number;
  readonly rowsInAll: number;
  /** Of the values of all rows as texts. The database needs two to four times as much memory. */
  readonly bytesInAll: number;
}

/** All that a proof needs to be carried out, as plain JSON: it is made in one process and run in another. */
export interface ProofPlan {
  /** The id of the run it will be. */
  readonly id: string;
  readonly subject: ProofSubject;
  readonly engine: EngineName;
  readonly seed: number;
  readonly extensions: readonly string[];
  readonly tables: readonly TableRecipe[];
  /** Before the rows are loaded: types, functions, tables. */
  readonly build: readonly BuildStep[];
  /** After it: keys, indexes, foreign keys, views. */
  readonly finish: readonly BuildStep[];
  /** The query, and a simpler form for an engine that cannot run it as it stands. */
  readonly queries: readonly PreparedQuery[];
  readonly candidates: readonly PlannedCandidate[];
  readonly notes: readonly string[];
  readonly limits: ProofLimits;
  /** Run it on the user's own data, not only plan it. Only for a real server. */
  readonly analyse: boolean;
}

export const DEFAULT_LIMITS: ProofLimits = {
  loadMs: 45_000,
  measureMs: 30_000,
  statementMs: 20_000,
  rowsPerTable: 1_000_000,
  rowsInAll: 2_000_000,
  bytesInAll: 400_000_000,
};
