import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Nothing connects the two tables, so each row of one is combined with each row of the other: the result is as ' +
    'large as their product, and a DISTINCT or GROUP BY behind it only hides that.',
  technique: 'Add the condition that connects them (JOIN ... ON), or write CROSS JOIN where every combination is meant.',
  tradeoffs: 'None.',
  conflicts: [],
  whenNot: 'Every combination is wanted (a calendar, a grid of options). Say so with CROSS JOIN.',
  examples: {
    sql: {
      bad: `SELECT o.id, c.email FROM orders o, customers c WHERE o.status = 'open' AND c.country = 'CH';
`,
      better: `SELECT o.id, c.email FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open' AND c.country = 'CH';
`,
    },
  },
  links: [{ title: 'PostgreSQL: joined tables', url: 'https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-JOIN' }],
};
