import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client';
import { advice } from '../../src/rules/n-plus-one-query/advice';
import { MANY_ORDERS, N_PLUS_ONE, TestFolder } from './workspace';

const BUILT = resolve(__dirname, '../../dist/server.js');

describe('the built language server', function () {
  this.timeout(120_000);

  it('finds its parsers and its rule pages', async () => {
    assert.ok(existsSync(BUILT), 'dist/server.js is missing: run npm run build first');
    const folder = new TestFolder({ 'performance.json': MANY_ORDERS });
    const client = await Client.start({ folders: [folder.uri], argv: ['--liftoff-only', BUILT] });
    await client.ready();
    const documents: [string, string, string][] = [
      ['src/orders.ts', 'typescript', N_PLUS_ONE],
      ['orders.py', 'python', 'import sqlite3\n\n\ndef items(db: sqlite3.Connection, orders):\n    for order in orders:\n        db.execute("SELECT sku FROM items WHERE order_id = ?", (order,)).fetchall()\n'],
      ['search.sql', 'sql', "SELECT id FROM products WHERE name LIKE '%lamp%';\n"],
    ];
    for (const [name, language, text] of documents) {
      const uri = folder.uriOf(name);
      await client.open(uri, language, text);
      await client.until(`${name} has a finding`, () => client.diagnosticsOf(uri).length > 0);
      const page = fileURLToPath(client.diagnosticsOf(uri)[0]!.codeDescription!.href);
      assert.ok(existsSync(page), page);
    }
    assert.equal(await client.stop(), 0);
    folder.remove();
  });

  it('starts without a parser, and without what the rules tell people', async () => {
    // V8 keeps account of what it has loaded.
    const coverage = new TestFolder();
    const client = await Client.start({ argv: ['--liftoff-only', BUILT], env: { NODE_V8_COVERAGE: coverage.path } });
    await client.ready();
    assert.equal(await client.stop(), 0);
    const reports = readdirSync(coverage.path).map((name) => JSON.parse(readFileSync(join(coverage.path, name), 'utf8')) as { result: { url: string }[] });
    const urls = reports.flatMap(({ result }) => result.map(({ url }) => url)).filter((url) => url.startsWith('file:'));
    const loaded = urls.map((url) => fileURLToPath(url));
    const program = join(BUILT, '../program');
    assert.ok(loaded.includes(join(program, 'server.mjs')));
    assert.deepEqual(loaded.filter((file) => file.startsWith(join(BUILT, '../vendor'))), []);
    const withAdvice = readdirSync(program).map((name) => join(program, name)).filter((file) => readFileSync(file, 'utf8').includes(advice.technique));
    assert.equal(withAdvice.length, 1);
    assert.ok(!loaded.includes(withAdvice[0]!));
    coverage.remove();
  });

  it('takes from its last end what has not changed since', async () => {
    const folder = new TestFolder({ 'performance.json': MANY_ORDERS, 'src/orders.ts': N_PLUS_ONE, 'src/more.ts': N_PLUS_ONE });
    const cache = new TestFolder();
    const start = async (): Promise<Client> => {
      const client = await Client.start({ folders: [folder.uri], argv: ['--liftoff-only', BUILT], initializationOptions: { cacheFolder: cache.path } });
      await client.ready();
      return client;
    };
    assert.equal(await (await start()).stop(), 0);
    const [name] = readdirSync(cache.path);
    const path = join(cache.path, name!);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"loop":"orders"', '"loop":"kept orders"'));
    folder.write('src/more.ts', `// It has changed.\n${N_PLUS_ONE}`);
    const client = await start();
    const report = JSON.stringify(await client.request('performance/report', { folder: folder.uri }));
    assert.match(report, /once per item of kept orders/, 'what has not changed comes from the cache');
    assert.match(report, /once per item of orders/, 'what has changed does not');
    assert.equal(await client.stop(), 0);
    folder.remove();
    cache.remove();
  });
});
