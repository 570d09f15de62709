import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The sorted and read expression, shortened: "[...prices].sort(byAmount)[0]", "sorted(prices)[-1]". */
  readonly expression: string;
  /** What is sorted: "prices". */
  readonly collection: string;
  readonly takes: 'first' | 'last' | 'first and last';
  /** What to write instead: "min()", "one pass with reduce". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'sort-for-extreme',
    title: 'Everything sorted to take the smallest or largest',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'safe',
    complexity: { now: 'O(n log n)', after: 'O(n)' },
    cost: {
      unit: 'comparisons',
      variable: 'items that are sorted',
      assumedSize: 1000,
      now: (n) => n * Math.ceil(Math.log2(Math.max(n, 2))),
      after: (n) => n,
      millisecondsPerUnit: 0.00005,
    },
    effortMinutes: 3,
    validation: 'benchmark',
  },

  say(facts, cost) {
    return {
      message: `${facts.expression} sorts all of ${facts.collection} and takes the ${facts.takes}: about ${formatCount(cost.now)} comparisons at ${formatSize(cost)}, where ${formatCount(cost.after)} find it. Use ${facts.instead}.`,
      hint: `O(n log n) for one item`,
    };
  },
};
