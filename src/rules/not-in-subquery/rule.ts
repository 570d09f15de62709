import { formatCount } from '../../core/format';
import type { PlacedEdit, Rule } from '../../core/rule';
import { linkNotIn } from './link';

/** A column as far as its statement tells; without a table it may be any expression. */
export interface ComparedColumn {
  readonly table?: string;
  readonly column?: string;
}

export interface Facts {
  /** How the statement writes it: "NOT IN", "<> ALL". */
  readonly form: string;
  readonly outer: ComparedColumn;
  /** What the subquery returns. */
  readonly inner: ComparedColumn;
  /** The subquery names columns of the query around it, so that it runs once for each of its rows anyway. */
  readonly isCorrelated: boolean;
  /** The rewriting, where one can be written. */
  readonly edits?: readonly PlacedEdit[];
  /** Set by the linker: a NULL among the subquery's values makes the condition true for no row. */
  readonly mayBeNull?: 'inner' | 'outer' | 'unknown';
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'not-in-subquery',
    title: 'NOT IN with a subquery',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['sql'],
    fix: 'safe',
    complexity: { now: 'O(n × m)', after: 'O(n + m)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the subquery',
      assumedSize: 100_000,
      now: (n) => n * n,
      after: (n) => 2 * n,
      millisecondsPerUnit: 0.00001,
    },
    why:
      'PostgreSQL cannot plan NOT IN as an anti-join, because one NULL in the subquery would make it true for no row. ' +
      'While the result fits into memory it is hashed; beyond that it is read again for each row of the outer query.',
    technique: 'Write NOT EXISTS with the comparison inside the subquery, which is an anti-join at any size.',
    tradeoffs: 'None where neither column can be NULL; elsewhere the two differ, and NOT EXISTS is nearly always what was meant.',
    effortMinutes: 5,
    validation: 'explain',
    conflicts: [{ view: 'clarity', text: 'NOT IN reads like the sentence it answers; NOT EXISTS needs a second look.' }],
    whenNot: 'The subquery returns a few rows for certain, or the database is SQLite or a MySQL that plans it as an anti-join.',
    examples: {
      sql: {
        bad: `CREATE TABLE customers (id bigserial PRIMARY KEY, email text);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL);
CREATE INDEX orders_customer_id ON orders (customer_id);

SELECT c.email FROM customers c WHERE c.id NOT IN (SELECT o.customer_id FROM orders o);
`,
        better: `CREATE TABLE customers (id bigserial PRIMARY KEY, email text);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL);
CREATE INDEX orders_customer_id ON orders (customer_id);

SELECT c.email FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
`,
      },
    },
    links: [
      { title: 'PostgreSQL wiki: do not use NOT IN', url: 'https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_NOT_IN' },
      { title: 'MySQL: subqueries with anti-joins', url: 'https://dev.mysql.com/doc/refman/8.4/en/semijoins-antijoins.html' },
    ],
  },

  say({ form, inner, mayBeNull }, cost) {
    const rows = `${formatCount(cost.n)} rows (${cost.basis}) of ${inner.table ?? 'the subquery'}`;
    const trap = mayBeNull === 'inner' ? ` ${spelled(inner)} may be NULL, and a single NULL makes this condition true for no row at all.` : '';
    return {
      message: `${form} with a subquery is no anti-join: once its ${rows} no longer fit into memory, they are read again for each row of the outer query. Use NOT EXISTS.${trap}`,
      hint: `${formatCount(cost.n)} rows read for each row`,
    };
  },

  link: linkNotIn,
};

function spelled({ table, column }: ComparedColumn): string {
  return [table, column].filter(Boolean).join('.') || 'the compared value';
}
