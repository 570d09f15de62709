import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'The database reads and throws away every row before the offset, so each page is slower than the one before it. ' +
    'Rows that are inserted or deleted between two requests also make pages repeat or miss entries.',
  technique: 'Continue after the last row seen (keyset pagination): WHERE (sort key, id) > (last values) ORDER BY sort key, id LIMIT page.',
  tradeoffs:
    'No jump to page 500 and no page numbers; the client passes on a cursor. It needs an index on the sort key that ends in a unique column.',
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
};
