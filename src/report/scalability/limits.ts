import type { PerformanceConfig } from '../../core/config';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../core/format';
import { quantity, sizeText } from '../arithmetic';
import { growthText } from '../growth';
import type { Judged } from '../judgement';
import type { Answer, Statement } from '../model';
import { assumed, declared, estimate, measured, nameText, prose } from '../statement';
import { scopeOf, type TargetResult } from '../targets';
import { counted } from '../words';
import type { ScalabilityInput } from './input';
import { growthOfWork, type Growing, multipleAtWhich } from './growing';

/** As many as a person reads; the rest is in the recommendations. */
const SHOWN = 8;

/** Work that grows with users or data, and where it stops fitting what was declared. */
export function limitsOf(input: ScalabilityInput): Answer {
  const growing = oncePerFunction(input.judged).flatMap(item => growthOfWork(item) ?? []);
  if (growing.length === 0) return { statements: [[prose('No finding costs more as users or data grow.')]] };
  const statements = growing.slice(0, SHOWN).map(item => statementOf(item, input));
  const hidden = growing.length - statements.length;
  const unmeasured = growing.filter(item => item.judged.finding.cost.unit !== 'bytes in memory' && (item.judged.judgement.target === undefined || !hasShare(item))).length;
  return {
    statements: [...statements, ...(hidden > 0 ? [[prose(`${counted(hidden, 'more finding')} of the recommendations ${hidden === 1 ? 'grows' : 'grow'} too.`)]] : [])],
    ...(unmeasured > 0 && {
      open: {
        why: `${counted(unmeasured, 'finding')} of these ${unmeasured === 1 ? 'was' : 'were'} not both profiled and benchmarked against a latency target, so the size at which the target is missed is not known.`,
        action: { kind: 'runBenchmark', label: 'Run a benchmark' },
      },
    }),
  };
}

