import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Each round makes Python objects of one row (iterrows and apply a whole Series) and computes with them in the interpreter. ' +
    'An expression on columns runs over their arrays in compiled code.',
  technique: 'Write the computation as an expression on whole columns; conditions become numpy.where, numpy.select or a boolean mask.',
  tradeoffs: 'Intermediate columns take memory for all rows at once, and nested conditions read worse as masks.',
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
};
