import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exportOrderLines } from '../src/jobs/export-lines.ts';
import { importPrices } from '../src/jobs/import-prices.ts';
import { refreshTracking } from '../src/jobs/refresh-tracking.ts';
import { listOrders } from '../src/orders.ts';
import { findProductBySku } from '../src/products.ts';
import { databaseWith } from './support.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orders-'));
});
after(() => rm(folder, { recursive: true, force: true }));

describe('exportOrderLines', () => {
  it('writes each line and sums up', async () => {
    const summary = await exportOrderLines(databaseWith(20, 5), folder);
    const written = (await readFile(summary.file, 'utf8')).trimEnd().split('\n');
    assert.equal(written.length, 101);
    assert.equal(written[1], '1,1970-01-01T01:00:00Z,SKU-1,2,10.00');
    assert.equal(summary.lines, 100);
    assert.equal(summary.revenueCents, 100 * 2 * 1000);
    assert.equal(summary.unitsBySku['SKU-3'], 20);
  });
});

describe('importPrices', () => {
  it('updates what it knows and names the rest', async () => {
    const db = databaseWith(1, 1);
    const file = join(folder, 'prices.csv');
    await writeFile(file, 'sku,price\nSKU-2,12.34\nSKU-99,1.00\n\nSKU-5,0.29\n');
    assert.deepEqual(await importPrices(db, file), { updated: 2, unknownSkus: ['SKU-99'] });
    assert.equal(findProductBySku(db, 'SKU-2')?.priceCents, 1234);
    assert.equal(findProductBySku(db, 'SKU-5')?.priceCents, 29);
  });
});

describe('refreshTracking', () => {
  it('marks what the carrier has delivered', async () => {
    const db = databaseWith(4, 1);
    const carrier = { statusOf: async (number: string) => (number === 'TRK2' ? 'delivered' : 'on its way') };
    assert.equal(await refreshTracking(db, carrier), 1);
    assert.deepEqual(listOrders(db, 1, 10).map((order) => order.status), ['shipped', 'shipped', 'delivered', 'shipped']);
  });
});
