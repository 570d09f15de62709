import { linearRegression, median } from 'simple-statistics';
import { GROWTH_MODELS, type Growth, type GrowthModel, type GrowthPoint, type GrowthProjection } from '../core/growth';

/** Below this there is no telling one curve from another. */
export const FEWEST_SIZES = 4;

/** Sizes further than this below the largest say more about the cost of a call than about its growth. */
const RANGE_OF_EXPONENT = 256;
const LARGEST_EXPONENT = 5;
const EXPONENT_STEP = 0.01;
/** A model whose error is within this factor of the best one cannot be told from it. */
const AS_GOOD = 1.3;
/** Errors below this are the machine's own noise. */
const NOISE = 0.02;

type Fit = Pick<Growth, 'model' | 'alternatives' | 'exponent' | 'base'>;

interface Size {
  readonly n: number;
  readonly ms: number;
}

/** Finds how the times grow. `points` have at least FEWEST_SIZES sizes, by rising n. */
export function fitGrowth(points: readonly GrowthPoint[]): Fit {
  const sizes = sizesOf(points);
  const errors = GROWTH_MODELS.map((model) => ({ model, error: predictionError(model, sizes) }));
  const least = Math.max(NOISE, Math.min(...errors.map(({ error }) => error)));
  const good = errors.filter(({ error }) => error <= least * AS_GOOD).sort((a, b) => a.error - b.error);
  // Every curve can lie flat; where a constant does as well, nothing grows.
  const [best, ...others] = good.map(({ model }) => model).sort((a, b) => Number(b === 'constant') - Number(a === 'constant'));
  return {
    model: best!,
    alternatives: others,
    exponent: exponentOf(sizes),
    ...(best === 'exponential' && { base: Math.exp(rateOf(sizes)) }),
  };
}

/** The time at a size that was not measured. */
export function project(growth: Pick<Growth, 'points' | 'model' | 'exponent'>, n: number): Pick<GrowthProjection, 'ms' | 'interval'> {
  const last = growth.points.at(-1)!;
  const lastMs = median([...last.ms]);
  // A usual call takes longer than the fastest one, to which the curve is fitted.
  const ms = fitted(growth.model, sizesOf(growth.points))(n) * (lastMs / last.fastestMs);
  if (growth.model === 'exponential') return { ms };
  const at = (exponent: number) => lastMs * (n / last.n) ** Math.max(0, exponent);
  const [low, high] = growth.exponent.interval;
  return { ms, interval: [Math.min(ms, at(low)), Math.max(ms, at(high))] };
}

function sizesOf(points: readonly GrowthPoint[]): Size[] {
  return points.map(({ n, fastestMs }) => ({ n, ms: fastestMs }));
}

/**
 * k of a + b n^k: the one that leaves the least squares of relative errors, and all those that leave hardly more (a
 * profile-likelihood interval at 95 %). What every call costs, a, would otherwise make growth look slower than it is.
 */
function exponentOf(sizes: readonly Size[]): Growth['exponent'] {
  const largest = sizes.at(-1)!.n;
  const inRange = sizes.filter(({ n }) => n >= largest / RANGE_OF_EXPONENT);
  const used = inRange.length >= FEWEST_SIZES ? inRange : sizes.slice(-FEWEST_SIZES);
  const trials = Array.from({ length: LARGEST_EXPONENT / EXPONENT_STEP + 1 }, (_, i) => {
    const k = i * EXPONENT_STEP;
    const predict = leastSquares((n) => (n / largest) ** k, used);
    return { k, squares: used.reduce((sum, { n, ms }) => sum + (predict(n) / ms - 1) ** 2, 0) };
  });
  const best = trials.reduce((a, b) => (b.squares < a.squares ? b : a));
  const freedom = Math.max(1, used.length - 3);
  const noise = Math.max(best.squares, freedom * NOISE ** 2);
  const plausible = trials.filter(({ squares }) => squares - best.squares <= (noise / freedom) * studentT(freedom) ** 2);
  return { value: best.k, interval: [plausible[0]!.k, plausible.at(-1)!.k], from: used[0]!.n, to: largest };
}

/** The 97.5 % quantile of Student's t; simple-statistics has none. Abramowitz and Stegun, 26.7.5. */
function studentT(freedom: number): number {
  const exact = [12.706, 4.303, 3.182, 2.776, 2.571][freedom - 1];
  if (exact !== undefined) return exact;
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

/**
 * How far a model is off where it does not know the answer: at each size when fitted to all others, and at the
 * largest third when fitted to the smaller sizes, because its growth is what a model is asked for.
 */
function predictionError(model: GrowthModel, sizes: readonly Size[]): number {
  const held = sizes.slice(-Math.max(1, Math.floor(sizes.length / 3)));
  const forecasts = held.map((size) => errorOf(fitted(model, sizes.slice(0, -held.length)), size));
  const others = sizes.map((size) => errorOf(fitted(model, sizes.filter((other) => other !== size)), size));
  const squares = [...forecasts, ...others].map((error) => error ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

function errorOf(predict: (n: number) => number, { n, ms }: Size): number {
  return Math.log(predict(n) / ms);
}

/** a + b g(n) by least squares of the relative errors, neither of them negative: time is spent, never gained. */
function fitted(model: GrowthModel, sizes: readonly Size[]): (n: number) => number {
  return model === 'constant' ? leastSquares(() => 0, sizes) : leastSquares(shapeOf(model, sizes), sizes);
}

/** a + b shape(n), as `fitted` says. */
function leastSquares(shape: (n: number) => number, sizes: readonly Size[]): (n: number) => number {
  let [weights, sumG, sumT, sumGG, sumGT] = [0, 0, 0, 0, 0];
  for (const { n, ms } of sizes) {
    const weight = 1 / ms ** 2;
    const g = shape(n);
    weights += weight;
    sumG += weight * g;
    sumT += weight * ms;
    sumGG += weight * g * g;
    sumGT += weight * g * ms;
  }
  const determinant = weights * sumGG - sumG * sumG;
  const slope = determinant > 0 ? (weights * sumGT - sumG * sumT) / determinant : 0;
  const intercept = (sumT - slope * sumG) / weights;
  if (slope <= 0) return () => sumT / weights;
  if (intercept < 0) return (n) => (sumGT / sumGG) * shape(n);
  return (n) => intercept + slope * shape(n);
}

function shapeOf(model: Exclude<GrowthModel, 'constant'>, sizes: readonly Size[]): (n: number) => number {
  switch (model) {
    case 'log n':
      return (n) => Math.log2(n + 1);
    case 'n':
      return (n) => n;
    case 'n log n':
      return (n) => n * Math.log2(n + 1);
    case 'n^2':
      return (n) => n ** 2;
    case 'n^3':
      return (n) => n ** 3;
    case 'exponential': {
      const last = sizes.at(-1)!.n;
      const rate = rateOf(sizes);
      return (n) => Math.exp(rate * (n - last));
    }
  }
}

/** The slope of log(time) over n on the upper half of the sizes. */
function rateOf(sizes: readonly Size[]): number {
  const upper = sizes.slice(Math.floor(sizes.length / 2)).map(({ n, ms }): [number, number] => [n, Math.log(ms)]);
  return Math.max(0, linearRegression(upper).m || 0);
}
