import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'At this size indexes no longer fit into memory, VACUUM takes hours, and deleting old rows leaves the space ' +
    'behind. Partitions keep what is read together small, and an old one is dropped in a moment.',
  technique: 'Partition the table by the column that nearly every query compares: by RANGE of a time, or by HASH of a tenant.',
  tradeoffs:
    'Every unique key must hold the partition key, queries without it read every partition, and moving the live table takes a planned migration.',
  conflicts: [{ view: 'simplicity', text: 'One table with the right indexes serves hundreds of millions of rows; partition when maintenance hurts, not before.' }],
  whenNot: 'Most queries reach single rows by a key, old rows are never removed, and maintenance windows are long enough.',
  examples: {
    sql: {
      configuration: '{ "scale": { "tables": { "events": { "rows": 400000000, "growthPerDay": 2000000 } } } }',
      bad: `CREATE TABLE events (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL, kind text, amount numeric);
CREATE INDEX events_created_at ON events (created_at);

SELECT kind, sum(amount) FROM events WHERE created_at >= $1 AND created_at < $2 GROUP BY kind;
`,
      better: `CREATE TABLE events (id bigserial, created_at timestamptz NOT NULL, kind text, amount numeric, PRIMARY KEY (id, created_at))
PARTITION BY RANGE (created_at);
CREATE INDEX events_created_at ON events (created_at);

SELECT kind, sum(amount) FROM events WHERE created_at >= $1 AND created_at < $2 GROUP BY kind;
`,
    },
  },
  links: [{ title: 'PostgreSQL: table partitioning', url: 'https://www.postgresql.org/docs/current/ddl-partitioning.html' }],
};
