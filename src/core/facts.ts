import type { ClassFact } from './classes';
import type { SourceLanguage } from './language';
import type { ModelFact, ModelLibrary, ModelReference } from './models';
import type { TemplateFact } from './templates';
import type { MigrationTool } from './migrations';
import type { Range } from './text';

/** What a call does outside the process; `block`: it keeps the thread until it is done. */
export type EffectKind = 'query' | 'write' | 'request' | 'file' | 'block';

export interface Effect {
  readonly kind: EffectKind;
  /** The library that was recognised ("pg", "prisma", "django", "fetch"), or "sql" for a literal statement. */
  readonly library: string;
  readonly line: number;
  /** The table or model where it is known. */
  readonly table?: string;
  /** The relation of a row that is read, where whoever asked for the row could have read it along: "lines". */
  readonly relation?: string;
  /** For a request: the same API's call that takes many at once, "DeleteObjectsCommand". */
  readonly bulk?: string;
  /** For a request that reads one thing by the key in its URL: the path of the list, "/v1/orders". */
  readonly list?: string;
  /** The library sends all such calls that are made at once as one: findUnique of Prisma. */
  readonly isBatched?: boolean;
}

/** Names a callee as far as one file can tell; the workspace index resolves it. */
export type CalleeReference =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'import'; readonly module: string; readonly name: string }
  /** A method on a class of this file (`owner` given) or on an imported class or instance. */
  | { readonly kind: 'method'; readonly owner: CalleeReference; readonly name: string };

export interface CallFact {
  readonly callee: CalleeReference;
  readonly line: number;
  /** The call runs once per iteration of a loop or array callback of its function. */
  readonly inLoop: boolean;
}

/** A function that is handed over by name, or whose call is no part of what the function around it always does. */
export interface ReferenceFact {
  /** The function in which it is named; '' at top level. */
  readonly from: string;
  readonly callee: CalleeReference;
  /** What it was registered for: "GET /orders". */
  readonly route?: string;
}

export interface FunctionFact {
  /** Qualified by enclosing classes and functions: "OrderService.list", "main.load". Unique in its file by `#2`. */
  readonly name: string;
  /** Names under which other files reach it; "default" for a default export. */
  readonly exportedAs: readonly string[];
  /** The whole declaration, and the range of the name for lenses. */
  readonly range: Range;
  readonly nameRange: Range;
  /** Hash of the text with white space folded: measurements survive re-indenting and edits above. */
  readonly hash: string;
  readonly isAsync: boolean;
  readonly parameters: readonly ParameterFact[];
  readonly effects: readonly Effect[];
  readonly calls: readonly CallFact[];
  /** Why this function is known to be hot or cold from its own file, e.g. "route handler". */
  readonly heat?: HeatSignal;
}

export interface ParameterFact {
  readonly name: string;
  /** The annotation's text where there is one. */
  readonly type?: string;
  readonly optional: boolean;
}

export interface HeatSignal {
  readonly heat: 'hot' | 'cold';
  readonly reason: string;
}

export type FilterOperator = '=' | 'in' | 'range' | 'like-prefix' | 'like-infix' | 'is-null' | 'other';

export interface ColumnUse {
  /** The table's real name (aliases are resolved); undefined where it cannot be told. */
  readonly table?: string;
  readonly column: string;
}

export interface FilterUse extends ColumnUse {
  readonly operator: FilterOperator;
  /** The function wrapped around the column, lower case: "lower", "date". */
  readonly wrappedBy?: string;
  /** Where more than the plain column is compared: its text as an index on it would have it, e.g. "lower(email)". */
  readonly expression?: string;
  /** What it is compared with where the statement itself says it: "'open'", "1", "true". Several for a list. */
  readonly values?: readonly string[];
  /** Compared with a word, flag or number of the code, as `Status.OPEN` is: an index on it alone narrows little. */
  readonly isEnumerated?: boolean;
}

export interface SortUse extends ColumnUse {
  readonly descending: boolean;
  /** Where the query says it; by itself PostgreSQL takes NULL for the largest value. */
  readonly nulls?: 'first' | 'last';
}

