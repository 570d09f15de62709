import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The list that is searched: "users". */
  readonly collection: string;
  /** How it is searched: "users.find", "users.filter", "a nested loop over users", "next() over users". */
  readonly search: string;
  /** What both sides are compared by, as the code names it: "user.id". */
  readonly key: string;
  /** The collection of the loop around the search. */
  readonly loop: string;
  /** What answers in one step: "Map", "Map of lists", "Set"; "dict", "dict of lists", "set". */
  readonly index: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'linear-search-join',
    title: 'Two collections matched by searching one for each item of the other',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'comparisons',
      variable: 'items in each of the two collections',
      assumedSize: 1000,
      now: (n) => (n * n) / 2,
      after: (n) => 2 * n,
      millisecondsPerUnit: 0.00001,
    },
    effortMinutes: 10,
    validation: 'benchmark',
  },

  say(facts, cost) {
    return {
      message: `${facts.search} reads ${facts.collection} from its start for each item of ${facts.loop}: O(n²), about ${formatCount(cost.now)} comparisons at ${formatSize(cost)}. Build a ${facts.index} by ${facts.key} before the loop and look it up.`,
      hint: `O(n²): ${formatCount(cost.now)} comparisons`,
    };
  },
};
