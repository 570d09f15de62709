import assert from 'node:assert/strict';
import { HEAT_LEVELS } from '../../../src/editor/contributions/colors';
import { afterChange, labelOf, levelOf } from '../../../src/editor/heat/lines';

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

  const marked = [2, 5, 9].map((line) => ({ line, selfShare: 0.5 }));
  const after = (startLine: number, endLine: number, newLines: number): number[] =>
    afterChange(marked, { startLine, endLine, newLines }).map(({ line }) => line);

  it('moves with lines that are added above', () => assert.deepEqual(after(3, 3, 3), [2, 7, 11]));
  it('moves with lines that are removed above', () => assert.deepEqual(after(3, 4, 1), [2, 4, 8]));
  it('stays where only the line itself is typed in', () => assert.deepEqual(after(5, 5, 1), [2, 5, 9]));
  it('goes with lines that are removed', () => assert.deepEqual(after(4, 6, 1), [2, 7]));
  it('is lost where the whole text is replaced', () => assert.deepEqual(after(0, 20, 20), []));
});
