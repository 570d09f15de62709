import { median } from 'simple-statistics';
import { rankTest, ratioInterval } from './statistics';

export type Verdict = 'faster' | 'slower' | 'no difference seen' | 'too noisy' | 'too few samples';

export interface Comparison {
  /** median(after) / median(before): 0.5 means half the time. NaN where there are too few samples. */
  readonly ratio: number;
  /** 95 % bootstrap interval of the ratio. */
  readonly interval: readonly [number, number];
  readonly verdict: Verdict;
}

/** Below this the interval of a median says little. */
const FEWEST_SAMPLES = 8;
const SIGNIFICANCE = 0.05;
/** An interval that holds 1 and is wider than this could hide a difference that matters. */
const WIDEST_EQUAL_INTERVAL = 1.2;

/**
 * Compares two sets of raw samples (milliseconds, larger is slower). A difference needs both an
 * interval without 1 and a rank test below 0.05.
 */
export function compare(before: readonly number[], after: readonly number[]): Comparison {
  if (Math.min(before.length, after.length) < FEWEST_SAMPLES) {
    return { ratio: NaN, interval: [NaN, NaN], verdict: 'too few samples' };
  }
  const interval = ratioInterval(before, after);
  return {
    ratio: median([...after]) / median([...before]),
    interval,
    verdict: verdictOf(interval, rankTest(before, after)),
  };
}

function verdictOf([low, high]: readonly [number, number], p: number): Verdict {
  if (high < 1 && p < SIGNIFICANCE) return 'faster';
  if (low > 1 && p < SIGNIFICANCE) return 'slower';
  return high / low > WIDEST_EQUAL_INTERVAL ? 'too noisy' : 'no difference seen';
}
