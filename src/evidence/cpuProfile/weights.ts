import type { CpuProfile } from './parse';

/** Microseconds of the clock of the profile's startTime. */
export interface TimeWindow {
  readonly startUs: number;
  readonly endUs: number;
}

/** What each node cost by itself: microseconds and samples, by the node's id. */
export interface SelfWeights {
  readonly microseconds: ReadonlyMap<number, number>;
  readonly samples: ReadonlyMap<number, number>;
}

/**
 * Sums the samples of each node; with a window, those taken inside it. A profile without samples has
 * its hit counts. The engine's own work (garbage collection, native code) hangs below no function:
 * what follows a sample of a node in `leftOut` is added to that node, because it was done for it. A sample weighs
 * no more than `longestUs`.
 */
export function selfWeights(profile: CpuProfile, leftOut: ReadonlySet<number>, window?: TimeWindow, longestUs = Infinity): SelfWeights {
  const microseconds = new Map<number, number>();
  const samples = new Map<number, number>();
  const add = (id: number, cost: number, count: number) => {
    microseconds.set(id, (microseconds.get(id) ?? 0) + cost);
    samples.set(id, (samples.get(id) ?? 0) + count);
  };
  if (!profile.samples) {
    const hits = profile.nodes.reduce((sum, { hitCount }) => sum + (hitCount ?? 0), 0);
    const perHit = (profile.endTime - profile.startTime) / hits;
    for (const { id, hitCount } of profile.nodes) if (hitCount) add(id, hitCount * perHit, hitCount);
    return { microseconds, samples };
  }
  const engine = new Set(profile.nodes.flatMap(({ id, callFrame }) => (ENGINE.has(callFrame.functionName) ? [id] : [])));
  let now = profile.startTime;
  let caller = -1;
  profile.samples.forEach((id, i) => {
    now += profile.timeDeltas![i]!;
    if (!engine.has(id)) caller = id;
    const isInside = !window || (now >= window.startUs && now <= window.endUs);
    // What passed before the first sample is the profiler's own start; that can take longer than the program.
    // The engine reports a negative delta where it recorded two samples out of order.
    if (i > 0 && isInside) add(leftOut.has(caller) ? caller : id, Math.min(longestUs, Math.max(0, profile.timeDeltas![i]!)), 1);
  });
  return { microseconds, samples };
}

/** Gaps of more samples than these are no time of the program. */
const GAP = 4;

/**
 * The longest time between two samples that is the program's. V8 takes them from a thread of its own, also while the
 * program blocks: where several fail to come, the system ran something else.
 */
export function longestDelta({ timeDeltas = [] }: CpuProfile): number {
  const positive = timeDeltas.slice(1).filter((delta) => delta > 0).sort((a, b) => a - b);
  const usual = positive[positive.length >> 1];
  return usual === undefined ? Infinity : usual * GAP;
}

const ENGINE = new Set(['(garbage collector)', '(program)']);
