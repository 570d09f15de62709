import assert from 'node:assert/strict';
import { HEAT_LEVELS } from '../../../src/editor/contributions/colors';
import { afterChange, functionText, labelOf, levelOf, withFunctions } from '../../../src/editor/heat/lines';

describe('the heat of lines', () => {
  it('has one level for each share', () => {
    const levels = [1, 0.25, 0.249, 0.1, 0.05, 0.01, 0.009, 0].map(levelOf);
    assert.deepEqual(levels, [0, 0, 1, 1, 2, 3, 4, 4]);
    assert.equal(Math.max(...levels), HEAT_LEVELS.length - 1);
  });

  it('fits into the column', () => {
    const labels = [1, 0.6214, 0.05, 0.001, undefined].map((selfShare) => labelOf({ line: 0, selfShare }));
    assert.deepEqual(labels, ['100 %', '62.1 %', '5 %', '<1 %', 'stale']);
  });

  it('tells of the innermost function around a line: its shares, its distribution and the run', () => {
    const shares = { selfShare: 0.2, totalShare: 0.6 };
    const timing = { run: { id: '20261122T201855-1a2b3c', startedAt: '', tool: 'node' }, p50: 2, p95: 3, p99: 4.5, max: 9, sampleCount: 1200 };
    const functions = [{ name: 'outer', first: 0, last: 20, ...shares, calls: 3000 }, { name: 'outer.inner', first: 5, last: 8, ...shares, timing }];
    const [none, outer, inner] = withFunctions({ lines: [30, 3, 6].map((line) => ({ line, selfShare: 0.1 })), functions });
    assert.equal(none!.of, undefined);
    assert.equal(functionText(outer!.of!), 'outer: 20 % itself, 60 % with what it calls, 3,000 calls. How long a call takes was not timed.');
    assert.equal(
      functionText(inner!.of!),
      'outer.inner: 20 % itself, 60 % with what it calls. A call takes p50 2 ms, p95 3 ms, p99 4.5 ms, max 9 ms (1,200 samples, node, run 20261122T201855-1a2b3c).',
    );
  });

  const marked = [2, 5, 9].map((line) => ({ line, selfShare: 0.5 }));
  const after = (startLine: number, endLine: number, newLines: number): number[] =>
    afterChange(marked, { startLine, endLine, newLines }).map(({ line }) => line);

  it('moves with lines that are added above', () => assert.deepEqual(after(3, 3, 3), [2, 7, 11]));
  it('moves with lines that are removed above', () => assert.deepEqual(after(3, 4, 1), [2, 4, 8]));
  it('stays where only the line itself is typed in', () => assert.deepEqual(after(5, 5, 1), [2, 5, 9]));
  it('goes with lines that are removed', () => assert.deepEqual(after(4, 6, 1), [2, 7]));
  it('is lost where the whole text is replaced', () => assert.deepEqual(after(0, 20, 20), []));
});
