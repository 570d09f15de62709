import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { isKnownToGrow, isSmallTable } from '../../workspace/schema/smallTables';

export interface Facts {
  /** How the code skips: an OFFSET clause, an ORM's skip/offset call, or a page-number paginator. */
  readonly form: 'OFFSET' | 'skip' | 'paginator';
  readonly table?: string;
  /** An ORM's call: lists of whatever a program administers are paged this way, most of them short. */
  readonly isOfOrm?: true;
  /** The rows skipped where the code says a number; absent where the depth comes from a parameter. */
  readonly depth?: number;
}

const PAGE_SIZE = 50;

export const rule: Rule<Facts> = {
  meta: {
    id: 'offset-pagination',
    title: 'Offset pagination',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'suggestion',
    complexity: { now: 'O(offset + page)', after: 'O(log n + page)' },
    cost: {
      unit: 'rows read',
      variable: 'rows to page through',
      assumedSize: 100_000,
      now: (n) => n,
      after: (n) => Math.min(n, PAGE_SIZE),
      millisecondsPerUnit: 0.0005,
    },
    why:
      'The database reads and throws away every row before the offset, so each page is slower than the one before it. ' +
      'Rows that are inserted or deleted between two requests also make pages repeat or miss entries.',
    technique: 'Continue after the last row seen (keyset pagination): WHERE (sort key, id) > (last values) ORDER BY sort key, id LIMIT page.',
    tradeoffs:
      'No jump to page 500 and no page numbers; the client passes on a cursor. It needs an index on the sort key that ends in a unique column.',
    effortMinutes: 60,
    validation: 'explain',
    conflicts: [
      { view: 'simplicity', text: 'LIMIT/OFFSET is the shortest thing that works while nobody pages deep.' },
      { view: 'clarity', text: 'A row comparison or cursor is harder to read than a page number.' },
    ],
    whenNot: 'The table stays small, the depth is capped (the first ten pages), or users must jump to any page number.',
    examples: {
      typescript: {
        bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(page: number) {
  return pool.query('SELECT id, total FROM orders ORDER BY created_at, id LIMIT 50 OFFSET $1', [page * 50]);
}
`,
        better: `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(after: { createdAt: string; id: number }) {
  return pool.query(
    'SELECT id, total, created_at FROM orders WHERE (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT 50',
    [after.createdAt, after.id],
  );
}
`,
      },
      python: {
        bad: `import psycopg

def list_orders(connection: psycopg.Connection, page: int):
    return connection.execute(
        "SELECT id, total FROM orders ORDER BY created_at, id LIMIT 50 OFFSET %s", [page * 50]
    ).fetchall()
`,
        better: `import psycopg

def list_orders(connection: psycopg.Connection, created_at: str, last_id: int):
    return connection.execute(
        "SELECT id, total, created_at FROM orders WHERE (created_at, id) > (%s, %s) ORDER BY created_at, id LIMIT 50",
        [created_at, last_id],
    ).fetchall()
`,
      },
      sql: {
        bad: `SELECT id, total FROM orders ORDER BY created_at, id LIMIT 50 OFFSET $1;
`,
        better: `SELECT id, total, created_at FROM orders WHERE (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT 50;
`,
      },
    },
    links: [
      { title: 'PostgreSQL: LIMIT and OFFSET', url: 'https://www.postgresql.org/docs/current/queries-limit.html' },
      { title: 'Use The Index, Luke: paging through results', url: 'https://use-the-index-luke.com/sql/partial-results/fetch-next-page' },
    ],
  },

  say(facts, cost) {
    const rows = facts.table ? `rows of ${facts.table}` : 'rows';
    const depth =
      facts.depth === undefined
        ? `The last page of ${formatCount(cost.n)} ${rows} (${cost.basis}) reads them all`
        : `${formatCount(facts.depth)} ${rows} are read and thrown away`;
    return {
      message: `${facts.form === 'paginator' ? 'A page-number paginator' : facts.form} skips rows by reading them. ${depth}; continue after the last row seen instead (keyset pagination).`,
      hint: facts.depth === undefined ? `up to ${formatCount(cost.now)} rows read` : `${formatCount(facts.depth)} rows skipped`,
    };
  },

  link(candidate, workspace) {
    const { table, isOfOrm } = candidate.facts;
    if (table !== undefined && isSmallTable(table, workspace)) return undefined;
    const mayStaySmall = isOfOrm === true && (table === undefined || !isKnownToGrow(table, workspace));
    return {
      facts: candidate.facts,
      size: table === undefined ? candidate.size : { kind: 'table', name: table },
      confidence: mayStaySmall ? 'possible' : candidate.confidence,
    };
  },
};
