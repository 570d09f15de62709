import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Each iteration waits for its own round trip to the database. The time grows with the number of items, however fast one query is.',
  technique: 'Collect the keys first, read all rows with one query (IN, ANY, a join or eager loading), and group them in memory.',
  tradeoffs: 'One larger result is held in memory, and the grouping code is longer. Split very long key lists into chunks.',
  conflicts: [
    { view: 'simplicity', text: 'A query where it is needed reads more directly than a batch and a lookup.' },
  ],
  whenNot: 'The loop runs over a handful of fixed items, or each query depends on the answer of the one before.',
  examples: {
    typescript: {
      bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(orders: { id: number }[]) {
  const result = [];
  for (const order of orders) {
    const items = await pool.query('SELECT id, sku FROM items WHERE order_id = $1', [order.id]);
    result.push({ ...order, items: items.rows });
  }
  return result;
}
`,
      better: `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(orders: { id: number }[]) {
  const ids = orders.map((order) => order.id);
  const items = await pool.query('SELECT id, order_id, sku FROM items WHERE order_id = ANY($1)', [ids]);
  const byOrder = Map.groupBy(items.rows, (item) => item.order_id);
  return orders.map((order) => ({ ...order, items: byOrder.get(order.id) ?? [] }));
}
`,
    },
    python: {
      bad: `import sqlite3


def list_orders(connection: sqlite3.Connection, orders):
    result = []
    for order in orders:
        items = connection.execute("SELECT id, sku FROM items WHERE order_id = ?", (order["id"],))
        result.append({**order, "items": items.fetchall()})
    return result
`,
      better: `import sqlite3
from collections import defaultdict


def list_orders(connection: sqlite3.Connection, orders):
    ids = [order["id"] for order in orders]
    marks = ",".join("?" * len(ids))
    by_order = defaultdict(list)
    for item in connection.execute(f"SELECT id, order_id, sku FROM items WHERE order_id IN ({marks})", ids):
        by_order[item["order_id"]].append(item)
    return [{**order, "items": by_order[order["id"]]} for order in orders]
`,
    },
  },
  links: [
    { title: 'Use The Index, Luke: nested loops and N+1', url: 'https://use-the-index-luke.com/sql/join/nested-loops-join-n1-problem' },
  ],
};
