import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client';
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
});
