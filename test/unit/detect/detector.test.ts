import assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../../src/core/config';
import { createDetector, type Detector } from '../../../src/detect/detector';

const LOOP = `import { Pool } from 'pg';
const pool = new Pool();
export async function list(orders: { id: number }[]) {
  for (const order of orders) {
    await pool.query('SELECT sku FROM items WHERE order_id = $1', [order.id]);
  }
}
`;

async function detectorOf(files: Record<string, string>, today = '2026-11-22'): Promise<Detector> {
  const detector = createDetector({ today: () => new Date(`${today}T12:00:00Z`) });
  for (const [file, text] of Object.entries(files)) await detector.update(file, text);
  return detector;
}

const rulesIn = (detector: Detector, file?: string): string[] => detector.check(file).findings.map(({ rule }) => rule).sort();

describe('the detector', () => {
  it('keeps ids across edits elsewhere in the file', async () => {
    const detector = await detectorOf({ 'src/a.ts': LOOP });
    const before = detector.check().findings.map(({ id }) => id);
    assert.equal(before.length, 1);
    await detector.update('src/a.ts', `// A new line.\nconst more = 1;\n${LOOP.replace('await pool', '\tawait   pool')}`);
    assert.deepEqual(detector.check().findings.map(({ id }) => id), before);
  });

  it('tells equal expressions of one function apart', async () => {
    const twice = LOOP.replace(/( {4}await pool.*\n)/, '$1$1');
    const ids = (await detectorOf({ 'src/a.ts': twice })).check().findings.map(({ id }) => id);
    assert.equal(ids.length, 2);
    assert.notEqual(ids[0], ids[1]);
  });

  it('finds a query through functions of other files and shows the way', async () => {
    const detector = await detectorOf({
      'src/items.ts': `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function itemsOf(id: number) {\n  return pool.query('SELECT sku FROM items WHERE order_id = $1', [id]);\n}\n`,
      'src/service.ts': `import { itemsOf } from './items';\nexport const load = (id: number) => itemsOf(id);\n`,
      'src/list.ts': `import { load } from './service.js';\nexport async function list(orders: { id: number }[]) {\n  for (const order of orders) await load(order.id);\n}\n`,
    });
    const [finding, ...more] = detector.check('src/list.ts').findings;
    assert.equal(more.length, 0);
    assert.equal(finding!.rule, 'n-plus-one-query');
    assert.deepEqual(finding!.related.map(({ file, range }) => [file, range.start.line]), [['src/service.ts', 1], ['src/items.ts', 3]]);
  });

  it('follows a Python module that was imported from its package', async () => {
    const detector = await detectorOf({
      'app/__init__.py': '',
      'app/services.py': 'import sqlite3\n\nconnection = sqlite3.connect("a.db")\n\n\ndef items_of(order_id):\n    return connection.execute("SELECT sku FROM items WHERE order_id = ?", (order_id,)).fetchall()\n',
      'app/views.py': 'from . import services\n\n\ndef listing(orders):\n    return [services.items_of(order.id) for order in orders]\n',
    });
    assert.deepEqual(rulesIn(detector, 'app/views.py'), ['n-plus-one-query']);
  });

  it('says once that a called function both queries and writes', async () => {
    const detector = await detectorOf({
      'src/items.ts': `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function touch(id: number) {\n  const found = await pool.query('SELECT sku FROM items WHERE order_id = $1', [id]);\n  await pool.query('UPDATE items SET seen = true WHERE order_id = $1', [found.rows[0].id]);\n}\n`,
      'src/list.ts': `import { touch } from './items';\nexport async function list(orders: { id: number }[]) {\n  for (const order of orders) await touch(order.id);\n}\n`,
    });
    const findings = detector.check('src/list.ts').findings;
    assert.deepEqual(findings.map(({ rule }) => rule), ['n-plus-one-query']);
    assert.match(findings[0]!.message, /touch queries and writes items once per item/);
  });

  it('withdraws it when the other file stops querying', async () => {
    const detector = await detectorOf({
      'src/items.ts': `import { Pool } from 'pg';\nconst pool = new Pool();\nexport const itemsOf = (id: number) => pool.query('SELECT sku FROM items WHERE order_id = $1', [id]);\n`,
      'src/list.ts': `import { itemsOf } from './items';\nexport async function list(orders: { id: number }[]) {\n  for (const order of orders) await itemsOf(order.id);\n}\n`,
    });
    assert.deepEqual(rulesIn(detector, 'src/list.ts'), ['n-plus-one-query']);
    await detector.update('src/items.ts', 'export const itemsOf = (id: number) => id;\n');
    assert.deepEqual(rulesIn(detector, 'src/list.ts'), []);
  });

  it('ends on circular calls and imports', async () => {
    const detector = await detectorOf({
      'a.ts': `import { b } from './b';\nexport * from './b';\nexport function a(n: number[]) { for (const x of n) b([x]); }\n`,
      'b.ts': `import { a } from './a';\nexport * from './a';\nexport function b(n: number[]) { for (const x of n) a([x]); }\n`,
    });
    assert.deepEqual(detector.check(), { findings: [], failures: [] });
  });

  it('evaluates the cost at the declared scale and says where n comes from', async () => {
    const detector = await detectorOf({ 'src/a.ts': LOOP });
    const costOf = (): unknown => {
      const { n, basis, now } = detector.check().findings[0]!.cost;
      return { n, basis, now };
    };
    assert.deepEqual(costOf(), { n: 100, basis: 'assumed', now: 101 });
    detector.setConfig({ ...EMPTY_CONFIG, scale: { tables: { Orders: { rows: 5000 } }, collections: {} } });
    assert.deepEqual(costOf(), { n: 5000, basis: 'declared', now: 5001 });
  });

  it('is sure of what the size alone left in doubt once somebody has declared it', async () => {
    const search = 'export const unseen = (orders: Order[], seenIds: string[]) => orders.filter((order) => !seenIds.includes(order.id));\n';
    const detector = await detectorOf({ 'src/a.ts': search });
    const confidence = (): unknown => detector.check().findings.map((finding) => [finding.rule, finding.confidence]);
    assert.deepEqual(confidence(), [['linear-membership', 'possible']]);
    detector.setConfig({ ...EMPTY_CONFIG, scale: { tables: {}, collections: { orders: 5000 } } });
    assert.deepEqual(confidence(), [['linear-membership', 'likely']]);
  });

  it('switches a rule off without a new parse', async () => {
    const detector = await detectorOf({ 'src/a.ts': LOOP });
    detector.setConfig({ ...EMPTY_CONFIG, rules: { 'n-plus-one-query': 'off' } });
    assert.deepEqual(rulesIn(detector), []);
  });

  it('honours a suppression until its day, and then reports both', async () => {
    const text = LOOP.replace('    await', '    // performance-ignore n-plus-one-query: five orders at most until 2026-12-31\n    await');
    assert.deepEqual(rulesIn(await detectorOf({ 'src/a.ts': text })), []);
    assert.deepEqual(rulesIn(await detectorOf({ 'src/a.ts': text }, '2027-01-01')), ['expired-suppression', 'n-plus-one-query']);
  });

  it('has findings in half-typed code outside the broken function', async () => {
    const detector = await detectorOf({ 'src/a.ts': `${LOOP}\nexport function half( {\n  const x = [1, 2` });
    assert.deepEqual(rulesIn(detector), ['n-plus-one-query']);
  });

  it('forgets a file that was removed', async () => {
    const detector = await detectorOf({ 'src/a.ts': LOOP });
    detector.remove('src/a.ts');
    assert.equal(detector.has('src/a.ts'), false);
    assert.deepEqual(detector.check(), { findings: [], failures: [] });
  });
});
