import type { FunctionCost, LineCost } from '../../core/evidence';
import { type Identity, type Sources, identify } from '../attribution';
import { callTree, inclusive, isAbove, isOutermost } from './callTree';
import { type FrameKind, Frames } from './frames';
import { Inlining } from './inlined';
import type { CpuProfile, ProfileNode } from './parse';
import type { ScriptMaps } from './scriptMaps';
import { type TimeWindow, longestDelta, selfWeights } from './weights';

/** One profile of a run: each process or thread writes one. */
export interface ThreadProfile {
  readonly profile: CpuProfile;
  readonly maps: ScriptMaps;
}

export interface ProfileCosts {
  readonly functions: readonly FunctionCost[];
  readonly lines: readonly LineCost[];
  /** The driven path's time, of which the shares are. */
  readonly drivenMicroseconds: number;
  /** Samples of the driven path; the shares are of these. */
  readonly sampleCount: number;
  /** Samples that were left out: waiting, and loading modules. */
  readonly idleSamples: number;
  readonly loadingSamples: number;
}

interface Cost {
  readonly identity: Identity;
  readonly foreign: boolean;
  self: number;
  total: number;
  samples: number;
}

interface NodeCost {
  readonly self: number;
  readonly samples: number;
}

/** Foreign code below this share is left out of the list, never out of the totals. */
const SMALLEST_FOREIGN_SHARE = 0.001;

/**
 * What profiles of one run say about functions and lines. Shares are of the driven path: the
 * time without waiting (idle) and without loading and compiling modules. Foreign code is grouped. `ignoresGaps`: the
 * sampler has a thread of its own, so a gap between its samples is no time of the program.
 */
export function costsOf(profiles: readonly ThreadProfile[], sources: Sources, window?: TimeWindow, ignoresGaps = false): ProfileCosts {
  const totals = new Totals(sources, window, ignoresGaps);
  for (const profile of profiles) totals.add(profile);
  return totals.result();
}

class Totals {
  private readonly frames: Frames;
  private readonly costs = new Map<string, Cost>();
  private readonly lines = new Map<string, { file: string; line: number; self: number }>();
  private readonly samples = { driven: 0, idle: 0, loading: 0 };
  private driven = 0;

  constructor(private readonly sources: Sources, private readonly window: TimeWindow | undefined, private readonly ignoresGaps: boolean) {
    this.frames = new Frames(sources.roots, sources.machinery);
  }

  add({ profile, maps }: ThreadProfile): void {
    const tree = callTree(profile);
    const kinds = tree.nodes.map(({ callFrame }) => this.frames.kindOf(callFrame));
    const parts = partsOfRun(kinds, tree.parents);
    const loading = new Set(tree.nodes.flatMap(({ id }, i) => (parts[i] === 'loading' ? [id] : [])));
    const weights = selfWeights(profile, loading, this.window, this.ignoresGaps ? longestDelta(profile) : Infinity);
    const owners = tree.nodes.map((node, i) => (parts[i] === 'driven' ? this.ownerOf(node, kinds[i]!, maps) : undefined));
    const self = tree.nodes.map(({ id }, i) => (parts[i] === 'driven' ? (weights.microseconds.get(id) ?? 0) : 0));
    const counts = tree.nodes.map(({ id }, i) => (parts[i] === 'driven' ? (weights.samples.get(id) ?? 0) : 0));
    const totals = inclusive(tree, self);
    const totalCounts = inclusive(tree, counts);
    const inlining = new Inlining(tree, this.frames, maps, this.sources);

    tree.nodes.forEach((node, i) => {
      this.samples[parts[i]!] += weights.samples.get(node.id) ?? 0;
      this.driven += self[i]!;
      const owner = owners[i];
      if (!owner) return;
      owner.self += self[i]!;
      if (kinds[i]!.kind === 'workspace' && self[i]! > 0) this.addTicks(node, inlining, maps, { self: self[i]!, samples: counts[i]! }, owner, (callee) => callee !== owner && !isAbove(tree, owners, i, callee));
      if (!isOutermost(tree, owners, i)) return;
      owner.total += totals[i]!;
      owner.samples += totalCounts[i]!;
    });
  }

