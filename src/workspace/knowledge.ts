import { EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import type { CalleeReference, EffectKind, FileFacts } from '../core/facts';
import type { SizeReference } from '../core/rule';
import type { ReachPath, Schema, WorkspaceView } from '../core/workspaceView';
import { type Caller, CallGraph } from './callGraph';
import { HeatMap, type HeatJudgement } from './heat';
import { buildSchema } from './schema';

/**
 * The facts of all files and what follows from them. An edit of one file keeps what it cannot have
 * changed: the schema while no schema change came or went, the module table while the files are the same.
 */
export class WorkspaceKnowledge implements WorkspaceView {
  private readonly byFile = new Map<string, FileFacts>();
  private readonly graph = new CallGraph(this.byFile);
  private config: PerformanceConfig = EMPTY_CONFIG;
  private heatMap?: HeatMap;
  private builtSchema?: Schema;
  private sortedPaths?: readonly string[];

  setConfig(config: PerformanceConfig): void {
    this.config = config;
    this.heatMap = undefined;
  }

  set(facts: FileFacts): void {
    this.replace(facts.file, facts);
  }

  delete(file: string): void {
    this.replace(file, undefined);
  }

  facts(): readonly FileFacts[] {
    return [...this.byFile.values()];
  }

  heatOf(file: string, functionName: string): HeatJudgement {
    this.heatMap ??= new HeatMap(this.byFile, this.config);
    return this.heatMap.of(file, functionName);
  }

  get schema(): Schema {
    return (this.builtSchema ??= buildSchema(this.facts()));
  }

  rowsOf(table: string): number | undefined {
    return lookUp(this.config.scale.tables, table)?.rows;
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
    if (before?.schema.length || facts?.schema.length) this.builtSchema = undefined;
    if (!sameFiles) this.sortedPaths = undefined;
    this.graph.changed(file, sameFiles);
  }
}

/** Names are compared without case; "order.items" also answers for "items" where nothing nearer is declared. */
function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  const wanted = name.toLowerCase();
  const entries = Object.entries(table).map(([key, value]) => [key.toLowerCase(), value] as const);
  const exact = entries.find(([key]) => key === wanted) ?? entries.find(([key]) => wanted.endsWith(`.${key}`));
  return exact?.[1];
}
