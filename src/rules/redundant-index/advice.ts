import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'An index on (a) serves nothing that an index on (a, b) does not. Each insert, and each update of its columns, ' +
    'still writes to both, and both take disk and memory.',
  technique: 'Drop the shorter index, after a look at the statistics of the live database.',
  tradeoffs: 'The longer index has fewer entries a page, so that a scan of it reads a little more.',
  conflicts: [],
  whenNot: 'The longer index is much wider (a long text behind the key) and the shorter one is read constantly.',
  examples: {
    sql: {
      bad: `CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint, created_at timestamptz);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_customer_created ON orders (customer_id, created_at);
`,
      better: `CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint, created_at timestamptz);
CREATE INDEX orders_customer_created ON orders (customer_id, created_at);
`,
    },
  },
  links: [
    { title: 'PostgreSQL: combining multiple indexes', url: 'https://www.postgresql.org/docs/current/indexes-bitmap-scans.html' },
    { title: 'PostgreSQL wiki: index maintenance', url: 'https://wiki.postgresql.org/wiki/Index_Maintenance' },
  ],
};
