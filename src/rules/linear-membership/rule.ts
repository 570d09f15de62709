import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The list that is searched: "seen", "order.tags". */
  readonly collection: string;
  /** How it is searched: "includes", "indexOf", "in", "count". */
  readonly method: string;
  readonly loop: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'linear-membership',
    title: 'List searched for membership inside a loop',
    family: 'data structure',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'comparisons',
      variable: 'items in the list and in the loop',
      assumedSize: 1000,
      now: (n) => (n * n) / 2,
      after: (n) => n,
      millisecondsPerUnit: 0.00001,
    },
    effortMinutes: 5,
    validation: 'benchmark',
  },

  say(facts, cost) {
    return {
      message: `${facts.method} searches the list ${facts.collection} from its start for each item of ${facts.loop}: O(n²), about ${formatCount(cost.now)} comparisons at ${formatSize(cost)}. Build a set once before the loop.`,
      hint: `O(n²): ${formatCount(cost.now)} comparisons`,
    };
  },
};
