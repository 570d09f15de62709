import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { isSmallTable } from '../../workspace/schema/smallTables';

export interface Facts {
  /** As the code writes it: "ORDER BY random()", "order_by('?')". */
  readonly form: string;
  readonly table?: string;
  /** Columns of the table that are compared for equality; a whole key leaves one row. */
  readonly equal?: readonly string[];
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'order-by-random',
    title: 'Rows in random order',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'none',
    complexity: { now: 'O(n log n)', after: 'O(k log n)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n,
      after: (n) => Math.min(n, 20),
      millisecondsPerUnit: 0.001,
    },
    why:
      'Every row gets a random number and all of them are sorted by it, for a few rows in the end. ' +
      'No index can help, because the order is new each time.',
    technique:
      'Pick random keys and read those rows (WHERE id >= a random key ORDER BY id LIMIT k), sample with TABLESAMPLE, or keep an indexed column of random numbers.',
    tradeoffs: 'Random keys favour the rows behind gaps; TABLESAMPLE returns rows by page, and never an exact number.',
    effortMinutes: 45,
    validation: 'explain',
    conflicts: [{ view: 'simplicity', text: 'ORDER BY random() is one line and perfectly fair.' }],
    whenNot: 'The table, or what the other conditions leave of it, stays under a few thousand rows.',
    examples: {
      typescript: {
        bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function someProducts() {
  return pool.query('SELECT id, name FROM products ORDER BY random() LIMIT 3');
}
`,
        better: `import { Pool } from 'pg';
const pool = new Pool();

export async function someProducts(highestId: number) {
  const from = Math.floor(Math.random() * highestId);
  return pool.query('SELECT id, name FROM products WHERE id >= $1 ORDER BY id LIMIT 3', [from]);
}
`,
      },
      python: {
        bad: `from shop.models import Product

def some_products():
    return Product.objects.order_by("?").only("name")[:3]
`,
        better: `import random

from shop.models import Product

def some_products(highest_id: int):
    start = random.randint(1, highest_id)
    return Product.objects.filter(id__gte=start).order_by("id").only("name")[:3]
`,
      },
      sql: {
        bad: `SELECT id, name FROM products ORDER BY random() LIMIT 3;
`,
        better: `SELECT id, name FROM products TABLESAMPLE SYSTEM_ROWS (3);
`,
      },
    },
    links: [
      { title: 'PostgreSQL: TABLESAMPLE', url: 'https://www.postgresql.org/docs/current/sql-select.html#SQL-FROM' },
      { title: 'Django: order_by("?")', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#order-by' },
    ],
  },

  say({ form, table }, cost) {
    return {
      message: `${form} gives each of the ${formatCount(cost.n)} rows (${cost.basis})${table === undefined ? '' : ` of ${table}`} a random number and sorts them all. Pick random keys, or sample the table.`,
      hint: `${formatCount(cost.now)} rows sorted`,
    };
  },

  link({ facts, confidence }, workspace) {
    const { table, equal = [] } = facts;
    if (table === undefined) return { facts };
    if (isSmallTable(table, workspace)) return undefined;
    const keys = workspace.schema.table(table)?.indexes.filter(({ unique }) => unique) ?? [];
    const isOneRow = keys.some(({ columns }) => columns.every((column) => equal.includes(column)));
    if (isOneRow) return undefined;
    // What is left to be sorted may be the rows of one parent.
    return { facts, size: { kind: 'table', name: table }, confidence: equal.length > 0 ? 'possible' : confidence };
  },
};
