import type { Db } from './db.ts';

export interface Product {
  id: number;
  sku: string;
  name: string;
  category: string;
  priceCents: number;
  stock: number;
}

export function searchProducts(db: Db, query: string, limit = 20): Product[] {
  return db
    .prepare(
      `SELECT id, sku, name, category, price_cents AS priceCents, stock
       FROM products
       WHERE LOWER(name) LIKE ?
       ORDER BY id
       LIMIT ?`,
    )
    .all(`%${query.toLowerCase()}%`, limit) as Product[];
}

export function findProductBySku(db: Db, sku: string): Product | undefined {
  const rows = db
    .prepare(`SELECT id, sku, name, category, price_cents AS priceCents, stock FROM products WHERE sku = ?`)
    .all(sku) as Product[];
  return rows[0];
}
