import assert from 'node:assert/strict';
import type { Machine, Run } from '../../../src/core/evidence';
import { FailureError } from '../../../src/core/failures';
import { benchmarkResult } from '../../../src/evidence/benchmarks/result';
import { compareRuns } from '../../../src/evidence/compareRuns';
import { sampleRun } from './sampleRun';

const samples = (center: number, count = 40) => Array.from({ length: count }, (_, i) => center + (i % 7) * 0.1);
const timed = (id: string, results: Readonly<Record<string, number>>, changes: Partial<Run> = {}): Run =>
  sampleRun(id, { kind: 'benchmark', benchmarks: Object.entries(results).map(([name, ms]) => benchmarkResult(name, samples(ms))), ...changes });
const machine = (changes: Partial<Machine>): Machine => ({ ...sampleRun('x').machine, ...changes });
const hasCode = (code: string) => (error: unknown) => error instanceof FailureError && error.failure.code === code;

describe('a comparison of two runs', () => {
  it('is of the benchmarks they share, and names the others', () => {
    const { benchmarks, caveats } = compareRuns(timed('1', { list: 100, find: 5 }), timed('2', { list: 50, search: 9 }));
    assert.deepEqual(benchmarks.map(({ name, verdict }) => [name, verdict]), [['list', 'faster']]);
    assert.ok(caveats.includes('only in the run before: find'));
    assert.ok(caveats.includes('only in the run after: search'));
    assert.ok(caveats.some((caveat) => caveat.startsWith('one process on a side')));
  });

  it('refuses runs of different machines, or marks them when asked to', () => {
    const [here, there] = [timed('1', { list: 100 }), timed('2', { list: 50 }, { machine: machine({ fingerprint: 'another', cpuModel: 'a faster one' }) })];
    assert.throws(() => compareRuns(here, there), hasCode('different-machines'));
    assert.match(compareRuns(here, there, true).caveats.join(), /different machines: a processor with 2 processors \(run 1\) before, a faster one with 2/);
  });

  it('says what else was different', () => {
    const after = timed('2', { list: 99 }, {
      tool: { name: 'node', version: '24.1.0' },
      driver: { kind: 'benchmark', label: 'another', argv: [], cwd: '' },
      machine: machine({ loadAverage: 3, power: { source: 'battery', governor: 'powersave' } }),
    });
    assert.deepEqual(compareRuns(timed('1', { list: 100 }), after).caveats.slice(0, 5), [
      'different tools: node --cpu-prof 20.20.2 before, node 24.1.0 after',
      'different ways to drive it: a test before, another after',
      'different power supply: not known before, battery after',
      'different processor governor: not known before, powersave after',
      'the machine was busy when run 2 began (load 3 on 2 processors)',
    ]);
  });

  it('refuses runs that have nothing to compare', () => {
    assert.throws(() => compareRuns(timed('1', { list: 1 }), timed('2', { find: 1 })), hasCode('nothing-to-compare'));
    assert.throws(() => compareRuns(timed('1', { list: 1 }), timed('2', { list: 1 }, { status: 'failed' })), hasCode('run-has-no-figures'));
  });
});
