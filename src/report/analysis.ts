import type { PerformanceConfig, Percentile, Requirement } from '../core/config';
import type { Machine, Run } from '../core/evidence';
import { formatBytes, formatCount, formatDuration } from '../core/format';
import { bottleneckOf } from './bottleneck';
import { comparisonStatements } from './comparisons';
import type { EvidenceIndex, FunctionLookup } from './evidenceIndex';
import { growthStatement, newestGrowths } from './growth';
import type { Judged } from './judgement';
import { memoryStatements } from './memory';
import type { Analysis, Answer, Statement } from './model';
import { impossibleTargets, provenanceOf } from './provenance';
import { serviceStatements } from './service';
import { declared, measured, nameText, prose } from './statement';
import { compareText, newestBenchmarks, subjectOf, type TargetResult } from './targets';

export interface AnalysisInput {
  readonly runs: readonly Run[];
  readonly config: PerformanceConfig;
  readonly evidence: EvidenceIndex;
  readonly functionOf: FunctionLookup;
  /** In the order of the ranking. */
  readonly judged: readonly Judged[];
}

/** The four questions, each answered with its evidence or left open with the click that answers it. */
export function analyse(input: AnalysisInput): Analysis {
  return {
    currentPerformance: currentPerformance(input),
    bottleneck: bottleneckOf(input),
    scale: scaleRequirements(input),
    utilisation: utilisation(input.runs),
  };
}

const PERCENTILES: readonly Percentile[] = ['p50', 'p95', 'p99', 'max'];

function currentPerformance({ runs, config, evidence }: AnalysisInput): Answer {
  const benchmarks = newestBenchmarks(runs);
  const statements = benchmarks.flatMap(({ run, result }, i): Statement[] => [
    ...(benchmarks[i - 1]?.run === run ? [] : [[prose(circumstances(run))]]),
    [
      prose(`${nameText(result.name)}: `),
      measured(`${latencies(result)} over ${formatCount(result.sampleCount)} samples`, run.id),
      ...verdicts(evidence.targets.filter(target => target.run === run && target.benchmark === result)),
      prose('.'),
    ],
  ]);
  return {
    statements: [...statements, ...serviceStatements(runs, config), ...comparisonStatements(runs), ...provenanceOf(runs), ...failedRun(runs)],
    ...(statements.length === 0 && {
      open: {
        why: 'No benchmark has been run, so no latency is known.',
        action: { kind: 'runBenchmark', label: 'Run a benchmark' } as const,
      },
    }),
  };
}

const latencies = (values: Partial<Record<Percentile, number>>): string =>
  PERCENTILES.flatMap(percentile => {
    const value = values[percentile];
    return value === undefined ? [] : [`${percentile} ${formatDuration(value)}`];
  }).join(', ');

function verdicts(targets: readonly TargetResult[]): Statement {
  return [true, false].flatMap((missed): Statement => {
    const limits = targets.filter(target => target.missed === missed);
    return limits.flatMap(({ percentile, target, measured: value }, i): Statement => [
      prose(i > 0 ? ', ' : missed ? '; misses ' : '; meets '),
      declared(`${percentile} ${formatDuration(target)}`),
      ...(missed ? [prose(` by ${formatDuration(value - target)} (${formatCount(Number((value / target).toPrecision(2)))}x)`)] : []),
    ]);
  });
}

/** A run that failed after the last good one would otherwise leave old figures looking current. */
function failedRun(runs: readonly Run[]): readonly Statement[] {
  const newest = [...runs].sort((a, b) => compareText(b.id, a.id))[0];
  if (newest === undefined || newest.status === 'completed') return [];
  const why = newest.failure === undefined ? '.' : `: ${newest.failure.message}`;
  return [[prose(`The newest run (${nameText(newest.driver.label)}) ${newest.status === 'failed' ? 'failed' : 'was cancelled'}${why}`)]];
}

function scaleRequirements({ config, evidence, runs }: AnalysisInput): Answer {
  const { tables, collections } = config.scale;
  const sizes: Statement[] = [
    ...Object.entries(tables).map(([name, { rows, growthPerDay }]): Statement => [
      prose(`${nameText(name)}: `),
      declared(`${formatCount(rows)} rows${growthPerDay === undefined ? '' : `, growing by ${formatCount(growthPerDay)} a day`}`),
      prose('.'),
    ]),
    ...Object.entries(collections).map(([name, size]): Statement => [
      prose(`${nameText(name)}: `), declared(`${formatCount(size)} items`), prose('.'),
    ]),
  ];
  const targets = config.requirements.map(requirement => requirementStatement(requirement, evidence.targets));
  const missing = [
    ...(targets.length === 0 ? ['no target (latency, throughput, memory)'] : []),
    ...(sizes.length === 0 ? ['no scale (rows, items)'] : []),
  ];
  return {
    statements: [...targets, ...impossibleTargets(config), ...sizes, ...newestGrowths(runs).map(growthStatement)],
    ...(missing.length > 0 && {
      open: {
        why: `performance.json declares ${missing.join(' and ')}.`,
        action: { kind: 'openConfig', label: 'Open performance.json' } as const,
      },
    }),
  };
}

function requirementStatement(requirement: Requirement, results: readonly TargetResult[]): Statement {
  const { latency, throughput, memory } = requirement;
  const isMeasured = results.some(result => result.subject === subjectOf(requirement));
  const limits = [
    latencies(latency),
    throughput === undefined ? '' : `${formatCount(throughput)} requests a second`,
    memory === undefined ? '' : `${formatBytes(memory)} of memory`,
  ].filter(limit => limit !== '');
  return [
    prose(`${nameText(subjectOf(requirement))}: `),
    limits.length === 0 ? prose('no limits') : declared(limits.join(', ')),
    prose(isMeasured ? '.' : '; not measured yet.'),
  ];
}

/** What the path uses beside time: memory, the event loop, and the machine it had for itself or not. */
function utilisation(runs: readonly Run[]): Answer {
  const memory = memoryStatements(runs);
  const isMeasured = runs.some(run => run.status === 'completed' && run.memory !== undefined);
  const newest = [...runs]
    .filter(run => run.status === 'completed' && run.machine.loadAverage !== undefined)
    .sort((a, b) => compareText(b.id, a.id))[0];
  if (newest === undefined) {
    return {
      statements: memory,
      open: {
        why: 'Nothing was measured, so neither the load nor the memory of the machine is known.',
        action: { kind: 'runBenchmark', label: 'Run a benchmark' },
      },
    };
  }
  return {
    statements: [...memory, [
      prose('Load of the machine when the newest run began: '),
      measured(formatCount(newest.machine.loadAverage!), newest.id),
      prose(` on ${processors(newest.machine)}.`),
    ]],
    ...(!isMeasured && { open: { why: 'Memory, disk and network use of the path were not measured. Watch its process while it is driven.' } }),
  };
}

const processors = ({ cpus }: Machine): string => `${formatCount(cpus)} ${cpus === 1 ? 'processor' : 'processors'}`;

/** What a run drove, when, by what and on what. */
function circumstances({ startedAt, driver, tool, machine }: Run): string {
  const when = `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC`;
  return `${nameText(driver.label)} (${when}, ${tool.name} ${tool.version}, ${machine.cpuModel} with ${processors(machine)}):`;
}
