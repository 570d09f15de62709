import type { ClassFact } from './classes';
import type { CalleeReference, ColumnDefinition, Effect, EffectKind, ForeignKey, IndexDefinition, QueryFact, SqlDialect } from './facts';
import type { Heat } from './finding';
import type { LinterSetup } from './linter';
import type { MemberReads, ModelField, ModelLibrary, ModelReference, ModelRelation } from './models';
import type { MigrationTool } from './migrations';
import type { SizeReference } from './rule';
import type { TemplateFact } from './templates';

/** An index with the place of the statement that made it. */
export interface TableIndex extends IndexDefinition {
  readonly file: string;
  readonly line: number;
}

/** A foreign key with the place of the statement that made it. */
export interface TableForeignKey extends ForeignKey {
  /** The columns by the names that they had where the key is declared. */
  readonly stated: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** A table (or materialized view) as the workspace's DDL and models declare it, after every change was applied in order. */
export interface Table {
  readonly name: string;
  readonly columns: ReadonlyMap<string, ColumnDefinition>;
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly TableForeignKey[];
  /** Primary key and unique constraints appear here too, as unique b-trees. */
  readonly indexes: readonly TableIndex[];
  /** The columns or expressions of PARTITION BY; empty for a table in one piece. */
  readonly partitionedBy: readonly string[];
  /** What its definition is written in; absent where it is any database's. */
  readonly dialect?: SqlDialect;
  /** Where it is created. */
  readonly file: string;
  readonly line: number;
  /** The model that declares it, where no SQL creates it: the better place to show. */
  readonly model?: { readonly file: string; readonly line: number };
}

export interface View {
  readonly name: string;
  readonly tables: readonly string[];
  readonly columns?: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** The tables that the queries of one file speak of. */
export interface Schema {
  /** Looks a table up by name; case and a leading schema ("public.") do not matter. */
  table(name: string): Table | undefined;
  readonly tables: readonly Table[];
  view(name: string): View | undefined;
  /** Indexes are made on tables whose names are only known at run time, so there may be more than are known. */
  readonly mayLackIndexes: boolean;
}

/** A query with the file it is in. */
export interface WorkspaceQuery {
  readonly file: string;
  readonly query: QueryFact;
}

/** How a call comes to an effect: the functions on the way, the last one holds the effect. */
export interface ReachPath {
  readonly steps: readonly { readonly file: string; readonly functionName: string; readonly line: number }[];
  readonly effect: Effect;
}

/** A field of a model with what the whole workspace tells: inherited ones, and relations read from the other side. */
export interface Field extends ModelField {
  /** The column of the model's table; absent for a relation whose key is elsewhere. */
  readonly column?: string;
  readonly relation?: ModelRelation & { readonly kind: 'one' | 'many'; readonly model?: Model };
}

/** An ORM model with everything it inherits. */
export interface Model {
  readonly name: string;
  readonly library: ModelLibrary;
  readonly file: string;
  readonly line: number;
  /** The table's name, as the model gives it or the library derives it. */
  readonly table: string;
  /** Every field is known: no base class of it lies outside of the workspace. */
  readonly isComplete: boolean;
  readonly fields: ReadonlyMap<string, Field>;
  /** Methods and properties, inherited ones too, by name. */
  readonly members: ReadonlyMap<string, KnownMember>;
  /** Relations that its managers read along with every row. */
  readonly eager: readonly string[];
}

/** A column of an index to create; its order only where it matters. */
export interface IndexColumn {
  readonly name: string;
  readonly descending?: boolean;
  readonly nulls?: 'first' | 'last';
  readonly operatorClass?: string;
}

export interface Models {
  readonly all: readonly Model[];
  /** The model that `reference` names in `file`; undefined where there is none or more than one. */
  find(file: string, reference: ModelReference, library?: ModelLibrary): Model | undefined;
  /** An ORM's query in tables and columns; undefined where a model or a field of it is not known. Other queries come back as they are. */
  translate(file: string, query: QueryFact): QueryFact | undefined;
  /** Whether the model, or a class it inherits from in the workspace, has its own version of a method of the library: "delete". */
  overrides(model: Model, method: string): boolean;
  /** How the model of a table declares an index, in its library's words; undefined where no model has the table or its library no words for it. */
  declareIndex(table: Table, columns: readonly IndexColumn[]): string | undefined;
}

/** A method or property and the file of the class that declares it, which may be a base. */
export interface KnownMember extends MemberReads {
  readonly file: string;
}

/** A class and the file that declares it. */
export interface KnownClass extends ClassFact {
  readonly file: string;
}

/** A class with everything it inherits. */
export interface Lineage {
  /** The class itself first, then its bases in the workspace, depth first. */
  readonly known: readonly KnownClass[];
  /** Bases from outside of the workspace. */
  readonly foreign: readonly ModelReference[];
}

export interface Classes {
  find(file: string, reference: ModelReference): KnownClass | undefined;
  lineage(start: KnownClass): Lineage;
}

/** What the linker lets a rule ask about the workspace. It answers from facts; no syntax tree is alive. */
export interface WorkspaceView {
  /** The database that the candidate's file speaks to; a repository may hold several. */
  readonly schema: Schema;
  readonly models: Models;
  /** Views, admin pages, serializers and response models. */
  readonly classes: Classes;
  /** The page template of this name that a view in the file `from` means. */
  template(name: string, from: string): { readonly file: string; readonly fact: TemplateFact } | undefined;
  /** The database that the drivers and settings of the workspace name; undefined where they name several or none. */
  readonly dialect: SqlDialect | undefined;
  /** Every query of the workspace that reads or changes a table of this name in the same database. */
  queriesOf(table: Table): readonly WorkspaceQuery[];
  /** Rows that a table grows by a day, from performance.json. */
  growthOf(table: string): number | undefined;
  /** Declared rows of a table, from performance.json. */
  rowsOf(table: string): number | undefined;
  /** Declared size behind a reference: a collection's or a table's. */
  sizeOf(reference: SizeReference): number | undefined;
  /** How often a function runs ('' for top level), and why that is thought. */
  heatOf(file: string, functionName: string): { readonly heat: Heat; readonly reason: string };
  /** Follows calls from `callee`, as named in `file`, to the first effect of one of `kinds`. */
  reach(file: string, callee: CalleeReference, kinds: readonly EffectKind[]): ReachPath | undefined;
  /** Whether some file makes a setting for the whole process, e.g. "axios.defaults.timeout". */
  hasSetting(name: string): boolean;
  /** Whether some query of the workspace prefetches a relation of this name. */
  isPrefetched(relation: string): boolean;
  /** Packages that the workspace's manifests name and modules that its files import, as written; Python's in lower case. */
  readonly packages: ReadonlySet<string>;
  /** The linters that files of the workspace configure. */
  readonly linters: readonly LinterSetup[];
  /** How many files import a module, as written; Python's by the root of its name, in lower case. */
  importersOf(module: string): number;
  /** Files that take durations themselves, in path order. */
  readonly timingFiles: readonly string[];
  /** Files of the workspace whose path matches, in path order; for finding the migration folder. */
  files(matches: (path: string) => boolean): readonly string[];
  /** The tool whose mark a migration carries. */
  migrationToolOf(file: string): MigrationTool | undefined;
}
