import type { CalleeReference, FileFacts } from '../core/facts';
import type { HeatJudgement } from './heat';

/** A function of the workspace. */
export interface FunctionKey {
  readonly file: string;
  readonly name: string;
}

/** From a function ('' for the top level of its file) to one that it calls or hands on. */
interface Edge {
  readonly from: string;
  readonly to: FunctionKey;
  readonly route?: string;
}

export type Resolve = (file: string, callee: CalleeReference) => FunctionKey | undefined;

/** How many calls away from a handler a function is still said to run with it. */
const FARTHEST = 8;

/**
 * Carries heat along the calls of the workspace: what a handler reaches is hot, and what only cold code
 * calls is cold. Edges are kept for each file, and the flow while no edge and no signal has changed.
 */
export class HeatFlow {
  private readonly edges = new Map<string, readonly Edge[]>();
  private flow?: ReadonlyMap<string, HeatJudgement>;

  constructor(
    private readonly files: ReadonlyMap<string, FileFacts>,
    private readonly resolve: Resolve,
  ) {}

  /** The facts of a file were replaced, added or removed. */
  changed(file: string, before: FileFacts | undefined, after: FileFacts | undefined): void {
    // Names of other files may lead elsewhere now if the names in this one have changed.
    if (this.edges.size > 0 && namesIn(before) !== namesIn(after)) this.edges.clear();
    if (this.flow !== undefined && flowsIn(before) !== flowsIn(after)) this.flow = undefined;
    if (this.flow === undefined) this.edges.delete(file);
  }

  /**
   * @param own what is known of a function without its callers.
   * @returns undefined for a function whose callers say nothing about it.
   */
  of(key: FunctionKey, own: (key: FunctionKey) => HeatJudgement | undefined): HeatJudgement | undefined {
    this.flow ??= this.compute(own);
    return this.flow.get(idOf(key));
  }

  /** What `own` says has changed for reasons that are not in the facts. */
  reset(): void {
    this.flow = undefined;
  }

  private compute(own: (key: FunctionKey) => HeatJudgement | undefined): ReadonlyMap<string, HeatJudgement> {
    const flow = new Map<string, HeatJudgement>();
    const outgoing = this.outgoing();
    spreadHeat(flow, outgoing, this.functions(), own);
    spreadCold(flow, outgoing, own);
    return flow;
  }

  private functions(): FunctionKey[] {
    return [...this.files.values()].flatMap(({ file, functions }) => functions.map(({ name }) => ({ file, name })));
  }

  private outgoing(): ReadonlyMap<string, { readonly key: FunctionKey; readonly edges: readonly Edge[] }> {
    const outgoing = new Map<string, { key: FunctionKey; edges: Edge[] }>();
    for (const [file, facts] of this.files) {
      for (const edge of this.edgesOf(file, facts)) {
        const key = { file, name: edge.from };
        const id = idOf(key);
        const known = outgoing.get(id);
        if (known) known.edges.push(edge);
        else outgoing.set(id, { key, edges: [edge] });
      }
    }
    return outgoing;
  }

  private edgesOf(file: string, facts: FileFacts): readonly Edge[] {
    let edges = this.edges.get(file);
    if (edges === undefined) {
      const found: Edge[] = [];
      const add = (from: string, callee: CalleeReference, route?: string): void => {
        const to = this.resolve(file, callee);
        if (to) found.push({ from, to, route });
      };
      for (const fn of facts.functions) for (const { callee } of fn.calls) add(fn.name, callee);
      for (const { from, callee, route } of facts.references) add(from, callee, route);
      this.edges.set(file, (edges = found));
    }
    return edges;
  }
}

type Outgoing = ReadonlyMap<string, { readonly key: FunctionKey; readonly edges: readonly Edge[] }>;
type Own = (key: FunctionKey) => HeatJudgement | undefined;

/** Breadth first from the handlers, so that each function names the nearest one. */
function spreadHeat(flow: Map<string, HeatJudgement>, outgoing: Outgoing, functions: readonly FunctionKey[], own: Own): void {
  let frontier: { key: FunctionKey; source: string }[] = [];
  const reach = (key: FunctionKey, source: string, reason: string): void => {
    const id = idOf(key);
    if (flow.has(id) || own(key)?.heat === 'cold') return;
    flow.set(id, { heat: 'hot', reason });
    frontier.push({ key, source });
  };
  for (const key of functions) if (own(key)?.heat === 'hot') reach(key, key.name, own(key)!.reason);
  for (const { edges } of outgoing.values()) {
    for (const { to, route } of edges) if (route !== undefined) reach(to, route, `route handler ${route}`);
  }
  for (let depth = 0; depth < FARTHEST && frontier.length > 0; depth++) {
    const current = frontier;
    frontier = [];
    for (const { key, source } of current) {
      for (const { to } of outgoing.get(idOf(key))?.edges ?? []) reach(to, source, `reached from ${source}`);
    }
  }
}

/**
 * A function is cold when something names it and everything that does is cold. Methods are left out: they are
 * also called through values of which no type is known, and those callers would be missed.
 */
function spreadCold(flow: Map<string, HeatJudgement>, outgoing: Outgoing, own: Own): void {
  const callers = new Map<string, { readonly key: FunctionKey; readonly from: Set<string> }>();
  for (const [from, { edges }] of outgoing) {
    for (const { to } of edges) {
      const id = idOf(to);
      if (id === from || to.name.includes('.') || flow.has(id) || own(to) !== undefined) continue;
      const known = callers.get(id);
      if (known) known.from.add(from);
      else callers.set(id, { key: to, from: new Set([from]) });
    }
  }
  const isCold = (id: string): boolean => flow.get(id)?.heat === 'cold' || own(outgoing.get(id)!.key)?.heat === 'cold';
  for (let found = true; found; ) {
    found = false;
    for (const [id, { from }] of callers) {
      if (flow.has(id) || ![...from].every(isCold)) continue;
      flow.set(id, { heat: 'cold', reason: `only called from ${nameOf(outgoing.get([...from][0]!)!.key)}, which is cold` });
      found = true;
    }
  }
}

function nameOf({ file, name }: FunctionKey): string {
  return name === '' ? `the top level of ${file}` : name;
}

function idOf({ file, name }: FunctionKey): string {
  return `${file}\0${name}`;
}

/** The names under which other files reach what is in this one. */
function namesIn(facts: FileFacts | undefined): string {
  return facts ? JSON.stringify([facts.functions.map(({ name, exportedAs }) => [name, exportedAs]), facts.reexports]) : '';
}

/** Everything else that the flow takes from a file. */
function flowsIn(facts: FileFacts | undefined): string {
  if (facts === undefined) return '';
  const functions = facts.functions.map(({ name, calls, heat }) => [name, calls.map(({ callee }) => callee), heat]);
  return JSON.stringify([functions, facts.references]);
}
