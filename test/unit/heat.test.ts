import assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../src/core/config';
import { createDetector, type Detector } from '../../src/detect/detector';

const QUERY = "import { Pool } from 'pg';\nconst pool = new Pool();\n";
const LOOP = "for (const id of ids) await pool.query('SELECT sku FROM items WHERE order_id = $1', [id]);";
/** A loop that queries, so that each function has a finding which tells its heat. */
const loops = (name: string, then = ''): string => `export async function ${name}(ids: number[]) {\n  ${LOOP}\n  ${then}\n}\n`;

async function detectorOf(files: Readonly<Record<string, string>>): Promise<Detector> {
  const detector = createDetector();
  for (const [file, text] of Object.entries(files)) await detector.update(file, text);
  return detector;
}

function heats(detector: Detector): Record<string, string> {
  return Object.fromEntries(detector.check().findings.map(({ functionName, heat }) => [functionName, `${heat.heat}: ${heat.reason}`]));
}

describe('heat', () => {
  it('goes from a handler to what it reaches, and names the handler', async () => {
    const detector = await detectorOf({
      'src/app.ts': "import { list } from './orders';\napp.get('/orders', async (req, res) => { res.json(await list([1])); });\n",
      'src/orders.ts': `import { items } from './items';\n${QUERY}${loops('list', 'await items(ids);')}`,
      'src/items.ts': `${QUERY}${loops('items')}${loops('unused')}`,
    });
    assert.deepEqual(heats(detector), {
      list: 'hot: reached from GET /orders',
      items: 'hot: reached from GET /orders',
      unused: 'unknown: no usage data',
    });
  });

  it('comes to a handler that is registered by its name', async () => {
    const detector = await detectorOf({
      'src/app.ts': "import { list } from './orders';\nrouter.post('/orders', check, list);\n",
      'src/orders.ts': QUERY + loops('list'),
    });
    assert.deepEqual(heats(detector), { list: 'hot: route handler POST /orders' });
  });

  it('comes to a view that Django routes to', async () => {
    const detector = await detectorOf({
      'shop/urls.py': 'from django.urls import path\nfrom . import views\n\nurlpatterns = [path("orders/", views.orders)]\n',
      'shop/views.py': 'from shop.models import Item\n\ndef orders(http):\n    for order in load():\n        Item.objects.get(pk=order.pk)\n',
    });
    assert.deepEqual(heats(detector), { orders: 'hot: route handler /orders/' });
  });

  it('leaves what only cold code calls, and nothing that somebody else may call', async () => {
    const detector = await detectorOf({
      'scripts/fill.ts': "import { fill, both } from '../src/fill';\nexport async function main() { await fill([]); await both([]); }\n",
      'src/fill.ts': QUERY + loops('fill', 'await deep(ids);') + loops('deep') + loops('both'),
      'src/jobs.ts': "import { both } from './fill';\nexport const jobs = [];\nregister(both);\n",
    });
    assert.deepEqual(heats(detector), {
      fill: 'cold: only called from main, which is cold',
      deep: 'cold: only called from fill, which is cold',
      both: 'unknown: no usage data',
    });
  });

  it('calls code outside of functions cold, and a callback there unknown', async () => {
    const detector = await detectorOf({ 'src/start.ts': `${QUERY}declare const ids: number[];\n${LOOP}\n`, 'src/worker.ts': `${QUERY}queue.on('job', async (ids: number[]) => { ${LOOP} });\n` });
    const found = detector.check().findings.map(({ file, heat }) => `${file} ${heat.heat}`);
    assert.deepEqual(found, ['src/start.ts cold', 'src/worker.ts unknown']);
  });

  it('follows edits: a call that comes and goes, a function that gets its name later', async () => {
    const call = "import { list } from './orders';\napp.get('/orders', async (req, res) => { res.json(await list([1])); });\n";
    const detector = await detectorOf({ 'src/app.ts': call, 'src/orders.ts': QUERY + loops('listing') });
    assert.deepEqual(heats(detector), { listing: 'unknown: no usage data' });
    await detector.update('src/orders.ts', QUERY + loops('list'));
    assert.deepEqual(heats(detector), { list: 'hot: reached from GET /orders' });
    await detector.update('src/app.ts', call.replace('list([1])', '[]'));
    assert.deepEqual(heats(detector), { list: 'unknown: no usage data' });
    await detector.update('src/app.ts', call);
    assert.deepEqual(heats(detector), { list: 'hot: reached from GET /orders' });
    detector.remove('src/app.ts');
    assert.deepEqual(heats(detector), { list: 'unknown: no usage data' });
  });

  it('is what performance.json says, which comes first', async () => {
    const detector = await detectorOf({ 'src/orders.ts': QUERY + loops('list') });
    detector.setConfig({ ...EMPTY_CONFIG, paths: { hot: ['src/**'], cold: [] } });
    assert.deepEqual(heats(detector), { list: 'hot: declared hot in performance.json' });
    detector.setConfig({ ...EMPTY_CONFIG, paths: { hot: [], cold: ['src/**'] } });
    assert.deepEqual(heats(detector), { list: 'cold: declared cold in performance.json' });
  });

  it('ends on circular calls', async () => {
    const detector = await detectorOf({ 'scripts/a.ts': "import { a } from '../src/a';\nexport const main = () => a([]);\n", 'src/a.ts': QUERY + loops('a', 'await b(ids);') + loops('b', 'await a(ids);') });
    assert.deepEqual(Object.keys(heats(detector)), ['a', 'b']);
  });
});
