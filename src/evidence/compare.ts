import { median } from 'simple-statistics';
import type { Compared, Comparison, Verdict } from '../core/comparison';
import { rankTest, ratioInterval } from './statistics';

/**
 * Processes that a comparison runs of each side unless it is told otherwise: with a spread of 5 % between
 * processes it sees a shift of 10 % in at least 95 of 100 cases. `test/unit/evidence/verdicts.test.ts` shows it.
 */
export const DEFAULT_PROCESSES = 20;

/** Below this the interval of a median says little. */
export const FEWEST_SAMPLES = 8;

const SIGNIFICANCE = 0.05;
/** An interval that holds 1 and is wider than this could hide a difference that matters. */
const WIDEST_EQUAL_INTERVAL = 1.2;
/**
 * Two processes of the same code differ by where their memory lies and what was compiled when. A spread of 3 %
 * between processes makes two single ones differ by more than this in one case of fifty.
 */
const SINGLE_PROCESS_MARGIN = 1.1;

/** Raw samples in milliseconds, larger is slower. */
export interface Samples {
  readonly samples: readonly number[];
  /** How many of them each process took, one process after the other; absent for one process. */
  readonly processes?: readonly number[];
}

/** Compares by process where both sides have several, because calls of one process are not independent of each other. */
export function compareSamples(before: Samples, after: Samples): Comparison {
  const byProcess = [medianByProcess(before), medianByProcess(after)] as const;
  if (byProcess.every((medians) => medians.length > 1)) return compare(...byProcess);
  return compareWith(before.samples, after.samples, 'call', SINGLE_PROCESS_MARGIN);
}

/**
 * Compares two sets of independent samples, such as the medians of processes. A difference needs both an interval
 * without 1 and a rank test below 0.05.
 */
export function compare(before: readonly number[], after: readonly number[]): Comparison {
  return compareWith(before, after, 'process', 1);
}

function compareWith(before: readonly number[], after: readonly number[], unit: Compared['unit'], margin: number): Comparison {
  const counts = [before.length, after.length] as const;
  if (Math.min(...counts) < FEWEST_SAMPLES) return { verdict: 'too-few-samples', unit, counts };
  const interval = ratioInterval(before, after);
  const p = rankTest(before, after);
  const ratio = median([...after]) / median([...before]);
  return { verdict: verdictOf(interval, p, margin), ratio, interval, p, unit, counts };
}

function verdictOf([low, high]: readonly [number, number], p: number, margin: number): Verdict {
  if (high < 1 / margin && p < SIGNIFICANCE) return 'faster';
  if (low > margin && p < SIGNIFICANCE) return 'slower';
  if (margin > 1) return low >= 1 / margin && high <= margin ? 'no-difference' : 'too-noisy';
  return high / low > WIDEST_EQUAL_INTERVAL ? 'too-noisy' : 'no-difference';
}

function medianByProcess({ samples, processes = [samples.length] }: Samples): number[] {
  let start = 0;
  return processes.flatMap((count) => {
    const own = samples.slice(start, (start += count));
    return own.length === 0 ? [] : [median(own)];
  });
}
