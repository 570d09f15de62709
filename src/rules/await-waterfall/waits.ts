import type { CalleeReference } from '../../core/facts';

/** One awaited call of a run of statements. */
export interface Wait {
  /** The call as the reader sees it: "getTeam", "prisma.user.findMany". */
  readonly call: string;
  /** What is waited for, where it was recognised: "fetch", "prisma". */
  readonly library?: string;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
  /** Positions in the run of the awaits whose results this one needs, directly or through what was made of them. */
  readonly needs: readonly number[];
}

/** An await that could have been started together with an earlier one. */
export interface Overlap {
  /** The earliest await of the run that need not have waited. */
  readonly at: number;
  /** One that it waited for in vain. */
  readonly beside: number;
  /** How many waits become one. */
  readonly together: number;
}

/**
 * The first await of a run that needs no result of some earlier one.
 * @param counts whether an await is known to wait for something outside the process, and only reads it
 */
export function firstOverlap(waits: readonly Wait[], counts: (wait: Wait) => boolean): Overlap | undefined {
  const real = waits.map((wait) => counts(wait));
  const total = real.filter(Boolean).length;
  for (let at = 1; at < waits.length; at++) {
    if (!real[at]) continue;
    const needed = neededBy(at, waits);
    for (let beside = at - 1; beside >= 0; beside--) {
      if (real[beside] && !needed.has(beside)) return { at, beside, together: total - longestChain(waits, real) + 1 };
    }
  }
  return undefined;
}

/** Whether an await of a run could have been started with an earlier one, as far as results are concerned. */
export function needsLess(at: number, waits: readonly Wait[]): boolean {
  return neededBy(at, waits).size < at;
}

function neededBy(at: number, waits: readonly Wait[]): ReadonlySet<number> {
  const needed = new Set<number>();
  const visit = (position: number): void => {
    for (const other of waits[position]!.needs) {
      if (!needed.has(other)) {
        needed.add(other);
        visit(other);
      }
    }
  };
  visit(at);
  return needed;
}

/** The number of awaits that have to come one after another whatever is done. */
function longestChain(waits: readonly Wait[], real: readonly boolean[]): number {
  const lengths: number[] = [];
  waits.forEach(({ needs }, at) => {
    lengths.push(Math.max(0, ...needs.map((other) => lengths[other]!)) + (real[at] ? 1 : 0));
  });
  return Math.max(0, ...lengths);
}
