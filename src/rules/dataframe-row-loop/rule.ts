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
    why:
      'Each round makes Python objects of one row (iterrows and apply a whole Series) and computes with them in the interpreter. ' +
      'An expression on columns runs over their arrays in compiled code.',
    technique: 'Write the computation as an expression on whole columns; conditions become numpy.where, numpy.select or a boolean mask.',
    tradeoffs: 'Intermediate columns take memory for all rows at once, and nested conditions read worse as masks.',
    effortMinutes: 15,
    validation: 'benchmark',
    conflicts: [{ view: 'clarity', text: 'A function of one row is easier to read and to test than masks over columns.' }],
    whenNot: 'The frame has a few hundred rows, each row depends on the result of the one before, or the row is handed to something else: a request, a database, a file.',
    examples: {
      python: {
        bad: `import pandas as pd

def totals(orders: pd.DataFrame) -> pd.Series:
    return orders.apply(lambda row: row["price"] * row["quantity"], axis=1)
`,
        better: `import pandas as pd

def totals(orders: pd.DataFrame) -> pd.Series:
    return orders["price"] * orders["quantity"]
`,
      },
    },
    links: [
      { title: 'pandas: enhancing performance', url: 'https://pandas.pydata.org/docs/user_guide/enhancingperf.html' },
      { title: 'pandas: DataFrame.iterrows', url: 'https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.iterrows.html' },
    ],
  },

  say({ way, frame }, cost) {
    return {
      message: `${way} computes ${frame} one row at a time in Python: ${formatCount(cost.now)} rounds at ${formatSize(cost)}. Only columns are read and combined, so the same expression on whole columns does it in compiled code.`,
      hint: `${formatCount(cost.now)} rows in Python`,
    };
  },
};
