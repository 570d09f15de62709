import type { Db } from './db.ts';

export interface OrderItem {
  productId: number;
  name: string;
  quantity: number;
  unitPriceCents: number;
}

export interface Order {
  id: number;
  customer: string;
  status: string;
  placedAt: string;
  items: OrderItem[];
  totalCents: number;
}

export interface NewOrder {
  customerId: number;
  items: { productId: number; quantity: number }[];
}

export class UnknownProduct extends Error {}

type OrderRow = Omit<Order, 'items' | 'totalCents'>;

/** One page of orders with their items, newest first. Pages count from 1. */
export function listOrders(db: Db, page: number, pageSize: number): Order[] {
  const orders = db
    .prepare(
      `SELECT o.id, c.name AS customer, o.status, o.placed_at AS placedAt
       FROM orders o JOIN customers c ON c.id = o.customer_id
       ORDER BY o.placed_at DESC, o.id DESC
       LIMIT ? OFFSET ?`,
    )
    .all(pageSize, (page - 1) * pageSize) as OrderRow[];

  const listed: Order[] = [];
  for (const order of orders) {
    const items = db
      .prepare(
        `SELECT i.product_id AS productId, p.name, i.quantity, i.unit_price_cents AS unitPriceCents
         FROM order_items i JOIN products p ON p.id = i.product_id
         WHERE i.order_id = ?`,
      )
      .all(order.id) as OrderItem[];
    listed.push({ ...order, items, totalCents: totalOf(items) });
  }
  return listed;
}

export function findOrder(db: Db, id: number): Order | undefined {
  const rows = db
    .prepare(
      `SELECT o.id, c.name AS customer, o.status, o.placed_at AS placedAt,
              i.product_id AS productId, p.name, i.quantity, i.unit_price_cents AS unitPriceCents
       FROM orders o
       JOIN customers c ON c.id = o.customer_id
       JOIN order_items i ON i.order_id = o.id
       JOIN products p ON p.id = i.product_id
       WHERE o.id = ?`,
    )
    .all(id) as (OrderRow & OrderItem)[];
  const [first] = rows;
  if (!first) return undefined;

  const items = rows.map(({ productId, name, quantity, unitPriceCents }) => ({ productId, name, quantity, unitPriceCents }));
  const { customer, status, placedAt } = first;
  return { id, customer, status, placedAt, items, totalCents: totalOf(items) };
}

/** A customer's orders before `beforeId`, newest first, without their items. */
export function listCustomerOrders(db: Db, customerId: number, beforeId: number, limit: number): unknown[] {
  return db
    .prepare(
      `SELECT id, status, placed_at AS placedAt
       FROM orders
       WHERE customer_id = ? AND id < ?
       ORDER BY id DESC
       LIMIT ?`,
    )
    .all(customerId, beforeId, limit);
}

/** Stores an order at today's prices and returns its id. */
export function createOrder(db: Db, order: NewOrder, placedAt: string): number {
  const prices = pricesOf(db, order.items.map((item) => item.productId));
  const store = db.transaction(() => {
    const { lastInsertRowid } = db
      .prepare(`INSERT INTO orders (customer_id, status, placed_at) VALUES (?, 'open', ?)`)
      .run(order.customerId, placedAt);
    const orderId = Number(lastInsertRowid);
    const values = order.items.flatMap(({ productId, quantity }) => [orderId, productId, quantity, prices.get(productId)]);
    db.prepare(
      `INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents)
       VALUES ${order.items.map(() => '(?, ?, ?, ?)').join(', ')}`,
    ).run(...values);
    return orderId;
  });
  return store();
}

function pricesOf(db: Db, productIds: number[]): Map<number, number> {
  const rows = db
    .prepare(`SELECT id, price_cents AS price FROM products WHERE id IN (${productIds.map(() => '?').join(', ')})`)
    .all(...productIds) as { id: number; price: number }[];
  const prices = new Map(rows.map((row) => [row.id, row.price]));
  const missing = productIds.find((id) => !prices.has(id));
  if (missing !== undefined) throw new UnknownProduct(`There is no product ${missing}.`);
  return prices;
}

function totalOf(items: OrderItem[]): number {
  return items.reduce((total, item) => total + item.quantity * item.unitPriceCents, 0);
}
