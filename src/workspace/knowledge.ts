import { EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import type { CalleeReference, EffectKind, FileFacts } from '../core/facts';
import type { SizeReference } from '../core/rule';
import type { Classes, Models, ReachPath, Schema, WorkspaceView } from '../core/workspaceView';
import { type Caller, CallGraph } from './callGraph';
import { WorkspaceClasses } from './classes';
import { HeatMap, type HeatJudgement } from './heat';
import { HeatFlow } from './heatFlow';
import { WorkspaceModels } from './models';
import { buildSchema } from './schema';
import { WorkspaceTemplates, type KnownTemplate } from './templates';

/**
 * The facts of all files and what follows from them. An edit of one file keeps what it cannot have
 * changed: the schema while no schema change came or went, the module table while the files are the same.
 */
export class WorkspaceKnowledge implements WorkspaceView {
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
  private builtSchema?: Schema;
  private sortedPaths?: readonly string[];
  private settings?: ReadonlySet<string>;
  private prefetched?: ReadonlySet<string>;
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

  get schema(): Schema {
    return (this.builtSchema ??= buildSchema(this.facts(), this.knownModels));
  }

  get models(): Models {
    // A model's table is spelled as the schema has it.
    void this.schema;
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

  rowsOf(table: string): number | undefined {
    const declared = lookUp(this.config.scale.tables, table) ?? lookUp(this.config.scale.tables, this.schema.table(table)?.name ?? table);
    return declared?.rows;
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
    this.sortedPaths ??= [...this.byFile.keys()].sort();
    return this.sortedPaths.filter(matches);
  }

  private replace(file: string, facts: FileFacts | undefined): void {
    const before = this.byFile.get(file);
    if (!before && !facts) return;
    if (facts) this.byFile.set(file, facts);
    else this.byFile.delete(file);
    const sameFiles = before !== undefined && facts !== undefined;
    if (before?.models || facts?.models || !sameFiles) this.builtModels = undefined;
    if (before?.classes || facts?.classes || !sameFiles) this.builtClasses = undefined;
    if (before?.template || facts?.template) this.builtTemplates = undefined;
    if (before?.packages.join() !== facts?.packages.join()) {
      this.knownPackages = undefined;
      this.knownImporters = undefined;
    }
    if (before?.takesDurations !== facts?.takesDurations) this.knownTimings = undefined;
    if (before?.schema.length || facts?.schema.length || this.builtModels === undefined) this.builtSchema = undefined;
    if (before?.settings?.length || facts?.settings?.length) this.settings = undefined;
    if (before?.prefetched?.length || facts?.prefetched?.length) this.prefetched = undefined;
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
