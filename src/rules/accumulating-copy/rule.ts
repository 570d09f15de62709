import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The variable that grows. */
  readonly accumulator: string;
  /** How it is copied, as written: "[...acc, x]", "acc.concat(x)", "sum(lists, [])", "pd.concat". */
  readonly form: string;
  readonly loop: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'accumulating-copy',
    title: 'Growing collection copied in every iteration',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'copied elements',
      variable: 'items accumulated',
      assumedSize: 1000,
      now: (n) => (n * n) / 2,
      after: (n) => n,
      millisecondsPerUnit: 0.000005,
    },
    effortMinutes: 5,
    validation: 'benchmark',
  },

  say(facts, cost) {
    return {
      message: `${facts.form} copies all of ${facts.accumulator} for each item of ${facts.loop}: O(n²), about ${formatCount(cost.now)} copied elements at ${formatSize(cost)}. Add to it in place.`,
      hint: `O(n²): ${formatCount(cost.now)} copies`,
    };
  },
};
