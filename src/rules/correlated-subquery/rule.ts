import type { QueryFact } from '../../core/facts';
import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { linkSubquery } from './link';

export interface Facts {
  /** The tables of the query around it, one of which drives the executions. */
  readonly outer: readonly string[];
  readonly inner: QueryFact;
  /** How many subqueries of the same select list read the same table for each row. */
  readonly siblings: number;
  /** Set by the linker: an index leads to the subquery's rows; undefined where the schema is not known. */
  readonly isIndexed?: boolean;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'correlated-subquery',
    title: 'Subquery for each row of the result',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['sql'],
    fix: 'none',
    complexity: { now: 'O(n) subqueries', after: 'O(1) subqueries' },
    cost: {
      unit: 'queries',
      variable: 'rows of the result',
      assumedSize: 10_000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.01,
    },
    why:
      'A subquery in the select list that names a column of the query around it is executed once for each row of the ' +
      'result; the planner does not turn it into a join. Without an index it reads its whole table each time.',
    technique: 'Group the inner table once and join it (LEFT JOIN (SELECT key, max(...) ... GROUP BY key)), or read several values with one LEFT JOIN LATERAL.',
    tradeoffs: 'A grouped join computes every group, also those the result does not show: for a few rows the subquery with an index is cheaper.',
    effortMinutes: 20,
    validation: 'explain',
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
  },

  say({ outer, inner, siblings, isIndexed }, cost) {
    const table = inner.tables[0] ?? 'its table';
    const each = isIndexed === false ? `reads all of ${table}, which has no index for it,` : `looks into ${table}`;
    const several = siblings > 1 ? ` ${siblings} subqueries here do so; one LEFT JOIN LATERAL can return all their values.` : ' Group it once and join it.';
    return {
      message: `This subquery ${each} once for each row of ${outer[0] ?? 'the result'}: ${formatCount(cost.now)} times (${cost.basis}).${several}`,
      hint: `${formatCount(cost.now)} subqueries`,
    };
  },

  link: linkSubquery,
};
