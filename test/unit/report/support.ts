import { EMPTY_CONFIG, type PerformanceConfig } from '../../../src/core/config';
import type { Compared, ResultComparison, SideBySide } from '../../../src/core/comparison';
import type { BenchmarkResult, FunctionCost, Machine, Run } from '../../../src/core/evidence';
import type { SizeCount } from '../../../src/core/counts';
import type { TracedOperation } from '../../../src/core/trace';
import type { Growth } from '../../../src/core/growth';
import type { Finding } from '../../../src/core/finding';
import type { AdvisedRule, Cost } from '../../../src/core/rule';
import type { WorkspaceFacts } from '../../../src/report/build';
import type { FunctionLookup } from '../../../src/report/evidenceIndex';

/** Rules of the tests' own, so that a better sentence in the catalogue changes no golden report. */
const database: AdvisedRule = {
  id: 'queries-in-loop',
  title: 'One query per item',
  family: 'database',
  resource: 'database',
  decision: 'upfront',
  languages: ['typescript', 'python'],
  fix: 'suggestion',
  complexity: { now: 'O(n) queries', after: 'O(1) queries' },
  cost: {
    unit: 'queries',
    variable: 'orders',
    assumedSize: 100,
    now: n => n + 1,
    after: () => 2,
    millisecondsPerUnit: 1,
  },
  why: 'Each item waits for a round trip of its own.',
  technique: 'Load the rows of all items with one query and look them up in a map.',
  tradeoffs: 'All rows are in memory at once.',
  effortMinutes: 30,
  validation: 'query count',
  conflicts: [
    { view: 'quick hack', agrees: true, text: 'A map of rows is written in minutes.' },
    { view: 'simplicity', text: 'A query beside its use is easier to read.' },
  ],
  whenNot: 'The loop has a handful of items.',
  examples: {},
  links: [],
};

const algorithm: AdvisedRule = {
  ...database,
  id: 'list-lookup',
  title: 'List searched in a loop',
  family: 'algorithm',
  resource: 'cpu',
  complexity: { now: 'O(n^2)', after: 'O(n)' },
  cost: { unit: 'comparisons', variable: 'items', assumedSize: 1000, now: n => n * n, after: n => n, millisecondsPerUnit: 1e-5 },
  technique: 'Put the items into a set before the loop.',
  tradeoffs: 'The set takes memory beside the list.',
  effortMinutes: 5,
  validation: 'benchmark',
  conflicts: [
    { view: 'linter', tool: 'eslint', rule: 'prefer-set', agrees: true, text: 'It asks for a set.' },
    { view: 'linter', tool: 'eslint', rule: 'prefer-list', text: 'It asks for a list.' },
    { view: 'linter', tool: 'ruff', rule: 'XY123', text: 'It asks for a tuple.' },
  ],
};

const waiting: AdvisedRule = {
  ...database,
  id: 'awaits-in-a-row',
  title: 'Waits in a row',
  family: 'I/O',
  resource: 'network',
  decision: 'deferrable',
  complexity: { now: 'O(n) waits', after: 'O(n / 8) waits' },
  cost: {
    unit: 'round trips', variable: 'requests', assumedSize: 20, now: n => n, after: n => Math.ceil(n / 8), millisecondsPerUnit: 20,
  },
  technique: 'Start them together under a limit.',
  tradeoffs: 'More load on the other side at once.',
  effortMinutes: 15,
  validation: 'load',
  conflicts: [],
};

const memory: AdvisedRule = {
  ...database,
  id: 'file-at-once',
  title: 'File read at once',
  family: 'streaming',
  resource: 'memory',
  complexity: { now: 'O(n) memory', after: 'O(1) memory' },
  cost: {
    unit: 'bytes in memory', variable: 'bytes in the file', assumedSize: 1 << 20, now: n => 2 * n, after: () => 1 << 16,
    millisecondsPerUnit: 1e-6,
  },
  technique: 'Stream it.',
  tradeoffs: 'Errors come in the middle.',
  effortMinutes: 20,
  validation: 'heap',
  conflicts: [],
};

/** A rule of the catalogue's own id: the report knows that it ties users to one process. */
const processState: AdvisedRule = {
  ...memory,
  id: 'in-process-state',
  title: 'State of users kept in one process',
  family: 'scalability',
  complexity: { now: 'one process', after: 'any number of processes' },
  cost: { unit: 'bytes in memory', variable: 'users with state', assumedSize: 10_000, now: n => n * 512, after: () => 0, millisecondsPerUnit: 1e-6 },
  technique: 'Keep it in a shared store.',
  tradeoffs: 'Each access becomes a round trip.',
  effortMinutes: 120,
  conflicts: [{ view: 'architecture', agrees: true, text: 'A process without state can be replaced.' }],
  validation: 'load',
};

