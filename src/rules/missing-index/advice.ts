import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'No index of the schema begins with the column the query asks for, so the database reads the whole table ' +
    'for each execution; the time grows with the table, not with the answer.',
  technique: 'Create an index: the columns compared for equality first, then one range or the sort order.',
  tradeoffs: 'Each index takes disk and memory and makes every insert, and every update of its columns, a little slower.',
  conflicts: [
    { view: 'simplicity', text: 'An index nobody needs is maintained for ever; confirm with EXPLAIN on real data.' },
    { view: 'quick hack', agrees: true, text: 'An index changes no line of code and can be dropped again: it buys time for a larger change of the queries.' },
  ],
  whenNot: 'The table stays small, is written far more than read, or the column has so few distinct values that most rows match.',
  examples: {
    typescript: {
      bad: `import Database from 'better-sqlite3';
const db = new Database('orders.db');
db.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total REAL)');

export function ordersOf(customerId: number) {
  return db.prepare('SELECT id, total FROM orders WHERE customer_id = ?').all(customerId);
}
`,
      better: `import Database from 'better-sqlite3';
const db = new Database('orders.db');
db.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total REAL)');
db.exec('CREATE INDEX orders_customer_id ON orders (customer_id)');

export function ordersOf(customerId: number) {
  return db.prepare('SELECT id, total FROM orders WHERE customer_id = ?').all(customerId);
}
`,
    },
    python: {
      bad: `import sqlite3

db = sqlite3.connect("orders.db")
db.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total REAL)")

def orders_of(customer_id: int):
    return db.execute("SELECT id, total FROM orders WHERE customer_id = ?", (customer_id,)).fetchall()
`,
      better: `import sqlite3

db = sqlite3.connect("orders.db")
db.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total REAL)")
db.execute("CREATE INDEX orders_customer_id ON orders (customer_id)")

def orders_of(customer_id: int):
    return db.execute("SELECT id, total FROM orders WHERE customer_id = ?", (customer_id,)).fetchall()
`,
    },
    sql: {
      bad: `CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL, total numeric);

SELECT id, total FROM orders WHERE customer_id = $1;
`,
      better: `CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL, total numeric);
CREATE INDEX orders_customer_id ON orders (customer_id);

SELECT id, total FROM orders WHERE customer_id = $1;
`,
    },
  },
  links: [
    { title: 'PostgreSQL: multicolumn indexes', url: 'https://www.postgresql.org/docs/current/indexes-multicolumn.html' },
    { title: 'SQLite: query planning', url: 'https://www.sqlite.org/queryplanner.html' },
    { title: 'Use The Index, Luke', url: 'https://use-the-index-luke.com/sql/where-clause' },
  ],
};
