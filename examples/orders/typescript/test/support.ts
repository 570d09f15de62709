import { openEmptyDatabase, type Db } from '../src/db.ts';

/** A database in memory: ten products, two customers, and `orders` orders of `linesPerOrder` lines each. */
export function databaseWith(orders: number, linesPerOrder: number): Db {
  const db = openEmptyDatabase();
  db.exec(`INSERT INTO customers VALUES (1, 'Ada Abel', 'ada@example.com', 'Ghent'), (2, 'Chen Costa', 'chen@example.com', 'Lyon')`);
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
     INSERT INTO products SELECT i, 'SKU-' || i, 'Steel Kettle ' || i, 'kitchen', 1000 + i, 5 FROM n`,
  ).run();
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO orders SELECT i, 1 + i % 2, 'shipped', strftime('%Y-%m-%dT%H:%M:%SZ', i * 3600, 'unixepoch'), 'TRK' || i FROM n`,
  ).run(orders);
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
     INSERT INTO order_items SELECT i + 1, 1 + i / CAST(? AS INTEGER), 1 + i % 10, 2, 1000 FROM n`,
  ).run(orders * linesPerOrder, linesPerOrder);
  return db;
}
