import assert from 'node:assert/strict';
import type { Compared, Comparison } from '../../../src/core/comparison';
import { compare, compareSamples, DEFAULT_PROCESSES, FEWEST_SAMPLES } from '../../../src/evidence/compare';
import { randomSource } from '../../../src/evidence/random';
import { ratioInterval } from '../../../src/evidence/statistics';

type Random = () => number;

/** A draw of the standard normal distribution (Box and Muller). */
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const SPREAD = 0.05;

/** How the medians of processes scatter around 100 ms, in shapes that machines show: symmetric, skewed, spiked, in two modes. */
const NOISE: Readonly<Record<string, (random: Random) => number>> = {
  normal: (random) => 100 * (1 + SPREAD * normal(random)),
  'skewed to the slow side': (random) => 100 * (1 - SPREAD * Math.log(1 - random())),
  'log-normal': (random) => 100 * Math.exp(SPREAD * normal(random)),
  'with one outlier in twenty': (random) => 100 * (1 + SPREAD * normal(random)) * (random() < 0.05 ? 1.5 + random() : 1),
  'in two modes': (random) => 100 * (1 + (random() < 0.5 ? -0.9 : 0.9) * SPREAD + 0.4 * SPREAD * normal(random)),
};

const draws = (noise: (random: Random) => number, random: Random, count = DEFAULT_PROCESSES): number[] =>
  Array.from({ length: count }, () => noise(random));

/** The share of `total` seeded comparisons that end in one of the verdicts. */
function shareOf(verdicts: readonly Comparison['verdict'][], total: number, comparison: (random: Random) => Comparison['verdict']): number {
  const random = randomSource(20261122);
  let hits = 0;
  for (let i = 0; i < total; i++) if (verdicts.includes(comparison(random))) hits++;
  return hits / total;
}

describe('the truth of a verdict, on samples whose difference is known', function () {
  this.timeout(60_000);

  for (const [shape, noise] of Object.entries(NOISE)) {
    it(`noise ${shape}: at most 5 % false positives over 1,000 comparisons of the same code`, () => {
      const falsePositives = shareOf(['faster', 'slower'], 1000, (random) => compare(draws(noise, random), draws(noise, random)).verdict);
      assert.ok(falsePositives <= 0.05, `${falsePositives}`);
    });

    it(`noise ${shape}: a shift of 10 % is seen in at least 95 % of 1,000 comparisons`, () => {
      const seen = shareOf(['slower'], 1000, (random) => compare(draws(noise, random), draws(noise, random).map((ms) => ms * 1.1)).verdict);
      assert.ok(seen >= 0.95, `${seen}`);
    });
  }

  it('at most 5 % false positives at the smallest sample count too', () => {
    const few = (random: Random) => draws(NOISE.normal!, random, FEWEST_SAMPLES);
    const falsePositives = shareOf(['faster', 'slower'], 1000, (random) => compare(few(random), few(random)).verdict);
    assert.ok(falsePositives <= 0.05, `${falsePositives}`);
  });

  it('one process a side: at most 5 % false positives where processes differ by 3 %', () => {
    const oneProcess = (random: Random) => {
      const speed = 100 * (1 + 0.03 * normal(random));
      return { samples: Array.from({ length: 60 }, () => speed * (1 + 0.02 * normal(random))) };
    };
    const falsePositives = shareOf(['faster', 'slower'], 1000, (random) => compareSamples(oneProcess(random), oneProcess(random)).verdict);
    assert.ok(falsePositives <= 0.05, `${falsePositives}`);
  });
});

describe('a comparison', () => {
  const noise = (seed: number, center: number, width: number, count = 40) => {
    const random = randomSource(seed);
    return Array.from({ length: count }, () => center + (random() - 0.5) * width);
  };

  it('says faster and slower with the ratio and an interval around it', () => {
    const faster = compare(noise(1, 100, 10), noise(2, 50, 10)) as Compared;
    assert.equal(faster.verdict, 'faster');
    assert.ok(Math.abs(faster.ratio - 0.5) < 0.02);
    assert.ok(faster.interval[0] < 0.5 && faster.interval[1] > 0.49 && faster.interval[1] < 0.6);
    assert.equal(compare(noise(1, 100, 10), noise(2, 115, 10)).verdict, 'slower');
  });

  it('sees no difference between two sets of one distribution', () => {
    assert.equal(compare(noise(1, 100, 10), noise(2, 100, 10)).verdict, 'no-difference');
  });

  it('refuses a verdict where the noise could hide a difference', () => {
    assert.equal(compare(noise(1, 100, 190, 12), noise(2, 104, 190, 12)).verdict, 'too-noisy');
  });

  it('refuses a verdict on a handful of samples', () => {
    assert.deepEqual(compare([1, 2, 3], noise(1, 50, 1)), { verdict: 'too-few-samples', unit: 'process', counts: [3, 40] });
  });

  it('is the same each time', () => {
    assert.deepEqual(ratioInterval(noise(3, 10, 5), noise(4, 12, 5)), ratioInterval(noise(3, 10, 5), noise(4, 12, 5)));
  });

  it('takes tens of thousands of samples without resampling them all', () => {
    const [low, high] = ratioInterval(noise(3, 100, 50, 50_000), noise(4, 100, 50, 50_000));
    assert.ok(low > 0.97 && low < 1 && high > 1 && high < 1.03, `${low} to ${high}`);
  });

  it('is by processes where there are several, however many calls they made', () => {
    const calls = (medians: readonly number[]) => ({ samples: medians.flatMap((ms) => Array(50).fill(ms)), processes: medians.map(() => 50) });
    const { unit, counts, verdict } = compareSamples(calls(noise(1, 100, 30, 9)), calls(noise(2, 104, 30, 9)));
    assert.deepEqual([unit, counts], ['process', [9, 9]]);
    assert.equal(verdict, 'too-noisy', 'the 450 calls of a side would have called it slower');
  });

  it('of one process a side needs a difference beyond what processes differ by anyway', () => {
    const [a, slightly, clearly] = [noise(1, 100, 4, 200), noise(2, 104, 4, 200), noise(3, 130, 4, 200)];
    assert.equal(compareSamples({ samples: a }, { samples: slightly }).verdict, 'no-difference');
    assert.equal(compareSamples({ samples: a }, { samples: noise(4, 110, 4, 200) }).verdict, 'too-noisy');
    assert.deepEqual([compareSamples({ samples: a }, { samples: clearly })].map(({ verdict, unit }) => [verdict, unit]), [['slower', 'call']]);
  });
});