/** Upfront, and of the same complexity class before and after: a constant factor only. */
const batching: AdvisedRule = { ...waiting, id: 'small-batches', title: 'Requests in small batches', decision: 'upfront', technique: 'Send larger batches.' };

/** Two more that the report knows by their ids: what a service measures of itself. */
const mean: AdvisedRule = {
  ...algorithm, id: 'mean-latency', title: 'Latency reported as a mean', family: 'observability', complexity: { now: 'O(n)', after: 'O(n log n)' },
  cost: { unit: 'comparisons', variable: 'durations', assumedSize: 1000, now: n => n, after: n => n * Math.ceil(Math.log2(n)), millisecondsPerUnit: 1e-5 },
  technique: 'Report percentiles.', tradeoffs: 'Percentiles need the samples.', conflicts: [], validation: 'load',
};

const unmeasured: AdvisedRule = {
  ...waiting, id: 'unmeasured-handler', title: 'Requests that nobody measures', family: 'observability', complexity: { now: 'unknown', after: 'measured' },
  cost: { unit: 'calls', variable: 'applications', assumedSize: 1, now: n => n, after: n => n, millisecondsPerUnit: 0 },
  technique: 'Record the duration of every request.', tradeoffs: 'The figures have to be stored.',
};

export const RULES: ReadonlyMap<string, AdvisedRule> = new Map(
  [database, algorithm, waiting, batching, memory, processState, mean, unmeasured].map(meta => [meta.id, meta]),
);

/** A finding of one of RULES at n, with whatever the test cares about. */
export function finding(rule: string, overrides: Partial<Finding> & { n?: number; basis?: Cost['basis']; of?: string } = {}): Finding {
  const meta = RULES.get(rule)!;
  const { n = meta.cost.assumedSize, basis = 'assumed', of, ...rest } = overrides;
  return {
    id: `${rule}-1`,
    rule,
    file: 'src/orders.ts',
    language: 'typescript',
    range: { start: { line: 9, character: 4 }, end: { line: 9, character: 20 } },
    functionName: 'listOrders',
    message: 'Something is done once per item.',
    hint: '',
    cost: { unit: meta.cost.unit, variable: meta.cost.variable, n, basis, ...(of && { of }), now: meta.cost.now(n), after: meta.cost.after(n) },
    confidence: 'certain',
    heat: { heat: 'unknown', reason: '' },
    related: [],
    fixes: [],
    ...rest,
  };
}

export const HOT = { heat: 'hot', reason: 'route handler' } as const;
export const COLD = { heat: 'cold', reason: 'script' } as const;

const MACHINE: Machine = {
  platform: 'linux', arch: 'x64', cpuModel: 'Test CPU', cpus: 2, memoryBytes: 8 * 2 ** 30, loadAverage: 0.4, fingerprint: 'abc',
};

/** A completed CPU profile with whatever the test cares about. */
export function run(overrides: Partial<Run> = {}): Run {
  return {
    version: 1,
    id: '20261122T201855-1a2b3c',
    kind: 'cpu-profile',
    tool: { name: 'node', version: '20.19.0' },
    startedAt: '2026-11-22T20:18:55.000Z',
    durationMs: 5000,
    machine: MACHINE,
    driver: { kind: 'script', label: 'npm run bench', argv: ['node', 'bench.js'], cwd: '.' },
    status: 'completed',
    sampleCount: 1240,
    functions: [],
    lines: [],
    benchmarks: [],
    caveats: [],
    ...overrides,
  };
}

export function functionCost(totalShare: number, overrides: Partial<FunctionCost> = {}): FunctionCost {
  return {
    file: 'src/orders.ts', functionName: 'listOrders', line: 7, hash: 'h1', selfShare: totalShare, totalShare, samples: 10, ...overrides,
  };
}

export function benchmarkRun(p95: number, overrides: Partial<Run> = {}): Run {
  return run({
    id: '20261122T202000-4d5e6f',
    kind: 'benchmark',
    tool: { name: 'benchmark', version: '1' },
    benchmarks: [
      { name: 'GET /orders', file: 'src/orders.ts', samples: [], sampleCount: 50, p50: p95 / 2, p95, p99: p95 * 1.2, max: p95 * 2 },
    ],
    ...overrides,
  });
}

