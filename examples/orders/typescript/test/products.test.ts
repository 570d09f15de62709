import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findProductBySku, searchProducts } from '../src/products.ts';
import { Timings } from '../src/timings.ts';
import { databaseWith } from './support.ts';

describe('searchProducts', () => {
  it('finds words in the middle of a name, whatever their case', () => {
    const names = searchProducts(databaseWith(1, 1), 'KETTLE 1').map((product) => product.name);
    assert.deepEqual(names, ['Steel Kettle 1', 'Steel Kettle 10']);
  });

  it('stops at the limit', () => {
    assert.equal(searchProducts(databaseWith(1, 1), 'steel', 4).length, 4);
  });
});

describe('findProductBySku', () => {
  it('finds one product', () => {
    assert.equal(findProductBySku(databaseWith(1, 1), 'SKU-7')?.priceCents, 1007);
  });
});

describe('Timings', () => {
  it('keeps the latest thousand requests of a route', () => {
    const timings = new Timings();
    for (let duration = 0; duration < 1_500; duration += 1) timings.record('GET /', duration);
    assert.deepEqual(timings.summary(), [{ route: 'GET /', requests: 1_000, averageMs: 999.5, slowestMs: 1_499 }]);
  });
});