  result(): ProfileCosts {
    const share = (microseconds: number) => (this.driven > 0 ? Math.min(1, microseconds / this.driven) : 0);
    const listed = [...this.costs.values()].filter(
      ({ foreign, samples, total }) => samples > 0 && (!foreign || share(total) >= SMALLEST_FOREIGN_SHARE),
    );
    return {
      functions: listed.sort((a, b) => b.total - a.total).map(({ identity, self, total, samples }) => ({
        ...identity,
        selfShare: share(self),
        totalShare: share(total),
        selfMs: self / 1000,
        totalMs: total / 1000,
        samples,
      })),
      lines: [...this.lines.values()].map(({ file, line, self }) => ({ file, line, selfShare: share(self) })),
      drivenMicroseconds: this.driven,
      sampleCount: this.samples.driven,
      idleSamples: this.samples.idle,
      loadingSamples: this.samples.loading,
    };
  }

  private ownerOf(node: ProfileNode, kind: FrameKind, maps: ScriptMaps): Cost | undefined {
    if (kind.kind === 'root' || kind.kind === 'idle') return undefined;
    if (kind.kind !== 'workspace') return this.cost({ file: kind.file, functionName: kind.name, line: 0 }, true);
    const { functionName: name, scriptId, lineNumber, columnNumber } = node.callFrame;
    const place = maps.place(scriptId, kind.path, lineNumber, columnNumber);
    const file = this.frames.relative(place.file);
    if (file === undefined) return this.cost({ file: place.file, functionName: '', line: 0 }, true);
    return this.cost(identify({ ...place, file, name }, this.sources.functionsOf(file)), false);
  }

  private cost(identity: Identity, foreign: boolean): Cost {
    const key = `${identity.file}\0${identity.functionName}`;
    let cost = this.costs.get(key);
    if (!cost) this.costs.set(key, (cost = { identity, foreign, self: 0, total: 0, samples: 0 }));
    return cost;
  }

  /**
   * A node's ticks carry no times, so its cost in the window is spread over its lines as all its ticks are. What was
   * inlined goes from the caller to the callee; `isNew` says whether nothing above counts the callee's total already.
   */
  private addTicks(node: ProfileNode, inlining: Inlining, maps: ScriptMaps, cost: NodeCost, owner: Cost, isNew: (callee: Cost) => boolean): void {
    const all = ticksIn(node.positionTicks ?? []);
    const { own, inlined } = inlining.ticksOf(node);
    this.addLines(node, own, maps, cost.self / all);
    for (const { callee, ticks } of inlined) {
      const part = ticksIn(ticks) / all;
      const inlinedInto = this.ownerOf(callee, this.frames.kindOf(callee.callFrame), maps);
      if (inlinedInto === undefined) continue;
      owner.self -= cost.self * part;
      inlinedInto.self += cost.self * part;
      this.addLines(callee, ticks, maps, cost.self / all);
      if (!isNew(inlinedInto)) continue;
      inlinedInto.total += cost.self * part;
      inlinedInto.samples += Math.round(cost.samples * part);
    }
  }

  private addLines({ callFrame }: ProfileNode, ticks: Ticks, maps: ScriptMaps, perTick: number): void {
    const kind = this.frames.kindOf(callFrame);
    if (kind.kind !== 'workspace') return;
    for (const tick of ticks) {
      const place = maps.line(callFrame.scriptId, kind.path, tick.line - 1);
      const file = this.frames.relative(place.file);
      if (file === undefined) continue;
      const key = `${file}\0${place.line}`;
      const line = this.lines.get(key) ?? { file, line: place.line, self: 0 };
      line.self += perTick * tick.ticks;
      this.lines.set(key, line);
    }
  }
}

type Ticks = NonNullable<ProfileNode['positionTicks']>;

const ticksIn = (ticks: Ticks): number => ticks.reduce((sum, tick) => sum + tick.ticks, 0);

/**
 * Which part of the run each node's own time belongs to. What a module loader calls is loading,
 * until it comes to code of the workspace; a function that imports lazily is charged for neither.
 */
export function partsOfRun(kinds: readonly FrameKind[], parents: readonly number[]): ('driven' | 'idle' | 'loading')[] {
  const parts: ('driven' | 'idle' | 'loading')[] = [];
  kinds.forEach(({ kind }, i) => {
    const inLoading = parents[i]! >= 0 && parts[parents[i]!] === 'loading';
    if (kind === 'idle') parts.push('idle');
    else parts.push(kind === 'loading' || (inLoading && kind !== 'workspace') ? 'loading' : 'driven');
  });
  return parts;
}
