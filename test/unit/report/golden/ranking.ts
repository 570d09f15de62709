import { EMPTY_CONFIG } from '../../../../src/core/config';
import type { Run } from '../../../../src/core/evidence';
import type { ReportInput } from '../../../../src/report/build';
import { benchmarkRun, COLD, comparisonRun, finding, functionCost, growthRun, HOT, operation, run, traceRun, withTarget } from '../support';
import { at, input } from './input';

const range = at(3);
const calledFrom = (functionName: string, line: number) => [{ file: 'src/orders.ts', functionName, line, functionLine: 7, hash: 'h1' }];

function withTooFewSamples(compared: Run): Run {
  const benchmarks = compared.comparison!.benchmarks.map(({ name, before, after, unit }) => ({ name, before, after, unit, verdict: 'too-few-samples' as const, counts: [3, 3] as const }));
  return { ...compared, comparison: { ...compared.comparison!, benchmarks } };
}

const DRIVER = { kind: 'generated', argv: [], cwd: '' } as const;

/** Reports for the branches of the ranking: each finding is named after the rung of the ladder that it stands on. */
export const RANKING_INPUTS: Readonly<Record<string, ReportInput>> = {
  /** Estimates at a known scale, and those that wait for something outside of the process. */
  'known-scale': input({
    findings: [
      finding('queries-in-loop', { id: 'upfront-and-small', functionName: 'one', n: 1, basis: 'literal' }),
      finding('small-batches', { id: 'hot-and-large', functionName: 'two', heat: HOT, n: 100, basis: 'declared' }),
      finding('small-batches', { id: 'waits-noticeably', functionName: 'three', n: 2, basis: 'literal' }),
      finding('small-batches', { id: 'waits-long-at-an-assumed-scale', functionName: 'four' }),
      finding('awaits-in-a-row', { id: 'large-and-deferrable', functionName: 'five', n: 100, basis: 'declared' }),
      finding('list-lookup', { id: 'modest', functionName: 'six', n: 1000, basis: 'declared' }),
      finding('list-lookup', { id: 'cold-and-upfront', functionName: 'seven', heat: COLD }),
    ],
  }),

  /** Shares of one profile, from dominant to small, in hot and cold code, and where the share does not count the waiting. */
  'measured-shares': input({
    findings: [
      finding('list-lookup', { id: 'notable', functionName: 'notable' }),
      finding('list-lookup', { id: 'small', functionName: 'small' }),
      finding('list-lookup', { id: 'dominant-and-cold', functionName: 'coldDominant', heat: COLD }),
      finding('list-lookup', { id: 'small-and-cold', functionName: 'small', heat: COLD, range: at(80) }),
      finding('queries-in-loop', { id: 'dominant-and-outgrows', functionName: 'dominant', n: 1000, basis: 'declared' }),
      finding('queries-in-loop', { id: 'notable-and-outgrows', functionName: 'notable', n: 1000, basis: 'declared' }),
      finding('list-lookup', { id: 'five-items-in-a-busy-function', functionName: 'dominant', n: 5, basis: 'literal' }),
      finding('list-lookup', { id: 'only-possibly', functionName: 'dominant', confidence: 'possible', range: at(90) }),
      finding('list-lookup', { id: 'possibly-and-notable', functionName: 'notable', confidence: 'possible', range: at(95) }),
      finding('awaits-in-a-row', { id: 'waits-off-the-stack', functionName: 'waiting', heat: HOT }),
      finding('awaits-in-a-row', { id: 'waits-and-hardly-computes', functionName: 'idle', n: 100, basis: 'declared' }),
      finding('small-batches', { id: 'waits-more-than-it-computes', functionName: 'hardly', heat: HOT, n: 100, basis: 'declared' }),
      finding('list-lookup', { id: 'too-few-samples', functionName: 'unseen' }),
    ],
    runs: [
      run({
        functions: [
          functionCost(0.6, { functionName: 'dominant', selfShare: 0.3 }),
          functionCost(0.5, { functionName: 'coldDominant', selfShare: 0.3 }),
          functionCost(0.1, { functionName: 'notable', calls: 1 }),
          functionCost(0.02, { functionName: 'small' }),
          functionCost(0.3, { functionName: 'waiting', selfShare: 0.001 }),
          functionCost(0.02, { functionName: 'hardly', selfShare: 0.001 }),
          functionCost(0.002, { functionName: 'idle' }),
          functionCost(0.2, { functionName: '', selfShare: 0.2, file: 'src/start.ts' }),
        ],
      }),
      run({ id: '20261122T202100-000001', sampleCount: 50, driver: { kind: 'test', label: 'npm test', argv: [], cwd: '' }, functions: [functionCost(0.004, { functionName: 'unseen' })] }),
    ],
    functionOf: (_file, name) => ({ hash: 'h1', isAsync: ['waiting', 'idle', 'hardly'].includes(name) }),
  }),

  /** One path meets its target: what it spends there is worth less. Another is driven by a benchmark that names no code. */
  'targets-met': input({
    findings: [
      finding('list-lookup', { id: 'dominant-but-met', functionName: 'listOrders' }),
      finding('list-lookup', { id: 'notable-but-met', functionName: 'format' }),
      finding('list-lookup', { id: 'of-an-unnamed-benchmark', functionName: 'other', file: 'src/other.ts' }),
    ],
    runs: [
      run({ functions: [functionCost(0.5), functionCost(0.06, { functionName: 'format' })] }),
      benchmarkRun(80, { benchmarks: [
        { name: 'GET /orders', file: 'src/orders.ts', samples: [], sampleCount: 50, p50: 40, p95: 80, p99: 96, max: 160 },
        { name: 'GET /orders/:id', samples: [], sampleCount: 50, p50: 4, p95: 8, p99: 9, max: 16 },
      ] }),
    ],
    config: {
      ...EMPTY_CONFIG,
      requirements: [{ latency: { p95: 200 } }, { route: 'GET /orders', latency: { p95: 100 } }, { scope: 'src/other.ts', latency: {} }],
    },
  }),

  /** A trace decides: on a path that misses its target, with few operations, outside of a call, and of another resource. */
  'trace-decides': input({
    findings: [
      finding('queries-in-loop', { id: 'confirmed-and-missed', range: at(41) }),
      finding('queries-in-loop', { id: 'seen-only', range: at(50) }),
      finding('awaits-in-a-row', { id: 'requests', range: at(60) }),
      finding('awaits-in-a-row', { id: 'small-share', functionName: 'ping', range: at(70) }),
      finding('queries-in-loop', { id: 'edited-since', functionName: 'edited', range: at(90) }),
    ],
    runs: [
      traceRun([], {
        trace: {
          wallMs: 5000, resources: { database: 4600, network: 360, file: 0, serialisation: 0, gc: 0, application: 40, waiting: 0 },
          operations: [
            operation(1000, [41]),
            operation(2, [50], { subject: 'customers' }),
            operation(8, [60], { category: 'network', library: 'http', subject: undefined, shape: 'GET example.test', totalMs: 300 }),
            operation(6, [], { category: 'network', library: 'http', subject: 'GET /ping', totalMs: 60, callers: calledFrom('ping', 70) }),
            operation(9, [], { callers: calledFrom('edited', 90) }),
          ],
        },
      }),
      run({ functions: [functionCost(0.9), functionCost(0.4, { functionName: 'ping' })] }),
      benchmarkRun(480),
    ],
    config: withTarget(200),
    functionOf: (_file, name) => ({ hash: name === 'edited' ? 'edited' : 'h1', isAsync: true, nameRange: at(7) }),
  }),

  /** Growth of every kind, and results that were compared in every way. */
  'grown-and-compared': input({
    findings: [
      finding('list-lookup', { id: 'does-not-grow', functionName: 'flat', n: 1_000_000, basis: 'declared' }),
      finding('list-lookup', { id: 'grows-faster', functionName: 'worse' }),
      finding('list-lookup', { id: 'explodes', functionName: 'explodes' }),
    ],
    runs: [
      growthRun('20261122T204000-000001', 'flat', { model: 'constant', exponent: { value: 0, interval: [-0.02, 0.02], from: 8, to: 32_000 } }),
      growthRun('20261122T204100-000002', 'worse', { model: 'n^3', exponent: { value: 2.97, interval: [2.9, 3.04], from: 8, to: 512 }, projection: { n: 100, basis: 'asked', ms: 12 } }),
      growthRun('20261122T204200-000003', 'explodes', { model: 'exponential', base: 2.01, exponent: { value: 5, interval: [4, 5], from: 8, to: 20 } }),
      growthRun('20261122T204300-000004', 'sorts', { model: 'n log n', exponent: { value: 1.1, interval: [1.08, 1.12], from: 8, to: 32_000 }, projection: { n: 1e6, basis: 'declared', ms: 900, interval: [900, 900] } }),
      growthRun('20261122T204400-000005', 'searches', { model: 'log n', exponent: { value: 0.1, interval: [0.08, 0.12], from: 8, to: 32_000 } }),
      comparisonRun('20261122T205000-000001', { verdict: 'slower', ratio: 1.5, interval: [1.4, 1.6], p: 1e-7 }, { before: 20, after: 30, functionName: 'a', results: { outcome: 'rounding' } }),
      comparisonRun('20261122T205100-000002', { verdict: 'too-noisy', ratio: 1.1, interval: [0.4, 3], p: 0.5 }, { before: 20, after: 22, functionName: 'b', results: { outcome: 'different', where: '[0].total', before: '1', after: '2' } }),
      withTooFewSamples(comparisonRun('20261122T205300-000004', { verdict: 'faster', ratio: 0.5, interval: [0.4, 0.6], p: 0.1 }, { before: 20, after: 10, functionName: 'd' })),
      comparisonRun('20261122T205200-000003', { verdict: 'faster', ratio: 0.5, interval: [0.4, 0.6], p: 1e-7 }, { before: 20, after: 10, functionName: 'c', results: { outcome: 'not-comparable', why: 'it returns a stream' } }),
    ],
  }),

  /** The same targets from run to run: missed, missed, and met. */
  improving: input({
    runs: [['203000', 480], ['204000', 300], ['205000', 90]].map(([time, p95]) =>
      benchmarkRun(p95 as number, { id: `20261122T${time}-aaaaaa`, startedAt: `2026-11-22T20:${String(time).slice(2, 4)}:00.000Z` })),
    config: { ...withTarget(200), budgets: [{ benchmark: 'GET /orders', latency: { max: 700 } }] },
  }),

  /** What the advisor has proposed: one not validated, one for code that is gone. */
  advised: input({
    config: { ...EMPTY_CONFIG, scale: { tables: {}, collections: { orders: 10_000 } } },
    proposals: {
      list: ['listOrders', 'gone'].map((functionName, i) => ({
        version: 1, id: `proposal-0123456789a${i}`, createdAt: '2026-11-22T12:00:00.000Z', model: 'claude-opus-5-5',
        title: 'Orders listed again and again', file: 'src/orders.ts', functionName, functionHash: 'h1',
        resource: 'cpu', decision: 'upfront', why: 'Each request lists all orders.', technique: 'Keep the list.', tradeoffs: 'It may be late.',
        effortMinutes: 30, validation: 'benchmark', unit: 'comparisons', growth: { now: 'O(n^2)', after: 'O(n)' }, size: { kind: 'collection', name: 'orders' },
      })),
      lookup: (_file, name) => name === 'gone' ? undefined : {
        fact: { name, exportedAs: [], range, nameRange: range, hash: 'h1', isAsync: false, parameters: [], effects: [], calls: [] },
        heat: { heat: 'unknown', reason: 'no usage data' },
      },
    },
  }),

  /** Runs that came to no end: one cut short, one cancelled; and a service that was asked for less than is declared. */
  'cut-short': input({
    findings: [finding('list-lookup', { id: 'still-estimated' })],
    runs: [
      run({ status: 'failed', failure: { code: 'profile-truncated', message: 'The profile ends in the middle: the program was killed. Run it again.' }, functions: [] }),
      benchmarkRun(80, {
        id: '20261122T205900-00000e', kind: 'load', tool: { name: 'autocannon', version: '9.0.0' }, driver: { ...DRIVER, label: 'npm run start' },
        machine: { ...run().machine, cpus: 1 },
        load: {
          route: 'GET /orders', url: 'http://127.0.0.1:3000/orders', asked: { ratePerSecond: 50, seconds: 10, connections: 10 },
          answeredPerSecond: 50, answers: 500, errors: 0, refusals: 0, network: { received: 2 ** 20 },
        },
      }),
      traceRun([], { id: '20261122T205950-00000e', kind: 'memory', trace: undefined, memory: { peakBytes: 2 ** 26, allocated: [], retained: [] } }),
      traceRun([], { id: '20261122T205955-00000e', status: 'cancelled', trace: undefined }),
    ],
    config: { ...withTarget(200), requirements: [{ route: 'GET /orders', latency: { p95: 200 }, throughput: 100, memory: 2 ** 29 }, { route: 'GET /health', latency: {} }] },
  }),
};
