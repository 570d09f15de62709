import { EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import type { CalleeReference, EffectKind, FileFacts, SqlDialect } from '../core/facts';
import type { LinterSetup } from '../core/linter';
import type { SizeReference } from '../core/rule';
import type { Classes, Models, ReachPath, Schema, Table, WorkspaceQuery, WorkspaceView } from '../core/workspaceView';
import { type Caller, CallGraph } from './callGraph';
import { WorkspaceClasses } from './classes';
import { HeatMap, type HeatJudgement } from './heat';
import { HeatFlow } from './heatFlow';
import { WorkspaceModels } from './models';
import { Databases } from './schema/databases';
import { prevailing } from './schema/dialect';
import { QueryIndex } from './schema/queryIndex';
import { WorkspaceTemplates, type KnownTemplate } from './templates';

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
  private builtModels?: WorkspaceModels;
  private builtClasses?: WorkspaceClasses;
  private builtTemplates?: WorkspaceTemplates;
  private readonly databases = new Databases([], () => this.dialect, () => this.knownModels);
  private readonly queries = new QueryIndex(this.byFile, (file, query) => this.models.translate(file, query));
  /** The same list until a file changes: what is worked out of it is kept by it. */
  private readonly queriesByTable = new Map<Table, readonly WorkspaceQuery[]>();
  private namedDialect?: { readonly prevailing: SqlDialect | undefined };
  private sortedPaths?: readonly string[];
  /** By the question, for questions that are asked again. */
  private filesMatching = new WeakMap<(path: string) => boolean, readonly string[]>();
  private settings?: ReadonlySet<string>;
  private prefetched?: ReadonlySet<string>;
  private readonly byManifest = new Map<string, readonly string[]>();
  private readonly byLinterConfig = new Map<string, readonly LinterSetup[]>();
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

  /** `packages` are those a manifest names, `linters` those it configures. */
  setManifest(file: string, packages: readonly string[], linters: readonly LinterSetup[] = []): void {
    this.byManifest.set(file, packages);
    this.byLinterConfig.set(file, linters);
    this.knownPackages = undefined;
  }

  deleteManifest(file: string): void {
    this.byLinterConfig.delete(file);
    if (this.byManifest.delete(file)) this.knownPackages = undefined;
  }

  get packages(): ReadonlySet<string> {
    this.knownPackages ??= new Set([...this.byManifest.values(), ...[...this.byFile.values()].map((facts) => facts.packages)].flat());
    return this.knownPackages;
  }

  get linters(): readonly LinterSetup[] {
    return [...this.byLinterConfig.values()].flat();
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

  get models(): Models {
    // A model's table is spelled as the schema has it.
    this.databases.layModels();
    return this.knownModels;
  }

  private get knownModels(): WorkspaceModels {
    return (this.builtModels ??= new WorkspaceModels(this.byFile, (from, module) => this.graph.modules.resolve(from, module)));
  }

  get classes(): Classes {
    return (this.builtClasses ??= new WorkspaceClasses(this.byFile, (from, module) => this.graph.modules.resolve(from, module)));
  }

  template(name: string, from: string): KnownTemplate | undefined {
    return (this.builtTemplates ??= new WorkspaceTemplates(this.byFile)).find(name, from);
  }

  private get dialect(): SqlDialect | undefined {
    this.namedDialect ??= { prevailing: prevailing(this.facts().flatMap(({ dialects }) => dialects ?? [])) };
    return this.namedDialect.prevailing;
  }

  /** What the rules may ask about a candidate of a file. */
  viewFrom(file = ''): WorkspaceView {
    // Getters, because most rules ask for none of these; inside of them `this` would be the view.
    const knowledge = this;
    return {
      get schema() {
        return knowledge.schemaOf(file);
      },
      get models() {
        return knowledge.models;
      },
      get classes() {
        return knowledge.classes;
      },
      get dialect() {
        return knowledge.dialect;
      },
      get packages() {
        return knowledge.packages;
      },
      get linters() {
        return knowledge.linters;
      },
      get timingFiles() {
        return knowledge.timingFiles;
      },
      importersOf: (module) => this.importersOf(module),
      queriesOf: (table) => this.queriesOf(table),
      rowsOf: (table) => this.scaleOf(table, file)?.rows,
      growthOf: (table) => this.scaleOf(table, file)?.growthPerDay,
      sizeOf: (reference) => this.sizeOf(reference, file),
      heatOf: (other, functionName) => this.heatOf(other, functionName),
      reach: (other, callee, kinds) => this.reach(other, callee, kinds),
      template: (name, from) => this.template(name, from),
      hasSetting: (name) => this.hasSetting(name),
      isPrefetched: (relation) => this.isPrefetched(relation),
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

  /** A table's size from performance.json, by its name or by that of its model. */
  scaleOf(table: string, from?: string): PerformanceConfig['scale']['tables'][string] | undefined {
    const { tables } = this.config.scale;
    return lookUp(tables, table) ?? lookUp(tables, this.schemaOf(from).table(table)?.name ?? table);
  }

  private sizeOf(reference: SizeReference, from: string): number | undefined {
    const rowsOf = (table: string): number | undefined => this.scaleOf(table, from)?.rows;
    if (reference.kind === 'literal') return reference.value;
    if (reference.kind === 'table') return rowsOf(reference.name);
    const { name, table } = reference;
    return lookUp(this.config.scale.collections, name) ?? (table ? rowsOf(table) : undefined) ?? rowsOf(name);
  }

  reach(file: string, callee: CalleeReference, kinds: readonly EffectKind[]): ReachPath | undefined {
    return this.graph.reach(file, callee, kinds);
  }

  hasSetting(name: string): boolean {
    this.settings ??= new Set(this.facts().flatMap((facts) => facts.settings ?? []));
    return this.settings.has(name);
  }

  isPrefetched(relation: string): boolean {
    this.prefetched ??= new Set(this.facts().flatMap((facts) => facts.prefetched ?? []));
    return this.prefetched.has(relation);
  }

  callersOf(file: string, functionName: string): readonly Caller[] {
    return this.graph.callersOf(file, functionName);
  }

  files(matches: (path: string) => boolean): readonly string[] {
    let matching = this.filesMatching.get(matches);
    if (matching === undefined) {
      this.sortedPaths ??= [...this.byFile.keys()].sort();
      this.filesMatching.set(matches, (matching = this.sortedPaths.filter(matches)));
    }
    return matching;
  }

  private queriesOf(table: Table): readonly WorkspaceQuery[] {
    let known = this.queriesByTable.get(table);
    if (known === undefined) {
      known = this.queries.of(table.name).filter(({ file }) => {
        const seen = this.schemaOf(file).table(table.name);
        return seen !== undefined && seen.file === table.file && seen.line === table.line;
      });
      this.queriesByTable.set(table, known);
    }
    return known;
  }

  private replace(file: string, facts: FileFacts | undefined): void {
    const before = this.byFile.get(file);
    if (!before && !facts) return;
    if (facts) this.byFile.set(file, facts);
    else this.byFile.delete(file);
    const sameFiles = before !== undefined && facts !== undefined;
    if (before?.models || facts?.models || !sameFiles) {
      this.builtModels = undefined;
      this.databases.changedAround();
    }
    if (before?.classes || facts?.classes || !sameFiles) this.builtClasses = undefined;
    if (before?.template || facts?.template) this.builtTemplates = undefined;
    if (facts?.schema.length) this.databases.set(facts);
    else if (before?.schema.length) this.databases.delete(file);
    this.queries.changed();
    this.queriesByTable.clear();
    if (before?.dialects?.join() !== facts?.dialects?.join()) {
      this.namedDialect = undefined;
      this.databases.changedAround();
    }
    if (before?.packages.join() !== facts?.packages.join()) {
      this.knownPackages = undefined;
      this.knownImporters = undefined;
    }
    if (before?.takesDurations !== facts?.takesDurations) this.knownTimings = undefined;
    if (before?.settings?.length || facts?.settings?.length) this.settings = undefined;
    if (before?.prefetched?.length || facts?.prefetched?.length) this.prefetched = undefined;
    if (!sameFiles) {
      this.sortedPaths = undefined;
      this.filesMatching = new WeakMap();
    }
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
