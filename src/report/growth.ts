import type { Run } from '../core/evidence';
import { formatCount, formatDuration } from '../core/format';
import type { Growth, GrowthModel, GrowthProjection } from '../core/growth';
import type { RuleMeta } from '../core/rule';
import { growthExponent } from './gain';
import type { Statement } from './model';
import { declared, estimate, measured, nameText, prose } from './statement';
import { compareText } from './targets';

/** A growth run and what it found. */
export interface MeasuredGrowth {
  readonly run: Run;
  readonly growth: Growth;
}

/** The newest completed growth run of each function, by file and name. */
export function newestGrowths(runs: readonly Run[]): readonly MeasuredGrowth[] {
  const newest = new Map<string, MeasuredGrowth>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status !== 'completed' || !run.growth || !run.target) continue;
    newest.set(`${run.target.file}\n${run.target.functionName}`, { run, growth: run.growth });
  }
  return [...newest.values()];
}

/** "list in src/a.ts: grew like n^1.98 (1.93 to 2.03) between 1,000 and 32,000; at the declared 1,000,000 of orders about 50 min." */
export function growthStatement({ run, growth }: MeasuredGrowth): Statement {
  const { file, functionName } = run.target!;
  return [prose(`${nameText(functionName)} in ${nameText(file)}: `), measured(growthText(growth), run.id), ...projectionOf(growth), prose('.')];
}

/** "grew like n^1.98 (1.93 to 2.03 at 95 %) between 1,000 and 32,000". */
export function growthText(growth: Growth): string {
  const { from, to } = growth.exponent;
  const others = growth.alternatives.map((model) => SHAPES[model]).join(' or ');
  return `${wordsOf(growth)}${others && ` (${others} fits nearly as well)`} between ${formatCount(from)} and ${formatCount(to)}`;
}

function wordsOf({ model, base, exponent: { value, interval: [low, high] } }: Growth): string {
  switch (model) {
    case 'constant':
      return 'did not grow';
    case 'log n':
      return 'grew like log n';
    case 'exponential':
      return `grew exponentially: each one more takes ${formatCount(Number((base ?? NaN).toPrecision(3)))}x as long`;
    case 'n log n':
      return `grew like n log n (n^${power(value)}, ${power(low)} to ${power(high)} at 95 %)`;
    default:
      return `grew like n^${power(value)} (${power(low)} to ${power(high)} at 95 %)`;
  }
}

const SHAPES: Readonly<Record<GrowthModel, string>> = {
  constant: 'no growth',
  'log n': 'log n',
  n: 'n',
  'n log n': 'n log n',
  'n^2': 'n²',
  'n^3': 'n³',
  exponential: 'exponential growth',
};

const power = (value: number): string => value.toFixed(2);

function projectionOf(growth: Growth): Statement {
  const { projection } = growth;
  if (!projection) return [];
  const size = sizeText(projection);
  return [
    prose('; at '),
    projection.basis === 'declared' ? declared(`the declared ${size}`) : prose(size),
    prose(' about '),
    estimate(timeText(projection)),
    prose(beyondText(growth)),
  ];
}

/** "; at the declared 1,000,000 of orders about 50 min (estimate), 31x beyond what was measured"; '' without a projection. */
export function projectionText(growth: Growth): string {
  const { projection } = growth;
  if (!projection) return '';
  return `; at ${projection.basis === 'declared' ? 'the declared ' : ''}${sizeText(projection)} about ${timeText(projection)} (estimate)${beyondText(growth)}`;
}

const sizeText = ({ n, name }: GrowthProjection): string => `${formatCount(n)}${name ? ` of ${nameText(name)}` : ''}`;

function timeText({ ms, interval }: GrowthProjection): string {
  const [low, high] = (interval ?? []).map(formatDuration);
  return `${formatDuration(ms)}${low !== high ? ` (${low} to ${high})` : ''}`;
}

function beyondText({ projection, exponent }: Growth): string {
  const beyond = projection!.n / exponent.to;
  return beyond > 1 ? `, ${formatCount(Number(beyond.toPrecision(2)))}x beyond what was measured` : '';
}

/** How far from the stated exponent a measured one has to be to contradict it; n log n is 0.1 to 0.15 above n. */
const CLEARLY_OTHER = 0.3;

/** Whether the measured growth of a function is another one than a rule states for the pattern in it. */
export function contradiction({ growth }: MeasuredGrowth, meta: RuleMeta): 'slower' | 'faster' | undefined {
  const stated = growthExponent(meta.cost.now);
  if (growth.model === 'exponential') return Number.isFinite(stated) && stated < Number.MAX_VALUE ? 'faster' : undefined;
  if (growth.model === 'constant') return stated > CLEARLY_OTHER ? 'slower' : undefined;
  const [low, high] = growth.exponent.interval;
  return high < stated - CLEARLY_OTHER ? 'slower' : low > stated + CLEARLY_OTHER ? 'faster' : undefined;
}

/** What the rule states, corrected by what was measured. */
export function complexityOf(meta: RuleMeta, found: MeasuredGrowth | undefined): Statement {
  const stated = prose(`${meta.complexity.now} → ${meta.complexity.after}`);
  if (!found) return [stated];
  const figure = measured(growthText(found.growth), found.run.id);
  switch (contradiction(found, meta)) {
    case 'slower':
      return [prose(`The rule states ${meta.complexity.now} → ${meta.complexity.after}, but the function `), figure, prose(': what the rule counts does not grow with it there.')];
    case 'faster':
      return [stated, prose('; measured, the function '), figure, prose(': something in it costs more than what the rule states.')];
    case undefined:
      return [stated, prose('; measured, the function '), figure, prose('.')];
  }
}
