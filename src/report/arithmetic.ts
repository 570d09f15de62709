import { formatBytes, formatCount, formatDuration, formatShare } from '../core/format';
import type { EvidenceKind } from '../core/finding';
import type { Cost, CostUnit } from '../core/rule';
import type { Measurement, TargetOutcome } from './evidenceIndex';
import type { Gain } from './gain';
import type { Case, JudgedCost } from './judgement';
import type { Figure, Prose, Statement } from './model';
import { assumed, declared, estimate, measured, prose } from './statement';
import { observationText } from './traces';

/** The calculation behind a priority, in one line: gain x frequency x impact / effort. */
export function calculationOf({ finding, meta, cost, gain, measurement, observation, target }: Case, evidence: EvidenceKind): Statement {
  const isMeasured = evidence === 'measured';
  const worth =
    isMeasured && observation && observation.verdict !== 'seen'
      ? [measured(observationText(observation), observation.run.id)]
      : isMeasured && measurement !== undefined
        ? measuredGain(measurement, gain)
        : estimatedGain(cost);
  return [
    ...worth,
    prose(` x ${finding.heat.heat === 'unknown' ? 'unknown heat' : `${finding.heat.heat} (${finding.heat.reason})`}`),
    ...impactOf(target),
    prose(' / '),
    estimate(`${formatCount(meta.effortMinutes)} min effort`),
  ];
}

/** "1,001 queries at orders = 1,000": what the code costs now. */
export function costNow(cost: JudgedCost): Statement {
  return [estimate(quantity(cost.now, cost.unit)), ...atScale(cost)];
}

export function costAfter(cost: Cost): Statement {
  return [estimate(quantity(cost.after, cost.unit))];
}

/** Outside these shares a bound says nothing: no gain at all, or a path that is nothing else. */
const SMALLEST_BOUNDED = 0.01;
const LARGEST_BOUNDED = 0.995;

/**
 * Amdahl's bound: with this function gone altogether, the path is at most this much faster.
 * Undefined where the share does not count what the finding costs.
 */
export function boundOf({ share, countsResource }: Measurement): Figure | undefined {
  if (!countsResource || share < SMALLEST_BOUNDED || share > LARGEST_BOUNDED) return undefined;
  const factor = 1 / (1 - share);
  return estimate(`at most ${factor < 1.1 ? factor.toFixed(2) : formatCount(Number(factor.toPrecision(2)))}x faster`);
}

export function shareFigure({ share, run }: Measurement): Figure {
  return measured(formatShare(share), run.id);
}

/** "p95 480 ms of 200 ms": the measured latency beside its target. */
export function targetFigures({ result }: NonNullable<TargetOutcome>): Statement {
  return [
    prose(`${result.percentile} `),
    measured(formatDuration(result.measured), result.run.id),
    prose(' of '),
    declared(formatDuration(result.target)),
  ];
}

export function quantity(value: number, unit: CostUnit): string {
  if (unit === 'bytes in memory') return `${formatBytes(value)} in memory`;
  return `${formatCount(value)} ${value === 1 ? SINGULAR[unit] : unit}`;
}

const SINGULAR: Readonly<Record<Exclude<CostUnit, 'bytes in memory'>, string>> = {
  queries: 'query',
  'round trips': 'round trip',
  comparisons: 'comparison',
  'copied elements': 'copied element',
  'rows read': 'row read',
  calls: 'call',
  seconds: 'second',
};

function measuredGain(measurement: Measurement, gain: Gain): Statement {
  const bound = boundOf(measurement);
  return [
    ...(bound ? [bound, prose(': ')] : []),
    shareFigure(measurement),
    prose(measurement.countsResource ? ' of the path x ' : " of the path's time on the processor x "),
    estimate(`${gain.size} gain`),
  ];
}

function estimatedGain(cost: JudgedCost): Statement {
  return [estimate(`${quantity(cost.now, cost.unit)} → ${quantity(cost.after, cost.unit)}`), ...atScale(cost)];
}

/** n as people say it: what counts bytes is not said in millions. */
export function sizeText({ variable, n }: Pick<Cost, 'variable' | 'n'>): string {
  return variable.startsWith('bytes') ? formatBytes(n) : formatCount(n);
}

function atScale(cost: JudgedCost): readonly (Prose | Figure)[] {
  const { variable, basis, measured: counted } = cost;
  const size = sizeText(cost);
  if (counted) return [prose(` at ${variable} = `), measured(`${size} (${counted.text})`, counted.run.id)];
  switch (basis) {
    case 'declared':
      return [prose(` at ${variable} = `), declared(size)];
    case 'literal':
      return [prose(` at ${variable} = ${size} (in the code)`)];
    case 'assumed':
      return [prose(` at ${variable} = `), assumed(size)];
  }
}

function impactOf(target: TargetOutcome): Statement {
  if (target === undefined) return [];
  return [prose(` x target ${target.outcome}: `), ...targetFigures(target)];
}
