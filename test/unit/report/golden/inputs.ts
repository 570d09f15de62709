import { EMPTY_CONFIG } from '../../../../src/core/config';
import { failures } from '../../../../src/core/failures';
import type { ReportInput } from '../../../../src/report/build';
import { proofRun, provedSearch, refutedIndex } from '../sampleProof';
import { SHOP } from '../sampleWorkspace';
import {
  benchmarkRun, COLD, comparisonRun, countsRun, finding, functionCost, growthRun, HOT, NOTHING_KNOWN, operation, run, traceRun, withTarget,
} from '../support';
import { at, input } from './input';
import { RANKING_INPUTS } from './ranking';

/** What each golden report is made from; `<name>.md` beside this file is the report. */
export const INPUTS: Readonly<Record<string, ReportInput>> = {
  /** Nothing is known: every question is open, and each says what would answer it. */
  'nothing-known': input({}),

  /** Estimates only: every rung of the ladder for what nobody has measured. */
  estimates: input({
    findings: [
      finding('queries-in-loop', {
        id: 'declared', n: 1000, basis: 'declared',
        message: 'Each order loads its customer: 1,001 queries at 1,000 orders. Load them together.',
      }),
      finding('queries-in-loop', { id: 'assumed', file: 'src/customers.ts', functionName: 'listCustomers' }),
      finding('list-lookup', { id: 'cpu', functionName: 'match', range: at(30) }),
      finding('list-lookup', { id: 'cpu-2', functionName: 'matchAll', range: at(44) }),
      finding('list-lookup', { id: 'hot', functionName: 'render', file: 'src/page.ts', heat: HOT }),
      finding('awaits-in-a-row', { id: 'cold', functionName: 'migrate', file: 'scripts/migrate.ts', heat: COLD }),
      finding('awaits-in-a-row', { id: 'few', functionName: 'ping', file: 'src/health.ts', n: 1, basis: 'literal' }),
      finding('file-at-once', { id: 'top-level', functionName: '', file: 'src/boot.ts', range: at(0) }),
    ],
    config: {
      ...EMPTY_CONFIG,
      scale: { tables: { orders: { rows: 1_000_000, growthPerDay: 5000 } }, collections: { 'cart.items': 40 } },
    },
  }),

  /** The slow endpoint: profiled, benchmarked, its target missed; and what the same profile says to leave alone. */
  'slow-endpoint': input({
    findings: [
      finding('queries-in-loop', {
        id: 'n-plus-one', n: 1000, basis: 'declared', heat: HOT,
        fixes: [{ title: 'Load all customers with one query', kind: 'suggestion', edits: [], caveat: 'The order of the rows may change.' }],
      }),
      finding('list-lookup', { id: 'same-function', range: at(14), heat: HOT }),
      finding('list-lookup', { id: 'same-function-again', range: at(19), heat: HOT }),
      finding('list-lookup', { id: 'negligible', functionName: 'format', heat: HOT }),
      finding('queries-in-loop', { id: 'edited', functionName: 'search', n: 5000, basis: 'declared' }),
      finding('queries-in-loop', { id: 'waiting', functionName: 'refresh', file: 'src/jobs.ts' }),
    ],
    runs: [
      run({
        functions: [
          functionCost(0.96, { selfShare: 0.9 }),
          functionCost(0.004, { functionName: 'format' }),
          functionCost(0.02, { functionName: 'search' }),
          functionCost(0.03, { functionName: 'refresh', file: 'src/jobs.ts', selfShare: 0.01, calls: 12 }),
        ],
        caveats: ['The sampler took one sample each millisecond.'],
      }),
      benchmarkRun(480),
      run({
        id: '20261122T202500-7a8b9c', status: 'failed', functions: [],
        failure: { code: 'driver-failed', message: 'npm run bench ended with exit code 1. Run it by itself and correct it.' },
      }),
    ],
    config: {
      ...withTarget(200),
      requirements: [{ route: 'GET /orders', scope: 'src/orders.ts', latency: { p95: 200, p99: 500 }, throughput: 100, memory: 2 ** 29 }],
    },
    functionOf: (file, name) => ({ hash: name === 'search' ? 'edited' : 'h1', isAsync: file === 'src/jobs.ts' }),
  }),

  /** A change that was measured again for its recommendation, and one that made no difference. */
  'measured-again': input({
    findings: [finding('list-lookup', { id: 'improved' }), finding('queries-in-loop', { id: 'other', functionName: 'search' })],
    runs: [
      comparisonRun('20261122T203000-000001', { verdict: 'faster', ratio: 0.0438, interval: [0.041, 0.0462], p: 1e-7 }, {
        before: 480, after: 21, results: { outcome: 'equal' }, validates: { findingId: 'improved', rule: 'list-lookup' },
      }),
      comparisonRun('20261122T203100-000002', { verdict: 'no-difference', ratio: 0.998, interval: [0.96, 1.03], p: 0.8 }, { before: 30, after: 29.9, functionName: 'search' }),
    ],
  }),

  /** Growth that bears a rule out, with what it means at the declared scale, and growth that corrects one. */
  growth: input({
    findings: [
      finding('list-lookup', { id: 'confirmed', functionName: 'match', n: 1_000_000, basis: 'declared' }),
      finding('list-lookup', { id: 'corrected', functionName: 'pick', n: 1_000_000, basis: 'declared' }),
      finding('list-lookup', { id: 'edited', functionName: 'edited', n: 1_000_000, basis: 'declared' }),
    ],
    runs: [
      growthRun('20261122T204000-000001', 'match', {
        model: 'n^2', exponent: { value: 1.98, interval: [1.93, 2.03], from: 1000, to: 32_000 },
        projection: { n: 1_000_000, basis: 'declared', name: 'orders', ms: 3_000_000, interval: [2_500_000, 3_500_000] },
      }),
      growthRun('20261122T204100-000002', 'pick', { model: 'n', alternatives: ['n log n'], exponent: { value: 1.02, interval: [0.97, 1.07], from: 1000, to: 32_000 } }),
      growthRun('20261122T204200-000003', 'edited', { model: 'exponential', base: 2.01, exponent: { value: 5, interval: [4, 5], from: 8, to: 20 } }),
    ],
    functionOf: (_file, name) => ({ hash: name === 'edited' ? 'edited' : 'h1', isAsync: false }),
  }),

  /** An N+1 that a trace confirms, one that it refutes, and a list that was counted and is short. */
  traced: input({
    findings: [
      finding('queries-in-loop', { id: 'confirmed', range: at(41), confidence: 'possible' }),
      finding('queries-in-loop', { id: 'refuted', functionName: 'batched', range: at(60) }),
      finding('list-lookup', { id: 'short-list', functionName: 'pick', range: at(70), collections: ['known'] }),
    ],
    runs: [
      traceRun([], {
        id: '20261122T204900-00000d', kind: 'memory', trace: undefined,
        memory: {
          calls: 2, peakBytes: 300 * 2 ** 20, allocatedBytes: 24 * 2 ** 20, retainedBytes: 2 ** 20,
          allocated: [{ file: 'src/orders.ts', functionName: 'render', line: 3, selfBytes: 20 * 2 ** 20, totalBytes: 20 * 2 ** 20 }],
          retained: [{ file: 'src/orders.ts', functionName: 'remember', line: 9, selfBytes: 2 ** 19, totalBytes: 2 ** 19 }],
        },
      }),
      traceRun([
        operation(1000, [20, 41]),
        operation(1, [40], { subject: 'orders', shape: 'SELECT * FROM orders', totalMs: 20 }),
      ]),
      traceRun([operation(1, [60], { callers: [] })], { id: '20261122T205200-00000c', driver: { kind: 'generated', label: 'A driver for batched', argv: [], cwd: '' } }),
      countsRun(500, [], {
        driver: { kind: 'generated', label: 'A driver for batched', argv: [], cwd: '' },
        counts: {
          calls: 1,
          functions: [{ file: 'src/orders.ts', functionName: 'batched', line: 50, hash: 'h1', calls: 1 }],
          blocks: [{ file: 'src/orders.ts', start: { line: 50, character: 0 }, end: { line: 64, character: 0 }, count: 500 }],
          sizes: [{ file: 'src/orders.ts', functionName: 'pick', hash: 'h1', at: { line: 70, character: 4 }, expression: 'known', count: 1000, p50: 12, largest: 40 }],
        },
      }),
    ],
  }),

  /** A service under load: its latencies, its rate and its memory against what is declared. */
  'under-load': input({
    runs: [
      benchmarkRun(250, {
        id: '20261122T205900-00000e', kind: 'load', tool: { name: 'autocannon', version: '9.0.0' },
        driver: { kind: 'script', label: 'npm run start', argv: [], cwd: '' },
        load: {
          route: 'GET /orders', url: 'http://127.0.0.1:3000/orders', asked: { ratePerSecond: 100, seconds: 10, connections: 10 },
          answeredPerSecond: 61.2, answers: 612, errors: 0, refusals: 3, cpu: { p50: 0.93, max: 1.02 }, memory: { p50: 200 * 2 ** 20, max: 700 * 2 ** 20 },
          disk: { read: 0, written: 4096 }, network: { received: 2 ** 20 },
        },
        caveats: ['driven on this machine, which the service had to share with its load'],
      }),
    ],
    config: {
      ...withTarget(200),
      requirements: [{ route: 'GET /orders', latency: { p95: 200 }, throughput: 100, memory: 2 ** 29 }],
    },
  }),

  /** What people have decided, and a path that meets its target. */
  decided: input({
    findings: [
      finding('list-lookup', { id: 'raised', heat: COLD }),
      finding('awaits-in-a-row', { id: 'off', functionName: 'silent' }),
      finding('queries-in-loop', { id: 'met', range: at(20) }),
      finding('file-at-once', { id: 'possible', confidence: 'possible', heat: HOT, n: 2 ** 30, basis: 'declared' }),
      { ...finding('list-lookup'), id: 'expired', rule: 'expired-suppression', message: 'The suppression of list-lookup ended on 2026-11-01. Correct the code or renew it.' },
    ],
    runs: [run({ functions: [functionCost(0.5)] }), benchmarkRun(80)],
    config: {
      ...withTarget(200),
      rules: { 'list-lookup': 'high', 'awaits-in-a-row': 'off' },
      budgets: [{ benchmark: 'GET /orders', latency: { max: 100 } }],
    },
    workspace: { ...NOTHING_KNOWN, linters: [{ tool: 'oxlint', file: 'web/.oxlintrc.json', isOn: () => true }, { tool: 'ruff', file: 'ruff.toml', isOn: () => true }] },
  }),

  /** What a planner said: one recommendation proved in two ways, one refuted and so withdrawn, one not asked about yet. */
  proved: input({
    findings: [
      finding('queries-in-loop', { id: 'searched', functionName: 'searchProducts', n: 1_000_000, basis: 'declared', confidence: 'possible' }),
      finding('queries-in-loop', { id: 'refuted', functionName: 'byStatus', n: 1_000_000, basis: 'declared', range: at(40) }),
      finding('queries-in-loop', { id: 'not-asked', functionName: 'byDay', file: 'src/days.ts', n: 1_000_000, basis: 'declared' }),
    ],
    runs: [proofRun(provedSearch('searched')), proofRun(refutedIndex('refuted'), '20261122T203000-0f0f0f')],
    config: { ...EMPTY_CONFIG, scale: { tables: { products: { rows: 1_000_000 } }, collections: {} } },
    canProve: () => true,
  }),

  /** Declared to grow: what stops fitting and when, what ties users to one process, which tables and domains could be split. */
  growing: input({
    findings: [
      finding('queries-in-loop', { id: 'met', heat: HOT, n: 1000, basis: 'declared', of: 'orders' }),
      finding('list-lookup', { id: 'fitted', functionName: 'match', n: 1000, basis: 'declared', range: at(60) }),
      finding('file-at-once', { id: 'memory', functionName: 'importAll', n: 2 ** 27, basis: 'declared' }),
      finding('file-at-once', { id: 'past-memory', functionName: 'importOld', n: 2 ** 30, basis: 'declared' }),
      finding('awaits-in-a-row', { id: 'unmeasured', functionName: 'notify', file: 'src/mail.ts' }),
      finding('in-process-state', { id: 'sessions', file: 'src/session.ts', functionName: '', range: at(3), message: 'sessions keeps users in the memory of this process.' }),
    ],
    runs: [
      run({ functions: [functionCost(0.5), functionCost(0.1, { functionName: 'match' })] }),
      benchmarkRun(80),
      growthRun('20261122T203000-9d9d9d', 'match', { model: 'n^2', exponent: { value: 1.98, interval: [1.93, 2.03], from: 1000, to: 32_000 } }),
    ],
    config: {
      ...withTarget(200),
      requirements: [{ route: 'GET /orders', scope: 'src/**', latency: { p95: 200, p99: 900 }, throughput: 100, memory: 2 ** 29 }],
      scale: { tables: { orders: { rows: 200_000_000, growthPerDay: 1_000_000 }, events: { rows: 5_000_000_000 }, users: { rows: 10_000 } }, collections: {} },
    },
    workspace: SHOP,
  }),

  /** A service that does not know how slow it is: a mean on its dashboard, no timing in its handlers. */
  unobserved: input({
    findings: [
      finding('mean-latency', { id: 'mean', file: 'reports/daily.sql', language: 'sql', functionName: '', message: 'AVG(duration_ms) sums durations up in a mean. Report p50, p95 and p99 instead.' }),
      finding('unmeasured-handler', { id: 'handler', file: 'src/app.py', language: 'python', functionName: '', message: 'Nothing in this project measures the requests of this FastAPI application.' }),
    ],
    config: withTarget(200),
    workspace: { ...NOTHING_KNOWN, packages: new Set(['fastapi', 'opentelemetry-api']) },
  }),

  /** Evidence that does not fit together: another machine, another commit, a deleted file, runs that contradict each other, targets that nobody can meet. */
  doubtful: input({
    findings: [
      finding('queries-in-loop', { id: 'fast-here', heat: HOT }),
    ],
    runs: [
      run({ commit: '0123456789abcdef0123', functions: [functionCost(0.9), functionCost(0.05, { file: 'src/deleted.ts', functionName: 'gone' })] }),
      run({
        id: '20261122T201900-222222', driver: { kind: 'test', label: 'npm test', argv: [], cwd: '.' }, commit: 'fedcba98765432100000',
        machine: { ...run().machine, cpuModel: 'Other \u202ECPU', fingerprint: 'def' }, functions: [functionCost(0.001)],
      }),
      benchmarkRun(80),
      benchmarkRun(800, { id: '20261122T202100-333333', driver: { kind: 'test', label: 'npm test', argv: [], cwd: '.' }, machine: { ...run().machine, fingerprint: 'def' } }),
    ],
    config: { ...withTarget(200), requirements: [{ route: 'GET /orders', scope: 'src/**', latency: { p50: 0, p95: 200, p99: 100 } }] },
    functionOf: (file) => (file === 'src/deleted.ts' ? undefined : { hash: 'h1', isAsync: false }),
  }),

  /** Names and code that try to be Markdown, HTML, terminal sequences or another writing direction. */
  hostile: input({
    workspaceName: '<img src=x onerror=alert(1)> *bold*',
    findings: [
      finding('queries-in-loop', {
        id: 'markup', heat: HOT,
        file: 'src/`tick`/<b>&amp;.ts',
        functionName: '[click](javascript:alert(1)) | _x_',
        message: '# <script>alert(1)</script> ![x](http://example.test/x.png) `code` **bold**',
      }),
      finding('queries-in-loop', {
        id: 'control', functionName: '\u001b[31mred\u001b[0m\u0007 \u202Egnp.exe \u{1F680} مرحبا', message: '1. first\n- second\n\n## third',
      }),
      finding('list-lookup', { id: 'long', functionName: 'a'.repeat(10_000), message: '\u{1F600}'.repeat(5000) }),
    ],
    runs: [
      run({
        driver: { kind: 'script', label: 'node "<i>.js" | cat', argv: ['node', '<i>.js'], cwd: '.' },
        functions: [functionCost(0.5, { functionName: '<anonymous> *', file: 'src/`tick`/<b>&amp;.ts' })],
      }),
    ],
    failures: [
      failures.binaryFile('src/\u001b[2J<u>binary</u>.ts'),
      failures.parseFailed('src/*.sql', new Error('unexpected `|` near <here>')),
    ],
  }),

  ...RANKING_INPUTS,
};
