import type { Db } from './db.ts';
import { createOrder, findOrder, listCustomerOrders, listOrders, UnknownProduct, type NewOrder } from './orders.ts';
import { findProductBySku, searchProducts } from './products.ts';

export interface Request {
  method: string;
  /** Path and query, such as "/api/orders?page=2". */
  url: string;
  body?: unknown;
}

export interface Reply {
  status: number;
  body: unknown;
}

export interface Call {
  db: Db;
  params: string[];
  query: URLSearchParams;
  body: unknown;
}

export interface Route {
  name: string;
  method: string;
  pattern: RegExp;
  handler: (call: Call) => Reply;
}

export const routes: Route[] = [
  { name: 'GET /api/orders', method: 'GET', pattern: /^\/api\/orders$/, handler: getOrders },
  { name: 'POST /api/orders', method: 'POST', pattern: /^\/api\/orders$/, handler: postOrder },
  { name: 'GET /api/orders/:id', method: 'GET', pattern: /^\/api\/orders\/(\d+)$/, handler: getOrder },
  { name: 'GET /api/customers/:id/orders', method: 'GET', pattern: /^\/api\/customers\/(\d+)\/orders$/, handler: getCustomerOrders },
  { name: 'GET /api/products/search', method: 'GET', pattern: /^\/api\/products\/search$/, handler: getProductSearch },
  { name: 'GET /api/products/:sku', method: 'GET', pattern: /^\/api\/products\/([\w-]+)$/, handler: getProduct },
];

const DEFAULT_PAGE_SIZE = 1_000;
const NEWEST = Number.MAX_SAFE_INTEGER;

export function getOrders({ db, query }: Call): Reply {
  const page = positive(query.get('page'), 1);
  const pageSize = positive(query.get('pageSize'), DEFAULT_PAGE_SIZE);
  return ok({ page, orders: listOrders(db, page, pageSize) });
}

export function getOrder({ db, params }: Call): Reply {
  const order = findOrder(db, Number(params[0]));
  return order ? ok(order) : notFound('order');
}

export function postOrder({ db, body }: Call): Reply {
  if (!isNewOrder(body)) return { status: 400, body: { error: 'An order needs a customerId and at least one item.' } };
  try {
    return { status: 201, body: { id: createOrder(db, body, new Date().toISOString()) } };
  } catch (error) {
    if (error instanceof UnknownProduct) return { status: 400, body: { error: error.message } };
    throw error;
  }
}

export function getCustomerOrders({ db, params, query }: Call): Reply {
  const before = positive(query.get('before'), NEWEST);
  return ok({ orders: listCustomerOrders(db, Number(params[0]), before, 50) });
}

export function getProductSearch({ db, query }: Call): Reply {
  const words = query.get('q')?.trim();
  if (!words) return { status: 400, body: { error: 'The search needs a q parameter.' } };
  return ok({ products: searchProducts(db, words) });
}

export function getProduct({ db, params }: Call): Reply {
  const product = findProductBySku(db, params[0] ?? '');
  return product ? ok(product) : notFound('product');
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function notFound(what: string): Reply {
  return { status: 404, body: { error: `There is no such ${what}.` } };
}

function positive(text: string | null, fallback: number): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : fallback;
}

function isNewOrder(body: unknown): body is NewOrder {
  if (typeof body !== 'object' || body === null) return false;
  const { customerId, items } = body as Partial<NewOrder>;
  return Number.isInteger(customerId) && Array.isArray(items) && items.length > 0 && items.every(isItem);
}

function isItem(item: unknown): boolean {
  const { productId, quantity } = (item ?? {}) as { productId?: unknown; quantity?: unknown };
  return Number.isInteger(productId) && Number.isInteger(quantity) && Number(quantity) > 0;
}
