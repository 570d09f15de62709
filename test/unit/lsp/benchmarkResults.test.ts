import assert from 'node:assert/strict';
import type { Run } from '../../../src/core/evidence';
import { benchmarkResult } from '../../../src/evidence/benchmarks/result';
import { newestRuns } from '../../../src/lsp/benchmarkRequests';
import { sampleRun } from '../evidence/sampleRun';

const samplesOf = (ms: number): number[] => Array.from({ length: 40 }, (_, i) => ms * (1 + (i % 5) / 100));
const run = (second: number, ms: number, changes: Partial<Run> = {}): Run =>
  sampleRun(`20261122T2018${second}-aaaaaa`, {
    kind: 'benchmark',
    driver: { kind: 'benchmark', label: 'a.bench.ts', argv: [], cwd: '', again: { language: 'typescript', runner: 'vitest', file: 'a.bench.ts' } },
    benchmarks: [benchmarkResult('list', samplesOf(ms))],
    functions: [],
    ...changes,
  });

describe('the newest results of benchmarks', () => {
  it('are those of the last completed run, without its samples, beside the run before it', () => {
    const [newest, ...others] = newestRuns([run(10, 5), run(20, 1), run(30, 2), run(40, 9, { status: 'failed' })]);
    assert.equal(others.length, 0);
    assert.equal(newest!.run.id, run(30, 2).id);
    const [list] = newest!.results;
    assert.equal(list!.p50, 2.04);
    assert.equal('samples' in list!, false);
    assert.match(list!.sinceLast!, /^slower: 2x the time \(/);
  });

  it('say nothing of a run before where there is none', () => {
    assert.equal(newestRuns([run(10, 5)])[0]!.results[0]!.sinceLast, undefined);
  });

  it('are not set against those of another machine', () => {
    const other = run(10, 1, { machine: { ...run(10, 1).machine, fingerprint: 'other' } });
    assert.equal(newestRuns([other, run(20, 2)])[0]!.results[0]!.sinceLast, 'the run before was made on another machine');
  });

  it('are kept apart by what ran, and are of benchmarks alone', () => {
    const script = run(20, 3, { driver: { ...run(20, 3).driver, again: { language: 'typescript', runner: 'package-script', file: 'package.json', script: 'bench' } } });
    const generated = run(30, 3, { driver: { ...run(30, 3).driver, kind: 'generated' } });
    const found = newestRuns([run(10, 5), script, generated, sampleRun('20261122T201850-aaaaaa')]);
    assert.deepEqual(found.map(({ file, script: name }) => [file, name]), [['a.bench.ts', undefined], ['package.json', 'bench']]);
  });
});
