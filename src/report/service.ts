import type { PerformanceConfig, Requirement } from '../core/config';
import type { Run } from '../core/evidence';
import { formatBytes, formatCount, formatDuration, formatShare } from '../core/format';
import type { ServiceLoad } from '../core/service';
import type { Statement } from './model';
import { declared, measured, nameText, prose } from './statement';
import { compareText, measuredTargets } from './targets';

/** What services did under load, the newest run of each route, against what performance.json asks of it. */
export function serviceStatements(runs: readonly Run[], { requirements }: PerformanceConfig): readonly Statement[] {
  return newestLoads(runs).map(({ run, load }) => {
    const own = ownOf(load, requirements);
    return [
      prose(`${nameText(load.route)} of ${nameText(run.driver.label)}, asked for ${formatCount(load.asked.ratePerSecond)} requests a second: `),
      measured(loadText(load), run.id),
      ...own.flatMap((requirement) => [...throughputVerdict(load, requirement), ...memoryVerdict(load, requirement)]),
      prose('.'),
    ];
  });
}

/** Whether each throughput and memory that is declared for a route is met by its newest load; those not tried are left out. */
export function loadTargets(runs: readonly Run[], { requirements }: PerformanceConfig): readonly boolean[] {
  return newestLoads(runs).flatMap(({ load }) =>
    ownOf(load, requirements).flatMap((requirement) => [throughputMet(load, requirement), memoryMet(load, requirement)].filter((isMet) => isMet !== undefined)));
}

/** The newest completed load of each route. */
function newestLoads(runs: readonly Run[]): readonly { readonly run: Run; readonly load: ServiceLoad }[] {
  const newest = new Map<string, { run: Run; load: ServiceLoad }>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status === 'completed' && run.load) newest.set(run.load.route.toLowerCase(), { run, load: run.load });
  }
  return [...newest.values()];
}

const ownOf = (load: ServiceLoad, requirements: readonly Requirement[]): readonly Requirement[] =>
  requirements.filter(({ route }) => route?.toLowerCase() === load.route.toLowerCase());

/** "99.8 answered a second, 0 errors, …, 45 % of a processor (max 80 %)". */
export function loadText({ answeredPerSecond, errors, refusals, cpu, memory, disk, network }: ServiceLoad): string {
  return [
    `${formatCount(answeredPerSecond)} answered a second`,
    `${formatCount(errors)} errors`,
    `${formatCount(refusals)} without success`,
    ...(cpu ? [`${formatShare(cpu.p50)} of a processor (max ${formatShare(cpu.max)})`] : []),
    ...(memory ? [`${formatBytes(memory.p50)} of memory (max ${formatBytes(memory.max)})`] : []),
    ...(disk && disk.read + disk.written > 0 ? [`${formatBytes(disk.read)} read from disk, ${formatBytes(disk.written)} written`] : []),
    `${formatBytes(network.received)} sent`,
  ].join(', ');
}

/** What performance.json asks of a route: "p95 200 ms, p99 500 ms, 20 requests a second, 512 MiB of memory". */
export function requirementText({ latency, throughput, memory }: Requirement): string {
  return [
    ...Object.entries(latency).map(([percentile, limit]) => `${percentile} ${formatDuration(limit)}`),
    ...(throughput === undefined ? [] : [`${formatCount(throughput)} requests a second`]),
    ...(memory === undefined ? [] : [`${formatBytes(memory)} of memory`]),
  ].join(', ');
}

/** What a load run says of its targets: "meets p95 200 ms, misses p99 500 ms by 120 ms"; undefined where none is declared. */
export function loadVerdictText(run: Run, config: PerformanceConfig): string | undefined {
  const { load } = run;
  if (load === undefined) return undefined;
  const latencies = measuredTargets([run], config).map(({ percentile, target, measured: ms, missed }) =>
    missed ? `misses ${percentile} ${formatDuration(target)} by ${formatDuration(ms - target)}` : `meets ${percentile} ${formatDuration(target)}`,
  );
  const own = config.requirements.filter(({ route }) => route?.toLowerCase() === load.route.toLowerCase());
  const others = own.flatMap((requirement) => [throughputVerdict(load, requirement), memoryVerdict(load, requirement)]).map((statement) => statement.map(({ text }) => text).join('').replace(/^; /, ''));
  const verdicts = [...new Set([...latencies, ...others.filter((text) => text !== '')])];
  return verdicts.length > 0 ? verdicts.join(', ') : undefined;
}

/** Rates vary a little from second to second. */
const REACHED = 0.98;

/** A rate that was not asked for was not shown either. */
function throughputMet({ asked, answeredPerSecond }: ServiceLoad, { throughput }: Requirement): boolean | undefined {
  if (throughput === undefined) return undefined;
  if (answeredPerSecond >= throughput * REACHED) return true;
  return asked.ratePerSecond < throughput ? undefined : false;
}

function memoryMet({ memory }: ServiceLoad, { memory: limit }: Requirement): boolean | undefined {
  return limit === undefined || memory === undefined ? undefined : memory.max <= limit;
}

function throughputVerdict(load: ServiceLoad, requirement: Requirement): Statement {
  const { answeredPerSecond } = load;
  const { throughput } = requirement;
  if (throughput === undefined) return [];
  const target = declared(`${formatCount(throughput)} requests a second`);
  const isMet = throughputMet(load, requirement);
  if (isMet) return [prose('; meets '), target];
  if (isMet === undefined) return [prose('; whether it holds '), target, prose(' was not tried')];
  return [prose('; misses '), target, prose(` by ${formatCount(throughput - answeredPerSecond)} (${formatShare(1 - answeredPerSecond / throughput)})`)];
}

function memoryVerdict({ memory }: ServiceLoad, { memory: limit }: Requirement): Statement {
  if (limit === undefined || memory === undefined) return [];
  const target = declared(`${formatBytes(limit)} of memory`);
  return memory.max <= limit ? [prose('; meets '), target] : [prose('; misses '), target, prose(` by ${formatBytes(memory.max - limit)} at its most`)];
}
