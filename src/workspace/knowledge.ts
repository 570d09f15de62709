import { EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import type { CalleeReference, EffectKind, FileFacts, SqlDialect } from '../core/facts';
import type { SizeReference } from '../core/rule';
import type { ReachPath, Schema, Table, WorkspaceQuery, WorkspaceView } from '../core/workspaceView';
import { CallGraph } from './callGraph';
import { HeatMap, type HeatJudgement } from './heat';
import { HeatFlow } from './heatFlow';
import { prevailing } from './schema/dialect';
import { Databases } from './schema/databases';
import { QueryIndex } from './schema/queryIndex';

/**
 * The facts of all files and what follows from them. An edit of one file keeps what it cannot have changed: the
 * databases that no schema change came to or went from, the module table while the files are the same.
 */
export class WorkspaceKnowledge {
  private readonly byFile = new Map<string, FileFacts>();
  private readonly graph = new CallGraph(this.byFile);
  private readonly flow = new HeatFlow(this.byFile, (file, callee) => {
    const place = this.graph.resolve(file, callee);
    return place && { file: place.facts.file, name: place.fn.name };
  });
  private config: PerformanceConfig = EMPTY_CONFIG;
  private heatMap?: HeatMap;
  private readonly databases = new Databases([], () => this.dialect);
  private readonly queries = new QueryIndex(this.byFile);
  private namedDialect?: { readonly prevailing: SqlDialect | undefined };
  private sortedPaths?: readonly string[];
  private readonly byManifest = new Map<string, readonly string[]>();
  private knownPackages?: ReadonlySet<string>;
  private knownImporters?: ReadonlyMap<string, number>;
  private knownTimings?: readonly string[];

  setConfig(config: PerformanceConfig): void {
    this.config = config;
    this.heatMap = undefined;
    this.flow.reset();
  }

  set(facts: FileFacts): void {
    this.replace(facts.file, facts);
  }

  delete(file: string): void {
    this.replace(file, undefined);
  }

  /** `packages` are those a manifest names. */
  setManifest(file: string, packages: readonly string[]): void {
    this.byManifest.set(file, packages);
    this.knownPackages = undefined;
  }

  deleteManifest(file: string): void {
    if (this.byManifest.delete(file)) this.knownPackages = undefined;
  }

  get packages(): ReadonlySet<string> {
    this.knownPackages ??= new Set([...this.byManifest.values(), ...[...this.byFile.values()].map((facts) => facts.packages)].flat());
    return this.knownPackages;
  }

  importersOf(module: string): number {
    this.knownImporters ??= countOf([...this.byFile.values()].flatMap(({ packages }) => packages));
    return this.knownImporters.get(module) ?? 0;
  }

  get timingFiles(): readonly string[] {
    this.knownTimings ??= [...this.byFile.values()].flatMap(({ file, takesDurations }) => (takesDurations ? [file] : [])).sort();
    return this.knownTimings;
  }

  facts(): readonly FileFacts[] {
    return [...this.byFile.values()];
  }

  heatOf(file: string, functionName: string): HeatJudgement {
    this.heatMap ??= new HeatMap(this.byFile, this.flow, this.config);
    return this.heatMap.of(file, functionName);
  }

  private get dialect(): SqlDialect | undefined {
    this.namedDialect ??= { prevailing: prevailing(this.facts().flatMap(({ dialects }) => dialects ?? [])) };
    return this.namedDialect.prevailing;
  }

  /** What the rules may ask about a candidate of a file. */
  viewFrom(file: string): WorkspaceView {
    // Getters, because most rules ask for none of these; inside of them `this` would be the view.
    const knowledge = this;
    return {
      schema: this.schemaOf(file),
      get dialect() {
        return knowledge.dialect;
      },
      get packages() {
        return knowledge.packages;
      },
      get timingFiles() {
        return knowledge.timingFiles;
      },
      importersOf: (module) => this.importersOf(module),
      queriesOf: (table) => this.queriesOf(table),
      rowsOf: (table) => this.rowsOf(table),
      growthOf: (table) => this.scaleOf(table)?.growthPerDay,
      sizeOf: (reference) => this.sizeOf(reference),
      heatOf: (other, functionName) => this.heatOf(other, functionName),
      reach: (other, callee, kinds) => this.reach(other, callee, kinds),
      files: (matches) => this.files(matches),
      migrationToolOf: (other) => this.byFile.get(other)?.migrationTool,
    };
  }

  /** The schema as the queries of a file see it; without a file, as seen from the root of the workspace. */
  schemaOf(file = ''): Schema {
    return this.databases.schemaOf(file, prevailing(this.byFile.get(file)?.dialects ?? []));
  }

  /** How often each set of schema files was replayed; for tests that count work. */
  schemaReplays(): ReadonlyMap<string, number> {
    return this.databases.replays();
  }

  rowsOf(table: string): number | undefined {
    return this.scaleOf(table)?.rows;
  }

  /** A table's size from performance.json. */
  scaleOf(table: string): PerformanceConfig['scale']['tables'][string] | undefined {
    return lookUp(this.config.scale.tables, table);
  }

  sizeOf(reference: SizeReference): number | undefined {
    if (reference.kind === 'literal') return reference.value;
    if (reference.kind === 'table') return this.rowsOf(reference.name);
    const { name, table } = reference;
    return lookUp(this.config.scale.collections, name) ?? (table ? this.rowsOf(table) : undefined) ?? this.rowsOf(name);
  }

  reach(file: string, callee: CalleeReference, kinds: readonly EffectKind[]): ReachPath | undefined {
    return this.graph.reach(file, callee, kinds);
  }

  files(matches: (path: string) => boolean): readonly string[] {
    this.sortedPaths ??= [...this.byFile.keys()].sort();
    return this.sortedPaths.filter(matches);
  }

  private queriesOf(table: Table): readonly WorkspaceQuery[] {
    return this.queries.of(table.name).filter(({ file }) => {
      const seen = this.schemaOf(file).table(table.name);
      return seen !== undefined && seen.file === table.file && seen.line === table.line;
    });
  }

  private replace(file: string, facts: FileFacts | undefined): void {
    const before = this.byFile.get(file);
    if (!before && !facts) return;
    if (facts) this.byFile.set(file, facts);
    else this.byFile.delete(file);
    const sameFiles = before !== undefined && facts !== undefined;
    if (facts?.schema.length) this.databases.set(facts);
    else if (before?.schema.length) this.databases.delete(file);
    this.queries.changed();
    if (before?.dialects?.join() !== facts?.dialects?.join()) this.namedDialect = undefined;
    if (before?.packages.join() !== facts?.packages.join()) {
      this.knownPackages = undefined;
      this.knownImporters = undefined;
    }
    if (before?.takesDurations !== facts?.takesDurations) this.knownTimings = undefined;
    if (!sameFiles) this.sortedPaths = undefined;
    this.graph.changed(file, sameFiles);
    this.flow.changed(file, before, facts);
  }
}

/** Names are compared without case; "order.items" also answers for "items" where nothing nearer is declared. */
function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  const wanted = name.toLowerCase();
  const entries = Object.entries(table).map(([key, value]) => [key.toLowerCase(), value] as const);
  const exact = entries.find(([key]) => key === wanted) ?? entries.find(([key]) => wanted.endsWith(`.${key}`));
  return exact?.[1];
}

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
