import { EMPTY_CONFIG } from '../../../../src/core/config';
import { failures } from '../../../../src/core/failures';
import type { ReportInput } from '../../../../src/report/build';
import { proofRun, provedSearch, refutedIndex } from '../sampleProof';
import { SHOP } from '../sampleWorkspace';
import { benchmarkRun, COLD, finding, functionCost, HOT, NOTHING_KNOWN, RULES, run, unchanged, withTarget } from '../support';

const input = (overrides: Partial<ReportInput>): ReportInput => ({
  findings: [],
  rules: RULES,
  runs: [],
  config: EMPTY_CONFIG,
  functionOf: unchanged,
  failures: [],
  workspaceName: 'orders',
  now: new Date('2026-11-22T20:30:00Z'),
  canProve: () => false,
  workspace: NOTHING_KNOWN,
  ...overrides,
});

const at = (line: number) => ({ start: { line, character: 4 }, end: { line, character: 20 } });

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
    runs: [run({ functions: [functionCost(0.5), functionCost(0.1, { functionName: 'match' })] }), benchmarkRun(80)],
    config: {
      ...withTarget(200),
      requirements: [{ route: 'GET /orders', scope: 'src/**', latency: { p95: 200, p99: 900 }, throughput: 100, memory: 2 ** 29 }],
      scale: { tables: { orders: { rows: 200_000_000, growthPerDay: 1_000_000 }, events: { rows: 5_000_000_000 }, users: { rows: 10_000 } }, collections: {} },
    },
    workspace: SHOP,
    growthOf: ({ id }) => (id === 'fitted' ? { run: run({ id: '20261122T203000-9d9d9d' }), exponent: 1.98 } : undefined),
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
};
