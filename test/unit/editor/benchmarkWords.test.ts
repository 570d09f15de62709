import assert from 'node:assert/strict';
import { distributionText, lastText, resultLines, rowsOf } from '../../../src/editor/benchmarks/words';
import type { NewestResult, NewestRun } from '../../../src/lsp/protocol';

const NOW = new Date('2026-11-22T20:30:00.000Z');
const result = (name: string, sinceLast?: string): NewestResult => ({ name, sampleCount: 1200, p50: 2, p95: 3, p99: 4.5, max: 9, throughput: 480, spread: 0.12, sinceLast });
const newest = (...results: readonly NewestResult[]): NewestRun => ({
  file: 'a.bench.ts', runner: 'vitest', results, caveats: ['a caveat'], run: { id: '20261122T201855-aaaaaa', startedAt: '2026-11-22T20:18:55.000Z', tool: 'vitest' },
});

describe('the rows of a benchmark file', () => {
  const declared = [{ name: 'list', line: 3 }, { name: 'sort', line: 7 }];

  it('are its declared benchmarks before it has run', () => {
    assert.deepEqual(rowsOf({ declared }, undefined).map(({ name, line, result: found }) => [name, line, found]), [['list', 3, undefined], ['sort', 7, undefined]]);
  });

  it('carry their results, and are followed by those that only the run knows', () => {
    const rows = rowsOf({ declared }, newest(result('suite > list'), result('of 100')));
    assert.deepEqual(rows.map(({ name, line, result: found }) => [name, line, found?.name]), [['list', 3, 'suite > list'], ['sort', 7, undefined], ['of 100', undefined, 'of 100']]);
  });
});

describe('what is said of a result', () => {
  it('is its distribution with the verdict against the run before', () => {
    assert.equal(distributionText(result('list')), 'p50 2 ms, p95 3 ms, p99 4.5 ms, 1,200 samples');
    assert.equal(distributionText(result('list', 'slower: 2x the time (1.9 to 2.1 at 95 %)')), 'p50 2 ms, p95 3 ms, p99 4.5 ms, 1,200 samples; slower: 2x the time (1.9 to 2.1 at 95 %)');
  });

  it('is in the output with all its figures, its caveats and its run', () => {
    const lines = resultLines(result('list'), newest(), NOW);
    assert.equal(lines[0], 'list');
    assert.ok(lines.includes('  against the run before: there is none'));
    assert.ok(lines.includes('  480 a second, spread 12 %'));
    assert.ok(lines.includes('  a caveat'));
    assert.match(lines.at(-1)!, /^ {2}run .*\(vitest\), kept as 20261122T201855-aaaaaa$/);
  });

  it('is on the lens with its age, once it has run', () => {
    assert.match(lastText(result('list'), newest(), NOW)!, /^last p50 2 ms, p95 3 ms · run (?:22 Nov 2026 )?\d\d:\d\d \(vitest\)$/);
    assert.equal(lastText(undefined, newest(), NOW), undefined);
  });
});
