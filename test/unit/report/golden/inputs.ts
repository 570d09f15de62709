import { EMPTY_CONFIG } from '../../../../src/core/config';
import { failures } from '../../../../src/core/failures';
import type { ReportInput } from '../../../../src/report/build';
import { proofRun, provedSearch, refutedIndex } from '../sampleProof';
import { benchmarkRun, COLD, finding, functionCost, HOT, RULES, run, unchanged, withTarget } from '../support';

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
