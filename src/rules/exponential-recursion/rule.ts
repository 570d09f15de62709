import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  readonly functionName: string;
  /** How often one call calls itself again: a number, or once for each item of a loop. */
  readonly times: number | 'per item';
}

/** Beyond this a power of two says "never" and nothing else. */
const LARGEST_EXPONENT = 1000;

export const rule: Rule<Facts> = {
  meta: {
    id: 'exponential-recursion',
    title: 'Recursion that solves the same cases again and again',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(2ⁿ)', after: 'O(n) cases, each once' },
    cost: {
      unit: 'calls',
      variable: 'the number that the recursion counts down',
      assumedSize: 20,
      now: (n) => 2 ** Math.min(n, LARGEST_EXPONENT),
      after: (n) => n,
      millisecondsPerUnit: 0.00001,
    },
    effortMinutes: 15,
    validation: 'benchmark',
  },

  say: ({ functionName, times }, cost) => ({
    message: `${functionName} calls itself ${times === 'per item' ? 'once per item of a loop' : `${times} times`} for cases that overlap: about 2ⁿ calls, ${formatCount(cost.now)} at ${formatSize(cost)}. Keep the result of each case.`,
    hint: `${formatCount(cost.now)} calls`,
  }),
};
