import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'A B-tree index is ordered by the beginning of the text. A pattern that begins with % has no beginning, ' +
    'so the database compares every row of the table with it.',
  technique: 'Search through a full-text or trigram index (PostgreSQL pg_trgm or tsvector, SQLite FTS5, MySQL FULLTEXT), or anchor the pattern at its start.',
  tradeoffs:
    'A trigram index takes about the space of the column or more and slows writes to it; full text finds words, not any substring.',
  conflicts: [{ view: 'simplicity', text: 'LIKE needs no extension, no extra index and no query language of its own.' }],
  whenNot: 'The table stays small, other conditions of the query leave few rows to compare, or it runs rarely (an admin search).',
  examples: {
    typescript: {
      bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function searchProducts(term: string) {
  return pool.query("SELECT id, name FROM products WHERE name ILIKE '%' || $1 || '%' LIMIT 20", [term]);
}
`,
      better: `import { Pool } from 'pg';
const pool = new Pool();

export async function searchProducts(term: string) {
  return pool.query('SELECT id, name FROM products WHERE search @@ websearch_to_tsquery($1) LIMIT 20', [term]);
}
`,
    },
    python: {
      bad: `import psycopg

def search_products(connection: psycopg.Connection, term: str):
    return connection.execute(
        "SELECT id, name FROM products WHERE name ILIKE '%%' || %s || '%%' LIMIT 20", [term]
    ).fetchall()
`,
      better: `import psycopg

def search_products(connection: psycopg.Connection, term: str):
    return connection.execute(
        "SELECT id, name FROM products WHERE search @@ websearch_to_tsquery(%s) LIMIT 20", [term]
    ).fetchall()
`,
    },
    sql: {
      bad: `SELECT id, name FROM products WHERE name ILIKE '%' || $1 || '%' LIMIT 20;
`,
      better: `CREATE TABLE products (id bigint PRIMARY KEY, name text NOT NULL);
CREATE INDEX products_name_trgm ON products USING gin (name gin_trgm_ops);

SELECT id, name FROM products WHERE name ILIKE '%' || $1 || '%' LIMIT 20;
`,
    },
  },
  links: [
    { title: 'PostgreSQL: pg_trgm index support', url: 'https://www.postgresql.org/docs/current/pgtrgm.html' },
    { title: 'SQLite: FTS5', url: 'https://www.sqlite.org/fts5.html' },
    { title: 'MySQL: full-text search', url: 'https://dev.mysql.com/doc/refman/8.4/en/fulltext-search.html' },
  ],
};