function oncePerFunction(judged: readonly Judged[]): readonly Judged[] {
  const first = new Map<string, Judged>();
  for (const item of judged) {
    const { rule, file, functionName, confidence } = item.finding;
    const key = JSON.stringify([rule, file, functionName]);
    // What is deferred because it is rare does not limit anybody; what was measured as small today may tomorrow.
    const matters = item.judgement.priority !== 'deferred' || item.judgement.measurement !== undefined;
    if (matters && confidence !== 'possible' && !first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

function statementOf(item: Growing, input: ScalabilityInput): Statement {
  const { finding } = item.judged;
  const where = finding.functionName === '' ? nameText(finding.file) : `${nameText(finding.functionName)} in ${nameText(finding.file)}`;
  return [prose(`${where}: `), ...(latencyLimit(item, input) ?? memoryLimit(item, input.config) ?? growthAlone(item)), ...rateOf(item, input.config)];
}

const hasShare = ({ judged }: Growing): boolean => judged.judgement.measurement?.countsResource === true;

/** "at 3.2x the orders of that run the p95 target of 200 ms is missed": by the measured latency and the part of it that grows. */
function latencyLimit(item: Growing, { evidence, config }: ScalabilityInput): Statement | undefined {
  const { measurement, target } = item.judged.judgement;
  if (measurement === undefined || target === undefined || !hasShare(item)) return undefined;
  if (target.outcome === 'missed') {
    const { percentile, target: limit, measured: value, run } = target.result;
    return [
      prose(`the ${percentile} target of `), declared(formatDuration(limit)), prose(' is missed already: '), measured(formatDuration(value), run.id),
      prose(', and '), ...growthAlone(item),
    ];
  }
  const { result } = target;
  const alike = evidence.targets.filter(other => other.run === result.run && other.benchmark === result.benchmark && other.subject === result.subject);
  const first = alike.map(other => ({ other, at: timesUntil(item, measurement.share, other) })).sort((a, b) => a.at - b.at)[0]!;
  return [...limitWords(item, first.other, first.at, config), ...basisWords(item), prose('.')];
}

/** The multiple of today's size at which a latency meets its target when only the measured share of it grows. */
function timesUntil({ ratioAt }: Growing, share: number, { target, measured: value }: TargetResult): number {
  return multipleAtWhich(times => value * (1 - share + share * ratioAt(times)) > target);
}

function limitWords(item: Growing, { percentile, target, measured: value, run }: TargetResult, times: number, config: PerformanceConfig): Statement {
  const share = item.judged.judgement.measurement!;
  const today: Statement = [
    prose(`; now `), measured(`${percentile} ${formatDuration(value)}`, run.id), prose(', of which at most '), measured(formatShare(share.share), share.run.id),
  ];
  if (!Number.isFinite(times)) {
    return [prose(`its growth alone does not make the path miss the ${percentile} target of `), declared(formatDuration(target)), ...today];
  }
  return [
    prose('from '), estimate(`${multiple(times)} the ${item.noun} of that run`), prose(` on the ${percentile} target of `),
    declared(formatDuration(target)), prose(' is missed'), ...whenReached(item, times, config), ...today,
  ];
}

/** "in 440 days at 5,000 rows a day", where the table of n is known to grow. */
function whenReached({ judged }: Growing, times: number, { scale }: PerformanceConfig): Statement {
  const { of } = judged.finding.cost;
  const table = of === undefined ? undefined : Object.entries(scale.tables).find(([name]) => name.toLowerCase() === of.toLowerCase())?.[1];
  if (table?.growthPerDay === undefined || table.growthPerDay <= 0) return [];
  const days = ((times - 1) * table.rows) / table.growthPerDay;
  return [
    prose(', counted from the declared rows in '), estimate(`${formatCount(Math.ceil(days))} days`), prose(' at '),
    declared(`${formatCount(table.growthPerDay)} rows a day`),
  ];
}

function basisWords({ fitted, judged }: Growing): Statement {
  return fitted === undefined
    ? [prose(` grows by the cost model ${judged.meta.complexity.now}`)]
    : [prose(' '), measured(growthText(fitted.growth), fitted.run.id)];
}

/** Bytes of the cost model against the memory that performance.json allows this file. */
function memoryLimit({ judged, noun }: Growing, { requirements }: PerformanceConfig): Statement | undefined {
  const { finding, meta } = judged;
  const limits = requirements.filter(requirement => requirement.memory !== undefined && scopeOf(requirement)(finding.file)).map(({ memory }) => memory!);
  if (finding.cost.unit !== 'bytes in memory' || limits.length === 0) return undefined;
  const limit = Math.min(...limits);
  const { n, now } = finding.cost;
  if (now > limit) {
    return [prose('the memory limit of '), declared(formatBytes(limit)), prose(' does not hold '), estimate(`${formatBytes(now)} by the cost model`), prose(' at '), ...sizeOf(judged), prose('.')];
  }
  const times = multipleAtWhich(by => meta.cost.now(n * by) > limit);
  return Number.isFinite(times)
    ? [prose('at '), estimate(`${multiple(times)} the ${noun}`), prose(', now '), ...sizeOf(judged), prose(', the memory limit of '), declared(formatBytes(limit)), prose(' is passed by the cost model.')]
    : undefined;
}

/** What ten times as much would cost: said where no limit is known to compare it with. */
function growthAlone({ judged, noun, ratioAt, fitted }: Growing): Statement {
  const { cost } = judged.finding;
  if (fitted !== undefined) {
    return [prose(`at ten times the ${noun} it takes `), estimate(`${formatCount(Number(ratioAt(10).toPrecision(2)))}x as long`), prose(', as it '), measured(growthText(fitted.growth), fitted.run.id), prose('.')];
  }
  return [
    prose(`at ten times the ${noun} `), estimate(`${quantity(cost.now, cost.unit)} become ${quantity(judged.meta.cost.now(cost.n * 10), cost.unit)}`),
    prose(', now '), ...sizeOf(judged), prose('.'),
  ];
}

function sizeOf({ finding: { cost } }: Judged): Statement {
  const size = sizeText(cost);
  return [prose(`${nameText(cost.of ?? cost.variable)} = `), cost.basis === 'assumed' ? assumed(size) : declared(size)];
}

/** Queries of one request times the declared requests a second: what the database has to answer. */
function rateOf({ judged: { finding } }: Growing, { requirements }: PerformanceConfig): Statement {
  const isAsked = finding.cost.unit === 'queries' || finding.cost.unit === 'round trips';
  if (!isAsked || finding.heat.heat !== 'hot') return [];
  const rates = requirements.filter(each => each.throughput !== undefined && scopeOf(each)(finding.file)).map(({ throughput }) => throughput!);
  if (rates.length === 0) return [];
  const rate = Math.max(...rates);
  return [
    prose(' At '), declared(`${formatCount(rate)} requests a second`), prose(' that is '),
    estimate(`${quantity(finding.cost.now * rate, finding.cost.unit)} a second`), prose('.'),
  ];
}

const multiple = (times: number): string => `${formatCount(Number(times.toPrecision(2)))}x`;
