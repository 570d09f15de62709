import type { Cost, CostModel } from '../core/rule';

/** What a finding costs by its rule's model: an order of magnitude for ranking, never shown as a time. */
export interface Gain {
  /** Milliseconds that the change would save on each pass, as the model guesses them; never negative. */
  readonly milliseconds: number;
  readonly size: 'large' | 'noticeable' | 'small';
  /** Whether n comes from the code or from performance.json rather than from an assumption. */
  readonly scaleKnown: boolean;
  /** Whether the change makes the cost grow more slowly with n, so that no constant can make up for it. */
  readonly changesClass: boolean;
}

/** An eighth of the 200 ms after which a response stops feeling immediate. */
const LARGE_MS = 25;
const NOTICEABLE_MS = 2;

/** Two sizes far enough apart for the growth of a cost to show, whatever its constants. */
const SMALL_N = 1e3;
const LARGE_N = 1e6;

/** Below it two growth exponents are the same; n log n differs from n by 0.1 over these sizes. */
const SAME_EXPONENT = 0.05;

export function gainOf(cost: Cost, model: CostModel): Gain {
  // Infinity minus infinity is no number: a cost that no change bounds cannot be said to shrink.
  const saved = Math.max(0, cost.now - cost.after) || 0;
  const milliseconds = saved * model.millisecondsPerUnit;
  return {
    milliseconds,
    size: milliseconds >= LARGE_MS ? 'large' : milliseconds >= NOTICEABLE_MS ? 'noticeable' : 'small',
    scaleKnown: cost.basis !== 'assumed',
    changesClass: growthExponent(model.now) - growthExponent(model.after) > SAME_EXPONENT,
  };
}

/** k of a cost that grows like n to the power of k; 0 for a constant, infinite for an exponential. */
export function growthExponent(cost: (n: number) => number): number {
  const ratio = Math.max(cost(LARGE_N), 1) / Math.max(cost(SMALL_N), 1);
  return Number.isFinite(ratio) ? Math.log(ratio) / Math.log(LARGE_N / SMALL_N) : Number.MAX_VALUE;
}
