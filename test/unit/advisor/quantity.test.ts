import assert from 'node:assert/strict';
import { quantitiesIn } from '../../../src/advisor/evidence/quantity';
import { referencesIn } from '../../../src/advisor/evidence/references';

/** Each number as "text = value dimension", with the names and addresses taken out as the check does. */
function numbersIn(text: string): string[] {
  return quantitiesIn(text, referencesIn(text)).map(({ start, end, value, dimensions, isPlain }) =>
    `${text.slice(start, end)} = ${Number(value.toPrecision(6))} ${isPlain ? 'plain' : dimensions.join('|')}`,
  );
}

describe('numbers in a text', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['p95 is 480 ms and p99 1.2 s', ['480 ms = 480 time', '1.2 s = 1200 time']],
    ['1,001 queries become 2', ['1,001 = 1001 count', '2 = 2 plain']],
    ['between 10 and 20 ms', ['10 = 10 time', '20 ms = 20 time']],
    ['10–20 ms', ['10 = 10 time', '20 ms = 20 time']],
    ['62 % of the time, 62%', ['62 % = 0.62 share', '62% = 0.62 share']],
    ['3.2x faster, 3× faster, a 4-fold gain', ['3.2x = 3.2 ratio', '3× = 3 ratio', '4-fold = 4 ratio']],
    ['called 5 times', ['5 times = 5 ratio|count']],
    ['512 MB or 512 MiB', ['512 MB = 512000000 bytes', '512 MiB = 536871000 bytes']],
    ['10k rows, 1.5M rows', ['10k = 10000 count', '1.5M = 1500000 count']],
    ['100 requests/s', ['100 requests/s = 100 rate']],
    ['twice as fast, halves the time, tenfold', ['twice = 2 ratio', 'halves = 0.5 ratio|share', 'tenfold = 10 ratio']],
    ['five seconds and a thousand queries, but two options', ['five seconds = 5000 time', 'thousand = 1000 count']],
    ['half the time', ['half = 0.5 share|ratio']],
    ['an order of magnitude', ['an order of magnitude = 10 ratio']],
    ['４８０ ms', ['４８０ = NaN ']],
    ['use 3 steps', ['3 = 3 plain']],
    ['3 queries', ['3 = 3 count']],
    ['`480 ms` in a code span', ['480 ms = 480 time']],
    ['`took 480 ms here`', ['480 ms = 480 time']],
  ];
  for (const [text, expected] of cases) {
    it(`reads "${text}"`, () => assert.deepEqual(numbersIn(text), expected));
  }

  const names = [
    'p95, O(n^2), O(n log n), N+1, UTF-8, ES2022 and `LIMIT 100`',
    'src/orders.ts:40-52 and line 12, run 20261122T201855-1a2b3c, E7 and [E1, E2]',
    'on 2026-11-22 with PostgreSQL 18.6, Node 24 and HTTP 429, version 1.2.3',
    'at https://example.com/v1/480',
  ];
  for (const text of names) {
    it(`finds none in "${text}"`, () => assert.deepEqual(numbersIn(text), []));
  }

  it('knows how far rounding may have moved a number', () => {
    const toleranceOf = (text: string): number => quantitiesIn(text)[0]!.tolerance;
    assert.equal(toleranceOf('480 ms'), 5);
    assert.equal(toleranceOf('481 ms'), 0.5);
    assert.equal(toleranceOf('5 s'), 500);
    assert.equal(toleranceOf('5.0 s'), 50);
    assert.equal(toleranceOf('1,200 rows'), 50);
    assert.equal(toleranceOf('1,000 rows'), 50);
    assert.equal(toleranceOf('0.27 ms'), 0.005);
  });
});