/** What one statement or builder chain asks of the database. */
export interface QueryFact {
  readonly verb: 'select' | 'insert' | 'update' | 'delete';
  readonly tables: readonly string[];
  readonly columns: '*' | readonly string[];
  readonly filters: readonly FilterUse[];
  /** Pairs of columns that are compared for equality between two tables. */
  readonly joins: readonly (readonly [ColumnUse, ColumnUse])[];
  readonly orderBy: readonly SortUse[];
  readonly hasLimit: boolean;
  readonly hasOffset: boolean;
  readonly line: number;
  /**
   * An ORM's query: the names are this model's and its fields', "customer.country" crosses a relation.
   * The workspace's models translate them into tables and columns.
   */
  readonly model?: ModelReference & { readonly library: ModelLibrary };
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

export interface IndexDefinition {
  readonly name: string;
  readonly table: string;
  /** Plain column names in order; an expression is given as its lower-case text, e.g. "lower(name)". */
  readonly columns: readonly string[];
  readonly unique: boolean;
  /** Lower case: btree, gin, gist, hash, brin, fulltext... */
  readonly method: string;
  /** The predicate's text of a partial index. */
  readonly where?: string;
  /** The predicate's conditions, all of which must hold, where each could be read. */
  readonly predicate?: readonly PredicateTerm[];
  /** Operator classes by column position, e.g. "gin_trgm_ops". */
  readonly operatorClasses?: readonly (string | undefined)[];
  /** By column position, where some column is not in ascending order with NULL at its end. */
  readonly order?: readonly IndexOrder[];
  readonly include?: readonly string[];
  /** The index exists for the sake of a constraint and cannot be dropped without it. */
  readonly constraint?: 'primary key' | 'unique' | 'exclusion' | 'foreign key';
}

export interface IndexOrder {
  readonly descending: boolean;
  readonly nulls?: 'first' | 'last';
}

/** One condition of a partial index: a plain column and what it must be. A boolean column is `= true` or `= false`. */
export interface PredicateTerm {
  readonly column: string;
  readonly test: 'is-null' | 'is-not-null' | '=' | 'in' | '<>' | 'range';
  /** As FilterUse has them. */
  readonly values?: readonly string[];
}

export interface ForeignKey {
  /** The constraint's name where it has one. */
  readonly name?: string;
  readonly columns: readonly string[];
  readonly references: string;
  readonly referencedColumns: readonly string[];
}

/**
 * One step of the schema's history, in the order in which a file states them.
 * A table's name carries its schema ("billing.invoices") unless that is the one a database begins with.
 */
export type SchemaChange =
  | {
      readonly kind: 'create-table';
      readonly table: string;
      readonly columns: readonly ColumnDefinition[];
      readonly primaryKey: readonly string[];
      readonly uniques: readonly (readonly string[])[];
      readonly foreignKeys: readonly ForeignKey[];
      /** The columns or expressions of PARTITION BY. */
      readonly partitionedBy?: readonly string[];
      /** Tables whose columns it takes over (LIKE, INHERITS), with their indexes where it says so. */
      readonly like?: readonly { readonly table: string; readonly withIndexes: boolean }[];
      readonly line: number;
    }
  | { readonly kind: 'drop-table'; readonly table: string; readonly line: number }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string; readonly line: number }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: ColumnDefinition; readonly line: number }
  | { readonly kind: 'alter-column'; readonly table: string; readonly column: string; readonly type?: string; readonly nullable?: boolean; readonly line: number }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string; readonly line: number }
  | { readonly kind: 'rename-column'; readonly table: string; readonly column: string; readonly to: string; readonly line: number }
  | { readonly kind: 'add-primary-key'; readonly table: string; readonly columns: readonly string[]; readonly line: number }
  | { readonly kind: 'add-unique'; readonly table: string; readonly columns: readonly string[]; readonly line: number }
  | { readonly kind: 'add-foreign-key'; readonly table: string; readonly foreignKey: ForeignKey; readonly line: number }
  | { readonly kind: 'create-index'; readonly index: IndexDefinition; readonly line: number }
  | { readonly kind: 'drop-index'; readonly name: string; readonly line: number }
  | { readonly kind: 'rename-index'; readonly name: string; readonly to: string; readonly line: number }
  /** Of a key or a foreign key; the name is unique within its table only. */
  | { readonly kind: 'drop-constraint'; readonly table: string; readonly name: string; readonly line: number }
  | { readonly kind: 'rename-constraint'; readonly table: string; readonly name: string; readonly to: string; readonly line: number }
  | {
      readonly kind: 'create-view';
      readonly view: string;
      /** The tables and views it reads. */
      readonly tables: readonly string[];
      /** Absent where a star or an unnamed expression hides them. */
      readonly columns?: readonly string[];
      readonly materialized: boolean;
      readonly line: number;
    }
  | { readonly kind: 'drop-view'; readonly view: string; readonly line: number };

/** PostgreSQL's grammar is read whole, the others as far as they are written like it. MariaDB counts as MySQL. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite';

/** Everything other files may need to know about one file. Plain JSON: it outlives the syntax tree. */
export interface FileFacts {
  readonly file: string;
  readonly language: SourceLanguage;
  readonly functions: readonly FunctionFact[];
  readonly references: readonly ReferenceFact[];
  /** Names this file re-exports: `export { a as b } from './c'` and `export * from './d'` (name "*"). */
  readonly reexports: readonly { readonly exportedAs: string; readonly module: string; readonly name: string }[];
  readonly queries: readonly QueryFact[];
  readonly schema: readonly SchemaChange[];
  /** Settings for the whole process that this file makes, e.g. "axios.defaults.timeout". */
  readonly settings?: readonly string[];
  /** Relations that queries of this file prefetch, each by its own name: "lines"; absent where there is none. */
  readonly prefetched?: readonly string[];
  /** The ORM models this file declares; absent where it declares none. */
  readonly models?: readonly ModelFact[];
  /** Classes that ask for rows or show them; absent where there is none. */
  readonly classes?: readonly ClassFact[];
  /** The place of an Alembic migration among the others, which their file names do not tell. */
  readonly revision?: { readonly id: string; readonly after: readonly string[] };
  /** What a page template reads; for templates only. */
  readonly template?: TemplateFact;
  /** The databases that the file names: by a driver it imports, a setting, a connection string, or syntax that only one has. */
  readonly dialects?: readonly SqlDialect[];
  /** The tool whose mark a migration carries. */
  readonly migrationTool?: MigrationTool;
  /** The modules of other people that it imports, as written: "express", "hono/logger", "prometheus_client". */
  readonly packages: readonly string[];
  /** It takes durations, as hand-written instrumentation does: it reads a monotonic clock or subtracts two readings of another. */
  readonly takesDurations: boolean;
}

/** Readings of a monotonic clock, and differences of the wall clock's. */
export const TAKES_DURATIONS =
  /\bperformance\s*\.\s*now\b|\bprocess\s*\.\s*hrtime\b|\bperf_counter\b|\bmonotonic(?:_ns)?\s*\(|\bDate\.now\(\)\s*-|\bnew Date\(\)\s*-|\btime\.time\(\)\s*-/;
