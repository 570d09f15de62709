import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnalysisCache } from '../../../src/detect/analysisCache';
import { createDetector, type Detector } from '../../../src/detect/detector';
import { readInto } from '../../../src/detect/reading';

const LOOP = `import { Pool } from 'pg';
const pool = new Pool();
export async function list(orders: { id: number }[]) {
  for (const order of orders) await pool.query('SELECT sku FROM items WHERE order_id = $1', [order.id]);
}
`;

describe('the analyses of the last time', () => {
  let root: string;
  let folder: string;
  const path = (file: string): string => join(root, file);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'performance-cache-'));
    folder = join(root, 'caches');
    writeFileSync(path('a.ts'), LOOP);
    writeFileSync(path('b.ts'), 'export const b = 1;\n');
    writeFileSync(path('c.ts'), '// @generated\nexport const c = 1;\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Scans the three files as a program of this build, and names those that were parsed. */
  async function scan(build = 'one'): Promise<{ parsed: string[]; detector: Detector }> {
    const cache = await AnalysisCache.open(folder, root, build);
    const detector = createDetector();
    const parsed: string[] = [];
    const update = detector.update.bind(detector);
    detector.update = (file, text) => (parsed.push(file), update(file, text));
    for (const file of ['a.ts', 'b.ts', 'c.ts']) await readInto(detector, root, file, cache);
    await cache.save();
    return { parsed, detector };
  }

  it('spare the parsing of what has not changed, and say the same of it', async () => {
    const cold = await scan();
    assert.deepEqual(cold.parsed, ['a.ts', 'b.ts']);
    const warm = await scan();
    assert.deepEqual(warm.parsed, []);
    assert.deepEqual(JSON.parse(JSON.stringify(warm.detector.check())), JSON.parse(JSON.stringify(cold.detector.check())));
    assert.equal(warm.detector.has('c.ts'), false);
  });

  it('hold a Python file with SQL in a string, of which no more than its place is kept', async () => {
    const query = '"SELECT id FROM orders WHERE total = 1"';
    const text = `import sqlite3\n\ndef load(db):\n    return db.execute(${query})\n`;
    writeFileSync(path('d.py'), text);
    const cache = await AnalysisCache.open(folder, root, 'one');
    const detector = createDetector();
    await readInto(detector, root, 'd.py', cache);
    await cache.save();
    assert.deepEqual(detector.sqlStrings('d.py'), [{ start: text.indexOf(query), end: text.indexOf(query) + query.length }]);
    const { size, mtimeMs: modified } = statSync(path('d.py'));
    assert.notEqual((await AnalysisCache.open(folder, root, 'one')).get('d.py', { size, modified }), undefined);
  });

  it('are not used for a file that has changed, though it has the same size', async () => {
    await scan();
    writeFileSync(path('b.ts'), 'export const b = 2;\n');
    utimesSync(path('b.ts'), new Date(), new Date(Date.now() + 5000));
    assert.deepEqual((await scan()).parsed, ['b.ts']);
  });

  it('are used for a file that was written again with the same text', async () => {
    await scan();
    utimesSync(path('a.ts'), new Date(), new Date(Date.now() + 5000));
    assert.deepEqual((await scan()).parsed, []);
  });

  it('are not used by another build, nor where they cannot be read', async () => {
    await scan();
    assert.deepEqual((await scan('two')).parsed, ['a.ts', 'b.ts']);
    const [name] = readdirSync(folder);
    writeFileSync(join(folder, name!), readFileSync(join(folder, name!), 'utf8').slice(0, -20));
    assert.deepEqual((await scan('two')).parsed, ['a.ts', 'b.ts']);
  });

  it('forget a file that is gone', async () => {
    await scan();
    const cache = await AnalysisCache.open(folder, root, 'one');
    await readInto(createDetector(), root, 'a.ts', cache);
    await cache.save();
    const [name] = readdirSync(folder);
    const entries = readFileSync(join(folder, name!), 'utf8').trimEnd().split('\n').slice(1);
    assert.deepEqual(entries.map((line) => (JSON.parse(line) as [string])[0]), ['a.ts']);
  });

  it('leave nothing half-written behind where the disk refuses', async function () {
    if (process.getuid?.() === 0) {
      // Root may write anywhere, so the folder is a file here.
      writeFileSync(folder, '');
    } else {
      chmodSync(root, 0o500);
    }
    const cache = await AnalysisCache.open(folder, root, 'one');
    await readInto(createDetector(), root, 'a.ts', cache);
    await assert.rejects(cache.save());
    chmodSync(root, 0o700);
    assert.deepEqual(readdirSync(root).filter((name) => name.includes(`${process.pid}`)), []);
  });
});