export const withTarget = (p95: number): PerformanceConfig => ({
  ...EMPTY_CONFIG,
  requirements: [{ route: 'GET /orders', scope: 'src/**', latency: { p95 } }],
});

/** Every function is as it was measured, and blocks while it waits. */
export const unchanged: FunctionLookup = () => ({ hash: 'h1', isAsync: false });

/** A workspace whose code says nothing beside its findings. */
export const NOTHING_KNOWN: WorkspaceFacts = { facts: [], schema: { tables: [], table: () => undefined, view: () => undefined, mayLackIndexes: false }, linters: [], packages: new Set(), queries: () => [], relations: () => [] };

interface Sides {
  readonly before: number;
  readonly after: number;
  readonly functionName?: string;
  readonly results?: ResultComparison;
  readonly validates?: SideBySide['validates'];
}

/** A function of src/orders.ts as an earlier run measured it against itself now. Times in milliseconds. */
export function comparisonRun(id: string, verdict: Omit<Compared, 'unit' | 'counts'>, sides: Sides): Run {
  const { functionName = 'list', results, validates } = sides;
  const result = (p50: number): BenchmarkResult => ({ name: functionName, samples: [], sampleCount: 200, p50, p95: p50 * 1.1, p99: p50 * 1.2, max: p50 * 1.3 });
  const [before, after] = [result(sides.before), result(sides.after)];
  return run({
    id,
    kind: 'comparison',
    driver: { kind: 'generated', label: `A driver for ${functionName}`, argv: [], cwd: '' },
    target: { file: 'src/orders.ts', functionName, hash: 'h1' },
    functions: [],
    benchmarks: [after],
    comparison: {
      before: { label: 'as run 20261122T201855-1a2b3c measured it' },
      after: { label: 'as it is now' },
      isInterleaved: true,
      benchmarks: [{ name: functionName, before, after, ...verdict, unit: 'process', counts: [20, 20] }],
      ...(results && { results }),
      ...(validates && { validates }),
    },
  });
}

/** What was found of the growth of a function of src/orders.ts. */
export function growthRun(id: string, functionName: string, growth: Pick<Growth, 'model' | 'exponent'> & Partial<Growth>): Run {
  return run({
    id,
    kind: 'growth',
    driver: { kind: 'generated', label: `A driver for ${functionName}`, argv: [], cwd: '' },
    target: { file: 'src/orders.ts', functionName, hash: 'h1' },
    growth: { points: [], alternatives: [], stoppedBy: 'time', ...growth },
  });
}

/** A query of `listOrders` from the given lines (innermost first), as many times. */
export function operation(count: number, lines: readonly number[], overrides: Partial<TracedOperation> = {}): TracedOperation {
  const callers = lines.map((line) => ({ file: 'src/orders.ts', functionName: 'listOrders', line, functionLine: 7, hash: 'h1' }));
  const totalMs = count * 4.6;
  return { category: 'database', library: 'pg', shape: 'SELECT * FROM items WHERE order_id = ?', subject: 'items', callers, count, totalMs, p95Ms: 6, maxMs: 9, ...overrides };
}

/** A trace of five seconds and one call. */
export function traceRun(operations: readonly TracedOperation[], overrides: Partial<Run> = {}): Run {
  const database = operations.filter(({ category }) => category === 'database').reduce((sum, { totalMs }) => sum + totalMs, 0);
  return run({
    id: '20261122T205000-00000a',
    kind: 'trace',
    tool: { name: 'trace', version: '20.19.0' },
    driver: { kind: 'generated', label: 'A driver for listOrders', argv: [], cwd: '' },
    trace: { wallMs: 5000, calls: 1, resources: { database, network: 0, file: 0, serialisation: 50, gc: 20, application: 4930 - database, waiting: 0 }, eventLoopDelay: { p50: 1, p99: 80, max: 110 }, operations },
    ...overrides,
  });
}

/** Counts of one call, in which the lines from 8 to 30 of `listOrders` ran so often. */
export function countsRun(hits: number, sizes: readonly SizeCount[] = [], overrides: Partial<Run> = {}): Run {
  return traceRun([], {
    id: '20261122T205100-00000b',
    kind: 'counts',
    trace: undefined,
    counts: {
      calls: 1,
      functions: [{ file: 'src/orders.ts', functionName: 'listOrders', line: 7, hash: 'h1', calls: 1 }],
      blocks: [{ file: 'src/orders.ts', start: { line: 8, character: 0 }, end: { line: 30, character: 0 }, count: hits }],
      sizes,
    },
    ...overrides,
  });
}
