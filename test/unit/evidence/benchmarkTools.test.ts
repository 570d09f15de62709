import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureError } from '../../../src/core/failures';
import { parseLibrarySamples } from '../../../src/evidence/benchmarks/librarySamples';
import { benchmarkResult, mergeProcesses } from '../../../src/evidence/benchmarks/result';
import { parseAsv, parseHyperfine, parsePytestBenchmark } from '../../../src/evidence/benchmarks/toolResults';

/** What the tools wrote, shortened. */
const capture = (name: string): string => readFileSync(join(__dirname, 'captures', name), 'utf8');
const broken = (error: unknown) => (error as FailureError).failure.code === 'broken-benchmark' && (error as FailureError).failure.file === 'result.json';

describe('the results of benchmark tools', () => {
  it('of hyperfine are runs of commands, in seconds', () => {
    const results = parseHyperfine(capture('hyperfine-1.15.json'), 'result.json');
    assert.deepEqual(results.map(({ name, sampleCount }) => [name, sampleCount]), [['node -e 0', 5], ['node -p 1', 5]]);
    assert.ok(results.every(({ p50, max }) => p50 > 10 && p50 <= max && max < 5000));
  });

  it('of pytest-benchmark are rounds, in seconds', () => {
    const results = parsePytestBenchmark(capture('pytest-benchmark-5.3.json'), 'result.json');
    assert.deepEqual(results.map(({ name }) => name), ['test_bench.py::test_work[100]', 'test_bench.py::test_work[1000]']);
    assert.ok(results[0]!.p50 < results[1]!.p50 && results[1]!.p50 < 10, JSON.stringify(results));
    assert.equal(results[0]!.samples.length, results[0]!.sampleCount);
  });

  it('of asv are repeats for each combination of parameters, and no sizes', () => {
    const results = parseAsv(capture('asv-0.6.6.json'), 'result.json');
    assert.deepEqual(results.map(({ name }) => name), ['bench_sum.Sums.time_sum(100)', 'bench_sum.Sums.time_sum(1000)', 'bench_sum.time_plain']);
    assert.ok(results.every(({ p50, sampleCount }) => p50 > 0.001 && p50 < 10 && sampleCount >= 1));
    assert.ok(results[0]!.p50 < results[1]!.p50);
  });

  it('of libraries are their samples, with the tool and the file', () => {
    const text = JSON.stringify({ version: 1, benchmarks: [{ tool: 'tinybench', name: 'sum', file: 'file:///w/a.bench.mjs', samples: [1, 2, 3] }] });
    assert.deepEqual(parseLibrarySamples(text, 'result.json'), [{ tool: 'tinybench', result: benchmarkResult('sum', [1, 2, 3]), script: 'file:///w/a.bench.mjs' }]);
  });

  for (const parse of [parseHyperfine, parsePytestBenchmark, parseAsv, parseLibrarySamples]) {
    it(`that are cut off or of another shape are refused by ${parse.name}`, () => {
      assert.throws(() => parse('{"results": [', 'result.json'), broken);
      assert.throws(() => parse('{"results": [{}], "benchmarks": 3}', 'result.json'), broken);
    });
  }
});

describe('the figures of a benchmark', () => {
  it('are percentiles, throughput and spread of all samples', () => {
    const { p50, p95, max, throughput, spread } = benchmarkResult('a', [1, 2, 2, 2, 3, 4, 4, 4, 4, 14]);
    assert.deepEqual([p50, p95, max, throughput, spread], [3, 14, 14, 250, 2 / 3]);
  });

  it('keep some thousands of a million samples, spread over the whole run', () => {
    const { samples, sampleCount, max } = benchmarkResult('a', Array.from({ length: 1_000_000 }, (_, i) => i + 1));
    assert.deepEqual([samples.length, sampleCount, max], [5000, 1_000_000, 1_000_000]);
    assert.ok(samples[0]! < 200 && samples.at(-1)! > 999_800);
  });

  it('of several processes know which samples are whose', () => {
    const merged = mergeProcesses([[benchmarkResult('a', Array(9000).fill(1))], [benchmarkResult('a', [2, 2])]]);
    assert.deepEqual([merged[0]!.processes, merged[0]!.samples.length], [[2500, 2], 2502]);
  });
});
