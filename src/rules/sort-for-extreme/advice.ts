import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Sorting puts all n items in order, with about n x log2(n) comparisons and often a copy, of which all but one or two are thrown away. One pass finds the smallest or largest with n comparisons and no copy.',
  technique: 'Take min or max; with a comparison of your own, one reduce that keeps the better item; in SQL min() and max(), which can also read an index.',
  tradeoffs: 'Among equal items min and max in Python give the first one, as sorted()[0] does and sorted()[-1] does not.',
  conflicts: [{ view: 'clarity', text: 'sort()[0] is short and known to everybody; for a handful of items nothing is gained.' }],
  whenNot: 'The list has a few dozen items, or the sorted list is used for more. ORDER BY x LIMIT 1 is not meant: a database reads it from an index or keeps the best row only.',
  examples: {
    typescript: {
      bad: `export function cheapest(offers: { price: number }[]) {
  return [...offers].sort((a, b) => a.price - b.price)[0];
}
`,
      better: `export function cheapest(offers: { price: number }[]) {
  return offers.reduce((b, a) => (a.price - b.price < 0 ? a : b), offers[0]!);
}
`,
    },
    python: {
      bad: `def cheapest(offers):
    return sorted(offers, key=lambda offer: offer.price)[0]
`,
      better: `def cheapest(offers):
    return min(offers, key=lambda offer: offer.price)
`,
    },
    sql: {
      bad: `SELECT customer_id, (array_agg(total ORDER BY total DESC))[1] AS largest
FROM orders GROUP BY customer_id;
`,
      better: `SELECT customer_id, max(total) AS largest
FROM orders GROUP BY customer_id;
`,
    },
  },
  links: [
    { title: 'Python: max', url: 'https://docs.python.org/3/library/functions.html#max' },
    { title: 'PostgreSQL: aggregate functions', url: 'https://www.postgresql.org/docs/current/functions-aggregate.html' },
  ],
};
