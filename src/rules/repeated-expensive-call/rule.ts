import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call as it is written, shortened: "Object.keys(rates)", "max(values)". */
  readonly call: string;
  readonly loop: string;
  /** What one call reads through, where it is a collection: "rates"; absent for what costs the same each time. */
  readonly reads?: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'repeated-expensive-call',
    title: 'Same result computed again in every iteration',
    family: 'caching',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n · m)', after: 'O(n + m)' },
    cost: {
      unit: 'calls',
      variable: 'iterations of the loop, each of which reads as many items',
      assumedSize: 1000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.005,
    },
    effortMinutes: 3,
    validation: 'benchmark',
  },

  say(facts, cost) {
    const reads = facts.reads === undefined ? '' : ` and reads all of ${facts.reads}`;
    return {
      message: `${facts.call} gives the same in each round of ${facts.loop}${reads}: about ${formatCount(cost.now)} calls at ${formatSize(cost)} where one would do. Compute it once before the loop.`,
      hint: `${formatCount(cost.now)} calls, all with the same result`,
    };
  },
};
