import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'A subquery in the select list that names a column of the query around it is executed once for each row of the ' +
    'result; the planner does not turn it into a join. Without an index it reads its whole table each time.',
  technique: 'Group the inner table once and join it (LEFT JOIN (SELECT key, max(...) ... GROUP BY key)), or read several values with one LEFT JOIN LATERAL.',
  tradeoffs: 'A grouped join computes every group, also those the result does not show: for a few rows the subquery with an index is cheaper.',
  conflicts: [{ view: 'clarity', text: 'A subquery in the select list says where a value comes from, beside its name.' }],
  whenNot: 'The result is a page or one row, and an index leads to the rows of the subquery.',
  examples: {
    sql: {
      bad: `SELECT c.email, (SELECT max(o.created_at) FROM orders o WHERE o.customer_id = c.id) AS last_order FROM customers c WHERE c.region = $1;
`,
      better: `SELECT c.email, o.last_order
FROM customers c
LEFT JOIN (SELECT customer_id, max(created_at) AS last_order FROM orders GROUP BY customer_id) o ON o.customer_id = c.id
WHERE c.region = $1;
`,
    },
  },
  links: [{ title: 'PostgreSQL: LATERAL subqueries', url: 'https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-LATERAL' }],
};
