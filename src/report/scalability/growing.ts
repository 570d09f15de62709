import type { MeasuredGrowth } from '../growth';
import type { Judged } from '../judgement';
import { nameText } from '../statement';

/** A finding whose work grows with n. */
export interface Growing {
  readonly judged: Judged;
  /** What n counts: "orders". */
  readonly noun: string;
  /** How many times as much it costs at so many times the size. */
  readonly ratioAt: (times: number) => number;
  /** Present where a run has measured the growth; the cost model's is an estimate. */
  readonly fitted?: MeasuredGrowth;
}

/** Work that less than doubles with a thousandfold size does not stop anybody from growing. */
const NOTABLE_GROWTH = 2;
const FAR = 1000;

/** Undefined for a finding that does not grow, or whose n is a number in the code. */
export function growthOfWork(judged: Judged): Growing | undefined {
  const { finding, meta } = judged;
  const { basis, n, of, variable } = finding.cost;
  if (basis === 'literal') return undefined;
  const fitted = judged.judgement.growth;
  const now = Math.max(meta.cost.now(n), Number.MIN_VALUE);
  const ratioAt = fitted === undefined ? (times: number) => meta.cost.now(n * times) / now : (times: number) => fittedRatio(fitted, times);
  const grows = meta.cost.now(n) > meta.cost.after(n) && ratioAt(FAR) >= NOTABLE_GROWTH;
  return grows ? { judged, noun: nameText(of ?? variable), ratioAt, ...(fitted && { fitted }) } : undefined;
}

/** By how much the time grows from the largest size that was measured to so many times that. */
function fittedRatio({ growth: { model, base = 1, exponent: { value, to } } }: MeasuredGrowth, times: number): number {
  switch (model) {
    case 'constant':
      return 1;
    case 'log n':
      return Math.log(to * times) / Math.log(Math.max(to, 2));
    case 'exponential':
      return base ** (to * (times - 1));
    default:
      return times ** value;
  }
}

/** Beyond a millionfold nothing that is known today says anything. */
const FARTHEST = 1e6;
const STEPS = 60;

/** The smallest multiple, from 1, at which a condition that stays true holds; infinite where it does not up to a millionfold. */
export function multipleAtWhich(holds: (times: number) => boolean): number {
  if (holds(1)) return 1;
  if (!holds(FARTHEST)) return Infinity;
  let [low, high] = [1, FARTHEST];
  for (let step = 0; step < STEPS; step++) {
    // Halving the ratio finds 1.1 as exactly as 900,000.
    const middle = Math.sqrt(low * high);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
