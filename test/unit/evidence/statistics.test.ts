import assert from 'node:assert/strict';
import { parseBenchmarks } from '../../../src/evidence/benchmarks/ownJson';
import { benchmarkResult } from '../../../src/evidence/benchmarks/result';
import { freshness } from '../../../src/evidence/staleness';
import { percentiles } from '../../../src/evidence/percentiles';
import { rankTest } from '../../../src/evidence/statistics';
import { FailureError } from '../../../src/core/failures';

describe('percentiles', () => {
  it('are nearest ranks, whatever the order of the samples', () => {
    const samples = Array.from({ length: 200 }, (_, i) => 200 - i);
    assert.deepEqual(percentiles(samples), { p50: 100, p95: 190, p99: 198, max: 200 });
    assert.equal(samples[0], 200, 'the samples keep their order');
  });

  it('are samples themselves, also where there are few', () => {
    assert.deepEqual(percentiles([3, 1, 2]), { p50: 2, p95: 3, p99: 3, max: 3 });
  });
});

describe('the rank test', () => {
  it('comes near the exact p over all permutations, with ties', () => {
    // Of the 12,870 ways to split these sixteen values, 82 have rank sums as far apart: p = 0.0064.
    const p = rankTest([1, 2, 2, 3, 4, 4, 5, 6], [3, 5, 6, 7, 7, 8, 9, 10]);
    assert.ok(Math.abs(p - 0.0064) < 0.003, String(p));
  });

  it('sees nothing between equal samples', () => {
    assert.equal(rankTest([5, 5, 5], [5, 5, 5]), 1);
    assert.ok(rankTest([1, 2, 3, 4], [1, 2, 3, 4]) > 0.9);
  });
});

describe('freshness', () => {
  it('compares hashes and admits what it does not know', () => {
    assert.equal(freshness('a', 'a'), 'fresh');
    assert.equal(freshness('a', 'b'), 'stale');
    assert.equal(freshness(undefined, 'b'), 'unknown');
  });
});

describe('a benchmark file', () => {
  const parse = (value: unknown) => parseBenchmarks(JSON.stringify(value), 'result.json');

  it('is read in its unit', () => {
    const [seconds, nanoseconds] = parse({
      benchmarks: [
        { name: 'a', file: 'src/a.ts', function: 'a', unit: 's', samples: [0.5, 0.25] },
        { name: 'b', unit: 'ns', samples: [2e6] },
      ],
    });
    assert.deepEqual(seconds, { ...benchmarkResult('a', [500, 250]), file: 'src/a.ts', functionName: 'a' });
    assert.deepEqual(nanoseconds, { name: 'b', samples: [2], sampleCount: 1, p50: 2, p95: 2, p99: 2, max: 2, throughput: 500, spread: 0 });
  });

  for (const [what, value] of [
    ['no benchmarks', {}],
    ['an empty list', { benchmarks: [] }],
    ['no name', { benchmarks: [{ unit: 'ms', samples: [1] }] }],
    ['an unknown unit', { benchmarks: [{ name: 'a', unit: 'minutes', samples: [1] }] }],
    ['no samples', { benchmarks: [{ name: 'a', unit: 'ms', samples: [] }] }],
    ['a negative duration', { benchmarks: [{ name: 'a', unit: 'ms', samples: [1, -1] }] }],
  ] as const) {
    it(`is refused with ${what}`, () => assert.throws(() => parse(value), (error: FailureError) => error.failure.code === 'broken-benchmark'));
  }

  it('that is cut off is refused by its name', () => {
    assert.throws(() => parseBenchmarks('{"benchmarks": [', 'result.json'), (error: FailureError) => error.failure.file === 'result.json');
  });
});
