import type { CalleeReference, EffectKind, ForeignKey, ColumnDefinition, IndexDefinition } from './facts';
import type { Heat } from './finding';
import type { LinterSetup } from './linter';
import type { SizeReference } from './rule';

/** A table as the workspace's DDL and models declare it, after every change was applied in order. */
export interface Table {
  readonly name: string;
  readonly columns: ReadonlyMap<string, ColumnDefinition>;
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Primary key and unique constraints appear here too, as unique b-trees. */
  readonly indexes: readonly IndexDefinition[];
  readonly file: string;
  readonly line: number;
}

export interface Schema {
  /** Looks a table up by name; case and a leading schema ("public.") do not matter. */
  table(name: string): Table | undefined;
  readonly tables: readonly Table[];
}

/** How a call comes to an effect: the functions on the way, the last one holds the effect. */
export interface ReachPath {
  readonly steps: readonly { readonly file: string; readonly functionName: string; readonly line: number }[];
  readonly effect: { readonly kind: EffectKind; readonly library: string; readonly table?: string };
}

/** What the linker lets a rule ask about the workspace. It answers from facts; no syntax tree is alive. */
export interface WorkspaceView {
  readonly schema: Schema;
  /** Declared rows of a table, from performance.json. */
  rowsOf(table: string): number | undefined;
  /** Declared size behind a reference: a collection's or a table's. */
  sizeOf(reference: SizeReference): number | undefined;
  /** How often a function runs ('' for top level), and why that is thought. */
  heatOf(file: string, functionName: string): { readonly heat: Heat; readonly reason: string };
  /** Follows calls from `callee`, as named in `file`, to the first effect of one of `kinds`. */
  reach(file: string, callee: CalleeReference, kinds: readonly EffectKind[]): ReachPath | undefined;
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
}
