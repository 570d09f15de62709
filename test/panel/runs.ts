import type { Run } from '../../src/core/evidence';
import { benchmarkResult } from '../../src/evidence/benchmarks/result';
import { compareSamples } from '../../src/evidence/compare';
import { flameGraph } from '../../src/evidence/cpuProfile/flame';
import { Frames } from '../../src/evidence/cpuProfile/frames';
import { randomSource } from '../../src/evidence/random';
import type { ToPanel } from '../../src/panel/protocol';
import { distributionChart } from '../../src/report/runs/distributions';
import { flameChart } from '../../src/report/runs/flame';
import { runList } from '../../src/report/runs/list';
import type { Chart, RunList } from '../../src/report/runs/model';
import { profileOf } from '../unit/evidence/sampleProfile';
import { sampleRun } from '../unit/evidence/sampleRun';

const idOf = (hour: number): string => `20261122T${String(hour).padStart(2, '0')}0000-1a2b3c`;
const startedAt = (hour: number): string => `2026-11-22T${String(hour).padStart(2, '0')}:00:00.000Z`;

const MAIN = ['main', 'file:///w/src/main.ts', 0] as const;
const HANDLE = ['handle', 'file:///w/src/server.ts', 20] as const;
const LIST = ['listOrders', 'file:///w/src/orders.ts', 11] as const;
const PRICE = ['priceOf', 'file:///w/src/<b>prices</b>.ts', 4] as const;
const QUERY = ['query', 'file:///w/node_modules/pg/lib/client.js', 40] as const;
const PARSE = ['parse', 'node:internal/json', 7] as const;
const IDLE = ['(idle)', '', -1] as const;

const times = <T>(count: number, stack: T): T[] => Array.from({ length: count }, () => stack);
const PROFILE = profileOf([
  ...times(30, [...MAIN, ...HANDLE, ...LIST]), ...times(25, [...MAIN, ...HANDLE, ...LIST, ...QUERY]), ...times(20, [...MAIN, ...HANDLE, ...LIST, ...PRICE]),
  ...times(9, [...MAIN, ...HANDLE, ...PARSE]), ...times(5, [...MAIN]), ...times(1, [...MAIN, ...HANDLE]), ...times(10, [...IDLE]),
]);

/** Samples around a median in milliseconds, with a tail. */
function samplesAround(median: number, count = 400): number[] {
  const random = randomSource(Math.round(median * 100) + count);
  return Array.from({ length: count }, () => median * (0.85 + 0.3 * random()) + (random() < 0.06 ? median * random() : 0));
}

const PROFILED = sampleRun(idOf(12), {
  startedAt: startedAt(12), raw: `raw/${idOf(12)}/CPU.cpuprofile`, sampleCount: 90,
  target: { file: 'src/orders.ts', functionName: 'listOrders', hash: 'h1' },
  functions: [
    { file: 'src/orders.ts', functionName: 'listOrders', line: 11, hash: 'h1', selfShare: 30 / 90, totalShare: 75 / 90, selfMs: 30, totalMs: 75, samples: 75 },
    { file: 'node_modules/pg', functionName: '', line: 0, selfShare: 25 / 90, totalShare: 25 / 90 },
  ],
  caveats: ['CPU time of JavaScript: what the program waits for is not in the shares'],
});

const benchmarked = (hour: number, median: number, fingerprint = '0123456789ab'): Run => sampleRun(idOf(hour), {
  kind: 'benchmark', startedAt: startedAt(hour), functions: [], tool: { name: 'vitest', version: '5.1.1' },
  machine: { ...PROFILED.machine, fingerprint }, driver: { ...PROFILED.driver, kind: 'benchmark', label: 'orders.bench.ts' },
  benchmarks: [benchmarkResult('listOrders', samplesAround(median))],
});

const [BEFORE, AFTER] = [benchmarkResult('listOrders', samplesAround(8)), benchmarkResult('listOrders', samplesAround(5))];
const COMPARED = sampleRun(idOf(13), {
  kind: 'comparison', startedAt: startedAt(13), functions: [], benchmarks: [AFTER],
  target: { file: 'src/orders.ts', functionName: 'listOrders', hash: 'other' },
  comparison: {
    before: { label: 'commit 1a2b3c4' }, after: { label: 'as it is now' }, isInterleaved: true,
    benchmarks: [{ name: 'listOrders', before: BEFORE, after: AFTER, ...compareSamples(BEFORE, AFTER) }],
  },
});

const FAILED = sampleRun(idOf(14), { startedAt: startedAt(14), status: 'failed', functions: [], failure: { code: 'program-failed', message: '"npm test" ended with exit code 1.' } });

const RUNS = [benchmarked(8, 7), benchmarked(9, 7.4), benchmarked(10, 5, 'another'), benchmarked(11, 5.2, 'another'), PROFILED, COMPARED, FAILED];

export const list: RunList = runList({ runs: RUNS, failures: [], machine: '0123456789ab', functionNow: () => ({ hash: 'h1', line: 14 }) });

/** `listOrders` has moved by three lines; `main` has changed. */
export const flame: Chart = flameChart(PROFILED, flameGraph(PROFILE, new Frames(['/w'], [])), (file, line) => (file === 'src/main.ts' ? undefined : line + 3));
/** As of cProfile, which slows calls down. */
export const untimed: Chart = { ...flame, isTimed: false } as Chart;
export const histogram: Chart = distributionChart(benchmarked(11, 5.2));
export const beforeAndAfter: Chart = distributionChart(COMPARED);
export const PROFILED_ID = PROFILED.id;
export const COMPARED_ID = COMPARED.id;

export const runsMessage = (seq: number, runs: RunList | null = list): ToPanel => ({ type: 'runs', seq, runs });
export const chartMessage = (seq: number, chart: Chart | null): ToPanel => ({ type: 'chart', seq, chart });
