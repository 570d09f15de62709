import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call as it is written, shortened: "JSON.stringify(target)", "copy.deepcopy(defaults)". */
  readonly call: string;
  readonly loop: string;
  /** What each round does with the same value. */
  readonly does: 'serialises' | 'parses' | 'copies';
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'serialise-in-loop',
    title: 'Same value serialised, parsed or cloned in every iteration',
    family: 'caching',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n · size)', after: 'O(n + size)' },
    cost: {
      unit: 'calls',
      variable: 'iterations of the loop',
      assumedSize: 1000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.01,
    },
    effortMinutes: 5,
    validation: 'benchmark',
  },

  say: ({ call, loop, does }, cost) => ({
    message: `${call} ${does} the same value in each round of ${loop}: about ${formatCount(cost.now)} times at ${formatSize(cost)}. Do it once before the loop.`,
    hint: `${does} ${formatCount(cost.now)} times`,
  }),
};
