import type { FlameFrame, FlameGraph } from '../../core/flame';
import { callTree } from './callTree';
import { partsOfRun } from './costs';
import type { FrameKind, Frames } from './frames';
import type { CallFrame, CpuProfile } from './parse';
import { longestDelta, selfWeights, type TimeWindow } from './weights';

/** Frames below a thousandth of the time are narrower than a pixel. */
const SMALLEST_SHARE = 0.001;
/** More frames than these can neither be drawn at once nor be read. */
const MOST_FRAMES = 2000;
/** Deep recursion repeats itself. */
const DEEPEST = 200;

interface Merged extends Omit<FlameFrame, 'selfUs' | 'totalUs'> {
  readonly depth: number;
  self: number;
  total: number;
}

/**
 * A profile as a flame graph: samples with the same stack are one, and the driven path is what is shown, as in the
 * shares of the run. Loaders and compilers are left out; what they call of the workspace stands where they stood.
 * `ignoresGaps`: see costsOf.
 */
export function flameGraph(profile: CpuProfile, frames: Frames, window?: TimeWindow, ignoresGaps = false): FlameGraph {
  const tree = callTree(profile);
  const kinds = tree.nodes.map(({ callFrame }) => frames.kindOf(callFrame));
  const parts = partsOfRun(kinds, tree.parents);
  const loading = new Set(tree.nodes.flatMap(({ id }, i) => (parts[i] === 'loading' ? [id] : [])));
  const weights = selfWeights(profile, loading, window, ignoresGaps ? longestDelta(profile) : Infinity);
  const merged: Merged[] = [];
  const known = new Map<string, number>();
  const indexOf: number[] = [];
  const samples = { driven: 0, idle: 0, loading: 0 };
  tree.nodes.forEach(({ id, callFrame }, i) => {
    const above = tree.parents[i]! < 0 ? -1 : indexOf[tree.parents[i]!]!;
    const isShown = parts[i] === 'driven' && kinds[i]!.kind !== 'root';
    indexOf[i] = isShown ? mergedFrame(callFrame, kinds[i]!, above, frames, merged, known) : above;
    samples[parts[i]!] += weights.samples.get(id) ?? 0;
    if (isShown) merged[indexOf[i]!]!.self += weights.microseconds.get(id) ?? 0;
  });
  const totalUs = addTotals(merged);
  const all = samples.driven + samples.idle + samples.loading;
  const share = (count: number): number => (all === 0 ? 0 : count / all);
  const { kept, left, leftUs } = pruned(merged, totalUs);
  return {
    frames: kept,
    totalUs,
    sampleCount: samples.driven,
    leftOut: { waitingShare: share(samples.idle), loadingShare: share(samples.loading), frames: left, share: totalUs > 0 ? leftUs / totalUs : 0 },
  };
}

/** The index of the frame among `merged`, where it is added if it is new. */
function mergedFrame(callFrame: CallFrame, kind: FrameKind, parent: number, frames: Frames, merged: Merged[], known: Map<string, number>): number {
  const { functionName, url, lineNumber } = callFrame;
  const key = `${parent}\0${functionName}\0${url}\0${lineNumber}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const depth = parent < 0 ? 0 : merged[parent]!.depth + 1;
  merged.push({ name: functionName || '(anonymous)', parent, ...placeOf(kind, lineNumber, frames), depth, self: 0, total: 0 });
  known.set(key, merged.length - 1);
  return merged.length - 1;
}

function placeOf(kind: FrameKind, line: number, frames: Frames): Pick<FlameFrame, 'kind' | 'place' | 'line'> {
  if (kind.kind === 'workspace') return { kind: 'workspace', place: frames.relative(kind.path) ?? kind.path, line: Math.max(0, line) };
  const place = 'file' in kind ? kind.file : '';
  return { kind: /^(?:node_modules|site-packages|dist-packages)\//.test(place) ? 'package' : 'runtime', place };
}

/** Sets each frame's total. @returns that of all */
function addTotals(merged: readonly Merged[]): number {
  let all = 0;
  for (let i = merged.length - 1; i >= 0; i--) {
    const frame = merged[i]!;
    frame.total += frame.self;
    if (frame.parent < 0) all += frame.total;
    else merged[frame.parent]!.total += frame.total;
  }
  return all;
}

/** The largest frames, with their callers: a caller's total is never smaller, and it stands first among equals. */
function pruned(merged: readonly Merged[], totalUs: number): { readonly kept: readonly FlameFrame[]; readonly left: number; readonly leftUs: number } {
  const fit = merged.flatMap(({ total, depth }, i) => (total > 0 && total >= totalUs * SMALLEST_SHARE && depth < DEEPEST ? [i] : []));
  const indexes = fit.sort((a, b) => merged[b]!.total - merged[a]!.total || a - b).slice(0, MOST_FRAMES).sort((a, b) => a - b);
  const indexNow = new Map(indexes.map((index, i) => [index, i]));
  const kept = indexes.map((index): FlameFrame => {
    const { name, parent, kind, place, line, self, total } = merged[index]!;
    return { name, parent: parent < 0 ? -1 : indexNow.get(parent)!, kind, place, ...(line !== undefined && { line }), selfUs: self, totalUs: total };
  });
  const others = merged.filter(({ total }, i) => total > 0 && !indexNow.has(i));
  return { kept, left: others.length, leftUs: others.reduce((sum, { self }) => sum + self, 0) };
}
