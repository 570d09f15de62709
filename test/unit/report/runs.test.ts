import assert from 'node:assert/strict';
import type { Run } from '../../../src/core/evidence';
import { FailureError } from '../../../src/core/failures';
import { benchmarkResult } from '../../../src/evidence/benchmarks/result';
import { distributionChart, distributionsOf } from '../../../src/report/runs/distributions';
import { historiesOf } from '../../../src/report/runs/histories';
import { runList } from '../../../src/report/runs/list';
import { sampleRun } from '../evidence/sampleRun';

const idOf = (i: number): string => `20261122T${String(100000 + i)}-1a2b3c`;
const benchmarked = (i: number, samples: readonly number[], changes: Partial<Run> = {}): Run =>
  sampleRun(idOf(i), { kind: 'benchmark', functions: [], benchmarks: [benchmarkResult('list', samples)], ...changes });
const listOf = (runs: readonly Run[], hash?: string) =>
  runList({ runs, failures: [], machine: '0123456789ab', functionNow: () => (hash === undefined ? undefined : { hash, line: 7 }) });

describe('the list of runs', () => {
  it('says of each what it is of, the newest first, and whether it still holds', () => {
    const target = { file: 'src/orders.ts', functionName: 'listOrders', hash: 'then' };
    const runs = [benchmarked(1, [1, 2, 3]), sampleRun(idOf(2), { target, raw: 'raw/x/CPU.cpuprofile' })];
    const [newest, oldest] = listOf(runs, 'then').runs;
    assert.deepEqual([newest!.id, newest!.subject, newest!.file, newest!.line, newest!.freshness], [idOf(2), 'listOrders', 'src/orders.ts', 7, 'fresh']);
    assert.deepEqual([oldest!.subject, oldest!.file, oldest!.freshness, oldest!.sampleCount], ['a test', undefined, 'unknown', 3]);
    assert.equal(listOf(runs, 'now').runs[0]!.freshness, 'stale');
    assert.deepEqual([listOf(runs).runs[0]!.freshness, listOf(runs).runs[0]!.file], ['unknown', undefined]);
  });

  it('knows what can be drawn and exported of each', () => {
    const [failed, calls, profiled, timed] = listOf([
      benchmarked(1, [1, 2, 3]), sampleRun(idOf(2), { raw: 'raw/x/CPU.cpuprofile' }), sampleRun(idOf(3), { raw: 'raw/x/calls.json' }),
      benchmarked(4, [1, 2, 3], { status: 'failed', failure: { code: 'x', message: 'It broke.' } }),
    ]).runs;
    assert.deepEqual([timed!.hasSamples, timed!.hasCallStacks, timed!.exports], [true, false, ['csv']]);
    assert.deepEqual([profiled!.hasSamples, profiled!.hasCallStacks, profiled!.exports], [false, true, ['cpuprofile', 'speedscope', 'pprof', 'csv']]);
    assert.deepEqual([calls!.hasSamples, calls!.hasCallStacks, calls!.exports], [false, false, []]);
    assert.deepEqual([failed!.hasSamples, failed!.message], [false, 'It broke.']);
  });

  it('marks another machine, cuts what is too long, and says so', () => {
    const runs = Array.from({ length: 230 }, (_, i) => benchmarked(i, [1, 2, 3], i === 229 ? { machine: { ...sampleRun('').machine, fingerprint: 'other' } } : {}));
    const { runs: listed, earlier, histories } = listOf(runs);
    assert.deepEqual([listed.length, earlier, listed[0]!.isThisMachine, listed[1]!.isThisMachine], [200, 30, false, true]);
    assert.deepEqual([histories[0]!.points.length, histories[0]!.earlier], [40, 190]);
  });

  it('is safe to show, whatever a run is called', () => {
    const [{ subject, message } = { subject: '', message: '' }] = listOf([sampleRun(idOf(1), { driver: { ...sampleRun('').driver, label: '\u001b[31mred\u202e<b>' } })]).runs;
    assert.equal(subject, 'red<b>');
    assert.doesNotMatch(message, /\u001b|\u202e/);
  });
});

describe('the history of a benchmark', () => {
  it('has p50 and the quartiles of each run of the same benchmark in the same way', () => {
    const runs = [benchmarked(1, [4, 1, 2, 3]), benchmarked(2, [8, 8, 8, 8]), benchmarked(3, [9, 9, 9], { status: 'cancelled' }), benchmarked(4, [5, 5, 5], { driver: { ...sampleRun('').driver, label: 'other' } })];
    const histories = historiesOf(runs);
    assert.equal(histories.length, 1, 'one run is no history');
    assert.deepEqual(histories[0]!.points.map(({ runId, p50, low, high }) => [runId, p50, low, high]), [[idOf(1), 2, 1, 3], [idOf(2), 8, 8, 8]]);
  });

  it('takes the spread that a tool says where it keeps no samples', () => {
    const kept = { ...benchmarkResult('list', [2, 2, 2]), samples: [], p50: 2, spread: 0.5 };
    const [history] = historiesOf([benchmarked(1, [2, 2, 2]), benchmarked(2, [], { benchmarks: [kept] })]);
    assert.deepEqual([history!.points[1]!.low, history!.points[1]!.high], [1.5, 2.5]);
  });
});

describe('the distribution of a run', () => {
  it('keeps its shape and its figures where there are too many samples to draw', () => {
    const [drawn] = distributionsOf(benchmarked(1, Array.from({ length: 4999 }, (_, i) => 5000 - i)));
    assert.equal(drawn!.now.samples.length, 2000);
    assert.ok(drawn!.now.samples.every((sample, i, all) => i === 0 || sample >= all[i - 1]!));
    assert.deepEqual([drawn!.now.sampleCount, drawn!.now.p50, drawn!.now.max], [4999, 2501, 5000]);
  });

  it('is refused where there is none', () => {
    assert.throws(() => distributionChart(benchmarked(1, [1, 2])), (error) => error instanceof FailureError && error.failure.code === 'no-samples');
  });
});
