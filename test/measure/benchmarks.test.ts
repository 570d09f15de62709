import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Run } from '../../src/core/evidence';
import { listBenchmarks, measure, planBenchmark } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';
import { npmPackages, pythonPackages } from './installed';

const LIBRARIES = { tinybench: '6.2.5', mitata: '1.0.34', benchmark: '2.1.4' };
const PYTHON_TOOLS = { pytest: '9.2.0', 'pytest-benchmark': '5.3.1', asv: '0.6.6' };
/** Takes some microseconds, and cannot be left out. */
const SUM = 'let sum = 0; for (let i = 0; i < 5000; i++) sum += Math.sqrt(i); if (sum < 0) throw new Error();';

describe('benchmarks as they are', function () {
  this.timeout(120_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  async function run(files: Readonly<Record<string, string>>, modules?: string, environment: NodeJS.ProcessEnv = {}): Promise<Run> {
    workspace = temporaryWorkspace({ 'package.json': '{"type": "module"}', ...files });
    if (modules) symlinkSync(modules, join(workspace.workspace, 'node_modules'), 'junction');
    const [choice] = listBenchmarks(workspace);
    assert.ok(choice, 'it is found');
    const plan = await planBenchmark(choice, { workspace, store: workspace.store, node: process.execPath, environment: { ...process.env, ...environment } });
    let output = '';
    const result = await measure({ ...plan, env: { ...environment as Record<string, string>, ...plan.env } }, workspace.store, () => undefined, { timeoutMs: 100_000, onOutput: (text) => (output += text) });
    assert.equal(result.failure, undefined, output);
    return result;
  }

  /** Each has the one shape: percentiles that rise, raw samples, throughput and spread. */
  function assertDistributions({ benchmarks }: Run, names: readonly string[], { fewest = 8, definedIn }: { fewest?: number; definedIn?: string } = {}): void {
    assert.deepEqual(benchmarks.map(({ name }) => name), names);
    for (const benchmark of benchmarks) {
      const { p50, p95, p99, max, samples, sampleCount, throughput, spread } = benchmark;
      assert.ok(p50 > 0 && p50 <= p95 && p95 <= p99 && p99 <= max, JSON.stringify({ ...benchmark, samples: 0 }));
      assert.ok(sampleCount >= fewest && samples.length === Math.min(sampleCount, 5000) && throughput! > 0 && spread! >= 0);
      if (definedIn) assert.equal(benchmark.definedIn, definedIn);
    }
  }

  for (const version of ['4.1.12', '5.1.1']) {
    it(`Vitest ${version}`, async () => {
      const four = `import { bench } from 'vitest';\nbench('sum', () => { ${SUM} }, { time: 40, warmupTime: 10 });\nbench('twice', () => { ${SUM} ${SUM.replaceAll('sum', 'other')} }, { time: 40, warmupTime: 10 });\n`;
      const five = `import { test } from 'vitest';\ntest('sums', async ({ bench }) => {\n  await bench('sum', { time: 40, warmupTime: 10 }, () => { ${SUM} }).run();\n  await bench('twice', { time: 40, warmupTime: 10 }, () => { ${SUM} ${SUM.replaceAll('sum', 'other')} }).run();\n});\n`;
      const result = await run({ 'sum.bench.ts': version.startsWith('4') ? four : five }, npmPackages({ vitest: version }));
      assertDistributions(result, ['sum', 'twice'], { definedIn: 'sum.bench.ts' });
      assert.equal(result.tool.name, 'vitest');
    });
  }

  it('tinybench', async () => {
    const source = `import { Bench } from 'tinybench';\nconst bench = new Bench({ time: 40 });\nbench.add('sum', () => { ${SUM} });\nawait bench.run();\n`;
    assertDistributions(await run({ 'sum.bench.mjs': source }, npmPackages(LIBRARIES)), ['sum'], { definedIn: 'sum.bench.mjs' });
  });

  it('mitata', async () => {
    const result = await run({ 'sum.bench.mjs': `import { bench, run } from 'mitata';\nbench('sum', () => { ${SUM} });\nawait run();\n` }, npmPackages(LIBRARIES));
    assertDistributions(result, ['sum']);
    assert.match(result.caveats.join(), /batches/);
  });

  it('Benchmark.js', async () => {
    const source = `const Benchmark = require('benchmark');\nnew Benchmark.Suite().add('sum', () => { ${SUM} }, { maxTime: 0.3 }).run();\n`;
    const result = await run({ 'sum.bench.cjs': source }, npmPackages(LIBRARIES));
    assertDistributions(result, ['sum'], { fewest: 3 });
    assert.match(result.caveats.join(), /mean of each cycle/);
  });

  it('node:test: one sample from each of several processes', async () => {
    const source = `import { describe, it } from 'node:test';\ndescribe('sums', () => {\n  it('once', () => { ${SUM} });\n  it.skip('never', () => {});\n});\n`;
    const result = await run({ 'sum.bench.mjs': source });
    assertDistributions(result, ['sums > once'], { fewest: 10 });
    assert.equal(result.benchmarks[0]!.processes?.length, 10);
  });

  it('a package script, whose libraries are met in its processes', async () => {
    const manifest = '{"type": "module", "scripts": {"bench": "node all.mjs"}}';
    const source = `import { Bench } from 'tinybench';\nconst bench = new Bench({ time: 30 });\nbench.add('sum', () => { ${SUM} });\nawait bench.run();\n`;
    assertDistributions(await run({ 'package.json': manifest, 'all.mjs': source }, npmPackages(LIBRARIES)), ['sum'], { definedIn: 'all.mjs' });
  });

  // The stand-in for hyperfine, which npm does not have, is a shell script that writes what it writes.
  const itOnPosix = process.platform === 'win32' ? () => undefined : it;
  itOnPosix('hyperfine in a package script', async () => {
    const bin = temporaryWorkspace({ hyperfine: '#!/bin/sh\nwhile [ "$1" != "--export-json" ]; do shift; done\necho \'{"results": [{"command": "node -e 0", "times": [0.04, 0.05, 0.041]}]}\' > "$2"\n' });
    chmodSync(join(bin.workspace, 'hyperfine'), 0o755);
    try {
      const result = await run({ 'package.json': '{"scripts": {"bench": "hyperfine \'node -e 0\'"}}' }, undefined, { PATH: `${bin.workspace}${delimiter}${process.env.PATH}` });
      assert.deepEqual(result.benchmarks.map(({ name, p50, max }) => [name, p50, max]), [['node -e 0', 41, 50]]);
    } finally {
      bin.remove();
    }
  });

  it('pytest-benchmark', async () => {
    const source = 'def test_sum(benchmark):\n    benchmark.pedantic(lambda: sum(i * i for i in range(2000)), rounds=20)\n\n\ndef test_other():\n    assert True\n';
    const result = await run({ 'tests/test_speed.py': source }, undefined, { PYTHONPATH: pythonPackages(PYTHON_TOOLS) });
    assertDistributions(result, ['test_speed.py::test_sum'], { fewest: 20, definedIn: 'tests/test_speed.py' });
  });

  it('asv, with the results of the project left alone', async () => {
    const python = pythonPackages(PYTHON_TOOLS);
    const parameters = 'class Sums:\n    params = [100, 2000]\n    repeat = 5\n    number = 20\n    warmup_time = 0\n\n    def time_sum(self, n):\n        sum(range(n))\n';
    const files = { 'asv.conf.json': '{"version": 1, "project": "p", "repo": ".", // here\n "benchmark_dir": "speed",}', 'speed/__init__.py': '', 'speed/sums.py': parameters };
    workspace = temporaryWorkspace(files);
    const git = (...argv: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...argv], { cwd: workspace.workspace });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'a state');
    const [choice] = listBenchmarks(workspace);
    const plan = await planBenchmark(choice!, { workspace, store: workspace.store, environment: { ...process.env, PYTHONPATH: python } });
    let output = '';
    const result = await measure(plan, workspace.store, () => undefined, { timeoutMs: 100_000, onOutput: (text) => (output += text) });
    assert.equal(result.failure, undefined, output);
    assertDistributions(result, ['sums.Sums.time_sum(100)', 'sums.Sums.time_sum(2000)'], { fewest: 5 });
    assert.equal(execFileSync('git', ['status', '--porcelain'], { cwd: workspace.workspace, encoding: 'utf8' }), '');
  });
});
