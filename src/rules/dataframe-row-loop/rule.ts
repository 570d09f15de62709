import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** How the rows are visited: "iterrows()", "apply(axis=1)", "itertuples()", "range(len())". */
  readonly way: string;
  /** The data frame as the code names it. */
  readonly frame: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'dataframe-row-loop',
    title: 'Data frame computed row by row',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['python'],
    fix: 'none',
    complexity: { now: 'O(n) in Python', after: 'O(n) in native code' },
    cost: {
      unit: 'calls',
      variable: 'rows',
      assumedSize: 10_000,
      now: (n) => n,
      // One operation on two columns of 100,000 rows took a thousandth of the loop's time and less.
      after: (n) => n / 1000,
      // apply(axis=1) on two columns; iterrows() takes four times as long, itertuples() a tenth.
      millisecondsPerUnit: 0.008,
    },
    effortMinutes: 15,
    validation: 'benchmark',
  },

  say({ way, frame }, cost) {
    return {
      message: `${way} computes ${frame} one row at a time in Python: ${formatCount(cost.now)} rounds at ${formatSize(cost)}. Only columns are read and combined, so the same expression on whole columns does it in compiled code.`,
      hint: `${formatCount(cost.now)} rows in Python`,
    };
  },
};
