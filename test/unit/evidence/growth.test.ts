import assert from 'node:assert/strict';
import { FailureError } from '../../../src/core/failures';
import type { GrowthModel } from '../../../src/core/growth';
import { fitGrowth, project } from '../../../src/evidence/growth';
import { parseGrowthLines } from '../../../src/evidence/growthLines';
import { randomSource } from '../../../src/evidence/random';

const SHAPES: Readonly<Record<GrowthModel, (n: number) => number>> = {
  constant: () => 1,
  'log n': (n) => Math.log2(n + 1),
  n: (n) => n,
  'n log n': (n) => n * Math.log2(n + 1),
  'n^2': (n) => n ** 2,
  'n^3': (n) => n ** 3,
  exponential: (n) => 2 ** n,
};
const DOUBLING = Array.from({ length: 11 }, (_, i) => 8 * 2 ** i);
const SIZES: Partial<Record<GrowthModel, readonly number[]>> = {
  exponential: Array.from({ length: 11 }, (_, i) => 8 + i),
  'n^3': DOUBLING.slice(0, 6),
};

/** Times of three processes, up to 100 ms, with a cost of each call and noise of the given spread. */
function pointsOf(model: GrowthModel, random: () => number, spread: number, callMs = 0) {
  const sizes = SIZES[model] ?? DOUBLING;
  const largest = SHAPES[model](sizes.at(-1)!);
  const noise = () => Math.exp(spread * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  return sizes.map((n) => {
    const ms = [1, 2, 3].map(() => (callMs + (100 * SHAPES[model](n)) / largest) * noise());
    return { n, ms, fastestMs: Math.min(...ms) };
  });
}

describe('the truth of a fit, on times whose growth is known', () => {
  for (const model of Object.keys(SHAPES) as GrowthModel[]) {
    it(`${model} is found in at least 95 % of 200 noisy series`, () => {
      const random = randomSource(20261122);
      let right = 0;
      for (let i = 0; i < 200; i++) if (fitGrowth(pointsOf(model, random, 0.05, [0, 0.1, 1, 5][i % 4])).model === model) right++;
      assert.ok(right >= 190, `${right} of 200`);
    });
  }

  for (const [model, exponent] of [['n', 1], ['n^2', 2], ['n^3', 3]] as const) {
    it(`the interval of the exponent holds that of ${model} in at least 90 % of 200 noisy series`, () => {
      const random = randomSource(7);
      let held = 0;
      for (let i = 0; i < 200; i++) {
        const { interval: [low, high], value } = fitGrowth(pointsOf(model, random, 0.05, [0, 0.1, 1, 5][i % 4])).exponent;
        if (low <= exponent && exponent <= high) held++;
        assert.ok(Math.abs(value - exponent) < 0.4 && high - low < 1.6, `${value}, ${low} to ${high}`);
      }
      assert.ok(held >= 180, `${held} of 200`);
    });
  }
});

describe('a projection', () => {
  const exact = (model: GrowthModel) => {
    const points = pointsOf(model, randomSource(1), 0);
    return { points, ...fitGrowth(points) };
  };

  it('of a quadratic function is four times as long at twice the size, within its interval', () => {
    const { ms, interval } = project(exact('n^2'), 16_384);
    assert.ok(Math.abs(ms - 400) < 1, String(ms));
    assert.ok(interval![0] <= ms && ms <= interval![1] && interval![1] < 500, JSON.stringify(interval));
  });

  it('of a function that does not grow stays', () => assert.ok(Math.abs(project(exact('constant'), 1e9).ms - 100) < 1));

  it('of an exponential function says the base, and that it never ends', () => {
    const growth = exact('exponential');
    assert.ok(Math.abs(growth.base! - 2) < 0.01);
    assert.equal(project(growth, 10_000).ms, Infinity);
    assert.equal(project(growth, 10_000).interval, undefined);
  });
});

describe('the lines of a growth run', () => {
  it('are read as far as they are whole', () => {
    const text = '{"begins": 8}\n{"n": 8, "ms": 1.5, "fastest": 1.4, "bytes": 100}\n{"begins": 16}\n{"n": 16, "m';
    assert.deepEqual(parseGrowthLines(text, 'growth.jsonl'), { sizes: [{ n: 8, ms: 1.5, fastest: 1.4, bytes: 100 }], begun: 16 });
    assert.deepEqual(parseGrowthLines('', 'growth.jsonl'), { sizes: [] });
    assert.equal(parseGrowthLines('{"end": "time"}\n', 'growth.jsonl').end, 'time');
  });

  it('are refused by the name of their file where they are no lines', () => {
    assert.throws(() => parseGrowthLines('a crash\n', 'growth.jsonl'), (error: FailureError) => error.failure.file === 'growth.jsonl');
  });
});
