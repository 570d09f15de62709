import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The sorting as it is written, shortened: "queue.sort(byCost)". */
  readonly call: string;
  readonly list: string;
  readonly loop: string;
  /** `grows`: the loop adds to the list. `same`: it does not, so every round after the first sorts what is sorted. */
  readonly form: 'grows' | 'same';
  /** The ordered structure of the language: "a heap (heapq)". */
  readonly structure: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'sort-in-loop',
    title: 'List sorted again in every iteration',
    family: 'data structure',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n² log n)', after: 'O(n log n)' },
    cost: {
      unit: 'comparisons',
      variable: 'iterations, and items in the list',
      assumedSize: 1000,
      // The list has grown to half its length on average; one that is nearly sorted takes one comparison an item.
      now: (n) => (n * n) / 2,
      after: (n) => n * Math.ceil(Math.log2(Math.max(n, 2))),
      millisecondsPerUnit: 0.00002,
    },
    effortMinutes: 20,
    validation: 'benchmark',
  },

  say(facts, cost) {
    const size = `about ${formatCount(cost.now)} comparisons at ${formatSize(cost)}`;
    return {
      message:
        facts.form === 'grows'
          ? `${facts.call} puts all of ${facts.list} in order again in each round of ${facts.loop}, which adds to it: ${size}. Sort once behind the loop, or keep what is read in between in ${facts.structure}.`
          : `${facts.call} sorts ${facts.list} in each round of ${facts.loop}, which does not change it: ${size}. Sort it once before the loop.`,
      hint: `sorted in every round: ${formatCount(cost.now)} comparisons`,
    };
  },
};
