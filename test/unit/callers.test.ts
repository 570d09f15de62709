import assert from 'node:assert/strict';
import { createDetector } from '../../src/detect/detector';

describe('the callers of a function', () => {
  it('are found through files, the nearest first, and once each', async () => {
    const detector = createDetector();
    await detector.update('src/db.ts', 'export function load(id: number) { return id; }');
    await detector.update('src/orders.ts', "import { load } from './db';\nexport function list() { return [1].map((id) => load(id)); }\nexport function again() { again(); list(); }");
    await detector.update('src/page.ts', "import { list, again } from './orders';\nexport function render() { list(); again(); }");
    assert.deepEqual(
      detector.callers('src/db.ts', 'load').map(({ file, functionName, distance }) => [file, functionName, distance]),
      [['src/orders.ts', 'list', 1], ['src/orders.ts', 'again', 2], ['src/page.ts', 'render', 2]],
    );
    await detector.update('src/page.ts', 'export function render() {}');
    assert.ok(!detector.callers('src/db.ts', 'load').some(({ file }) => file === 'src/page.ts'), 'an edit is seen');
    assert.deepEqual(detector.callers('src/db.ts', 'gone'), []);
  });
});
