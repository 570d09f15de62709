import * as assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../../src/core/config';
import type { BenchmarkResult } from '../../../src/core/evidence';
import { indexEvidence } from '../../../src/report/evidenceIndex';
import { measuredTargets, newestBenchmarks } from '../../../src/report/targets';
import { benchmarkRun, finding, functionCost, run, unchanged, withTarget } from './support';

const named = (name: string, overrides: Partial<BenchmarkResult> = {}): BenchmarkResult => ({
  name, samples: [], sampleCount: 10, p50: 10, p95: 300, p99: 400, max: 500, ...overrides,
});

describe('targets', () => {
  const config = withTarget(200);

  for (const name of ['GET /orders', 'get /orders, warm', 'http GET /orders (1,000 rows)']) {
    it(`"${name}" measures GET /orders`, () => {
      assert.deepEqual(measuredTargets([benchmarkRun(1, { benchmarks: [named(name)] })], config).map(({ missed }) => missed), [true]);
    });
  }

  for (const name of ['GET /orders/:id', 'GET /orders-old', 'GET /ordersearch', 'FORGET /orders', 'orders']) {
    it(`"${name}" does not`, () => assert.deepEqual(measuredTargets([benchmarkRun(1, { benchmarks: [named(name)] })], config), []));
  }

  it('without a route are measured by benchmarks of code in their scope', () => {
    const scoped = { ...EMPTY_CONFIG, requirements: [{ scope: 'src/api/**', latency: { p50: 20, p99: 100 } }] };
    const benchmarks = [named('a', { file: 'src/api/a.ts' }), named('b', { file: 'src/b.ts' }), named('c')];
    assert.deepEqual(
      measuredTargets([benchmarkRun(1, { benchmarks })], scoped).map(({ benchmark, percentile, missed }) => [benchmark.name, percentile, missed]),
      [['a', 'p50', false], ['a', 'p99', true]],
    );
  });

  it('of a budget are measured by the benchmark of that name alone', () => {
    const budget = { ...EMPTY_CONFIG, budgets: [{ benchmark: 'a', latency: { max: 100 } }] };
    const runs = [benchmarkRun(1, { benchmarks: [named('a'), named('ab')] })];
    assert.deepEqual(measuredTargets(runs, budget).map(({ subject, missed }) => [subject, missed]), [['a', true]]);
  });

  it('keep the same benchmark of two drivers apart, and of one driver take the newest run', () => {
    const python = { kind: 'benchmark', label: 'bench.py', argv: [], cwd: '.' } as const;
    const runs = [
      benchmarkRun(1, { id: '3', driver: { ...python, argv: ['other output file'] } }),
      benchmarkRun(2, { id: '1' }),
      benchmarkRun(3, { id: '2', driver: python }),
      benchmarkRun(4, { id: '4', status: 'failed' }),
    ];
    assert.deepEqual(newestBenchmarks(runs).map(measured => measured.run.id), ['1', '3']);
  });
});

describe('a missed target concerns', () => {
  const config = withTarget(200);
  const outcome = (benchmark: BenchmarkResult, profiled: readonly string[], functionName: string): string | undefined => {
    const profile = run({ functions: profiled.map(name => functionCost(0.5, { functionName: name })) });
    const evidence = indexEvidence([profile, benchmarkRun(1, { driver: { kind: 'test', label: 'b', argv: [], cwd: '.' }, benchmarks: [benchmark] })], config, unchanged);
    return evidence.targetOf(finding('list-lookup', { functionName }))?.outcome;
  };
  const benchmark = named('GET /orders', { file: 'src/orders.ts', functionName: 'listOrders' });

  it('the function that the benchmark calls', () => assert.equal(outcome(benchmark, [], 'listOrders'), 'missed'));
  it('what a profile has seen on the same path', () => assert.equal(outcome(benchmark, ['listOrders', 'itemsOf'], 'itemsOf'), 'missed'));
  it('no other function of the file', () => assert.equal(outcome(benchmark, ['itemsOf'], 'itemsOf'), undefined));
  it('the whole file, where only that is known', () => assert.equal(outcome({ ...benchmark, functionName: undefined }, [], 'itemsOf'), 'missed'));
  it('the scope of its requirement, where nothing is known', () => assert.equal(outcome(named('GET /orders'), [], 'itemsOf'), 'missed'));
});
