import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'PostgreSQL cannot plan NOT IN as an anti-join, because one NULL in the subquery would make it true for no row. ' +
    'While the result fits into memory it is hashed; beyond that it is read again for each row of the outer query.',
  technique: 'Write NOT EXISTS with the comparison inside the subquery, which is an anti-join at any size.',
  tradeoffs: 'None where neither column can be NULL; elsewhere the two differ, and NOT EXISTS is nearly always what was meant.',
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
};
