import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOrder, findOrder, listCustomerOrders, listOrders, UnknownProduct } from '../src/orders.ts';
import { databaseWith } from './support.ts';

describe('listOrders', () => {
  it('gives the newest orders first, with their items and totals', () => {
    const [newest, older] = listOrders(databaseWith(30, 3), 1, 10);
    assert.equal(newest?.id, 30);
    assert.equal(older?.id, 29);
    assert.equal(newest?.customer, 'Ada Abel');
    assert.equal(newest?.items.length, 3);
    assert.equal(newest?.totalCents, 3 * 2 * 1000);
  });

  it('pages without overlap or gap', () => {
    const db = databaseWith(25, 1);
    const ids = [1, 2, 3].flatMap((page) => listOrders(db, page, 10).map((order) => order.id));
    assert.deepEqual(ids, Array.from({ length: 25 }, (_, index) => 25 - index));
  });

  it('fills a page of a thousand orders', () => {
    const orders = listOrders(databaseWith(1_200, 8), 1, 1_000);
    assert.equal(orders.length, 1_000);
    assert.ok(orders.every((order) => order.items.length === 8));
  });
});

describe('findOrder', () => {
  it('agrees with the listing', () => {
    const db = databaseWith(5, 4);
    assert.deepEqual(findOrder(db, 5), listOrders(db, 1, 1)[0]);
  });

  it('gives nothing for an unknown order', () => {
    assert.equal(findOrder(databaseWith(5, 4), 99), undefined);
  });
});

describe('listCustomerOrders', () => {
  it('continues before the last order that was seen', () => {
    const db = databaseWith(10, 1);
    assert.deepEqual(
      listCustomerOrders(db, 1, 8, 2).map((order) => (order as { id: number }).id),
      [6, 4],
    );
  });
});

describe('createOrder', () => {
  it("stores the order at today's prices", () => {
    const db = databaseWith(1, 1);
    const id = createOrder(db, { customerId: 2, items: [{ productId: 3, quantity: 2 }, { productId: 4, quantity: 1 }] }, '2026-11-01T09:00:00Z');
    const order = findOrder(db, id);
    assert.equal(order?.status, 'open');
    assert.equal(order?.totalCents, 2 * 1003 + 1004);
  });

  it('stores nothing when a product does not exist', () => {
    const db = databaseWith(1, 1);
    assert.throws(() => createOrder(db, { customerId: 1, items: [{ productId: 77, quantity: 1 }] }, '2026-11-01T09:00:00Z'), UnknownProduct);
    assert.equal(listOrders(db, 1, 10).length, 1);
  });
});
