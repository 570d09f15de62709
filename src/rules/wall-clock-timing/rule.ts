import type { Rule } from '../../core/rule';

export interface Facts {
  /** The clock that is read, as the code has it: "Date.now()", "time.time()". */
  readonly clock: string;
  /** The variable that holds the beginning. */
  readonly variable: string;
  /** The clock to read instead. */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'wall-clock-timing',
    title: 'Code timed with the wall clock',
    family: 'observability',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(1), steps with the clock', after: 'O(1), monotonic' },
    cost: {
      unit: 'calls',
      variable: 'durations taken',
      assumedSize: 1,
      now: (n) => 2 * n,
      after: (n) => 2 * n,
      millisecondsPerUnit: 0,
    },
    effortMinutes: 5,
    validation: 'benchmark',
  },

  say: ({ clock, variable, instead }) => ({
    message: `${clock} since ${variable} takes a duration with the wall clock, which is corrected while code runs and counts coarsely. Read ${instead} at both ends.`,
    hint: 'wall clock',
  }),
};
