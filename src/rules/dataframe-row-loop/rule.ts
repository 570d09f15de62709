import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The method that goes row by row: "iterrows", "apply", "itertuples". */
  readonly method: string;
  /** The frame as the code names it: "orders". */
  readonly frame: string;
}

const WAYS: Readonly<Record<string, string>> = {
  iterrows: 'builds a Series for each row',
  apply: 'calls Python for each row',
  itertuples: 'computes in Python for each row',
};

export const rule: Rule<Facts> = {
  meta: {
    id: 'dataframe-row-loop',
    title: 'Data frame computed row by row',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['python'],
    fix: 'none',
    complexity: { now: 'O(n) calls of Python', after: 'O(1) calls over whole columns' },
    cost: {
      unit: 'calls',
      variable: 'rows of the frame',
      assumedSize: 10_000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.01,
    },
    why:
      'A data frame keeps its columns as arrays, over which it computes in compiled code. Row by row, each value becomes a Python ' +
      'object and each operation a call of the interpreter; iterrows also makes a Series of every row, which may change the types.',
    technique:
      'Compute with whole columns (frame["a"] * frame["b"], where, cut, map, merge, groupby); where only records are needed, take itertuples() or to_dict("records").',
    tradeoffs: 'Whole columns need memory for their intermediate results, and a branch per row becomes a mask that reads less directly.',
    effortMinutes: 30,
    validation: 'benchmark',
    conflicts: [{ view: 'clarity', text: 'A loop over rows says step by step what happens to one of them.' }],
    whenNot: 'The frame has a few dozen rows, or each row waits for something outside (a request, a query, a file).',
    examples: {
      python: {
        bad: `import pandas as pd


def revenue(lines: pd.DataFrame) -> float:
    total = 0.0
    for _, line in lines.iterrows():
        total += line["price"] * line["quantity"]
    return total
`,
        better: `import pandas as pd


def revenue(lines: pd.DataFrame) -> float:
    return float((lines["price"] * lines["quantity"]).sum())
`,
      },
    },
    links: [
      { title: 'pandas: iterrows, and when not to use it', url: 'https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.iterrows.html' },
      { title: 'pandas: enhancing performance', url: 'https://pandas.pydata.org/docs/user_guide/enhancingperf.html' },
    ],
  },

  say: ({ method, frame }, cost) => ({
    message: `${method} ${WAYS[method] ?? 'goes row by row'} of ${frame}: about ${formatCount(cost.now)} calls at ${formatSize(cost)}. Compute with whole columns.`,
    hint: `${formatCount(cost.n)} rows in Python`,
  }),
};
