import { formatBytes, formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { linkIndex } from './link';

export interface Facts {
  readonly table: string;
  /** Absent where the statement gives it no name. */
  readonly name?: string;
  readonly columns: readonly string[];
  /** Zero-based line of the statement, by which the schema knows the index again. */
  readonly line: number;
  /** Set by the linker: the index that serves the same. */
  readonly covering?: { readonly name: string; readonly columns: readonly string[]; readonly isSame: boolean };
}

/** A B-tree entry of one short key: its header, the key, its line pointer, and what a page leaves free. */
const ENTRY_BYTES = 24;

export const rule: Rule<Facts> = {
  meta: {
    id: 'redundant-index',
    title: 'Index that another one makes needless',
    family: 'database',
    resource: 'database',
    decision: 'deferrable',
    languages: ['sql'],
    fix: 'suggestion',
    complexity: { now: 'O(log n) for each write', after: 'nothing' },
    cost: {
      unit: 'bytes in memory',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n * ENTRY_BYTES,
      after: () => 0,
      millisecondsPerUnit: 0.000001,
    },
    why:
      'An index on (a) serves nothing that an index on (a, b) does not. Each insert, and each update of its columns, ' +
      'still writes to both, and both take disk and memory.',
    technique: 'Drop the shorter index, after a look at the statistics of the live database.',
    tradeoffs: 'The longer index has fewer entries a page, so that a scan of it reads a little more.',
    effortMinutes: 10,
    validation: 'explain',
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
  },

  say({ table, name, columns, covering }, cost) {
    const own = name ?? `the index on ${table} (${columns.join(', ')})`;
    const other = covering === undefined ? 'another index' : `${covering.name} (${covering.columns.join(', ')})`;
    const how = covering?.isSame ? 'has the same columns' : 'begins with the same columns';
    return {
      message: `${own} serves nothing that ${other} does not, which ${how}; each write maintains both, about ${formatBytes(cost.now)} at ${formatCount(cost.n)} rows (${cost.basis}). Drop it.`,
      hint: `${formatBytes(cost.now)} to maintain`,
    };
  },

  link: linkIndex,
};
