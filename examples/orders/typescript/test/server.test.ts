import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createApp } from '../src/app.ts';
import { createOrdersServer } from '../src/server.ts';
import { databaseWith } from './support.ts';

let server: Server;
let base: string;
before(async () => {
  server = createOrdersServer(createApp(databaseWith(12, 2)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

async function get(path: string): Promise<{ status: number; body: any }> {
  const response = await fetch(base + path);
  return { status: response.status, body: await response.json() };
}

async function post(path: string, body: string): Promise<number> {
  const response = await fetch(base + path, { method: 'POST', body });
  await response.text();
  return response.status;
}

describe('the server', () => {
  it('lists orders by page', async () => {
    const { status, body } = await get('/api/orders?page=2&pageSize=5');
    assert.equal(status, 200);
    assert.deepEqual(body.orders.map((order: { id: number }) => order.id), [7, 6, 5, 4, 3]);
  });

  it('searches products and insists on a query', async () => {
    assert.equal((await get('/api/products/search?q=kettle')).body.products.length, 10);
    assert.equal((await get('/api/products/search')).status, 400);
  });

  it('knows a single order, product and customer', async () => {
    assert.equal((await get('/api/orders/3')).body.items.length, 2);
    assert.equal((await get('/api/products/SKU-4')).body.priceCents, 1004);
    assert.equal((await get('/api/customers/1/orders')).body.orders.length, 6);
    assert.equal((await get('/api/orders/99')).status, 404);
  });

  it('takes a new order and refuses a malformed one', async () => {
    assert.equal(await post('/api/orders', JSON.stringify({ customerId: 1, items: [{ productId: 1, quantity: 1 }] })), 201);
    assert.equal(await post('/api/orders', JSON.stringify({ customerId: 1, items: [] })), 400);
    assert.equal(await post('/api/orders', JSON.stringify({ customerId: 1, items: [{ productId: 77, quantity: 1 }] })), 400);
    assert.equal(await post('/api/orders', '{'), 400);
  });

  it('reports how long each route took', async () => {
    const { body } = await get('/api/stats');
    assert.ok(body.some((entry: { route: string; requests: number }) => entry.route === 'GET /api/orders' && entry.requests === 1));
  });
});
