import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { FailureError } from '../../src/core/failures';
import type { Proof } from '../../src/core/proof';
import { openSqlite, readSqlitePlan } from '../../src/prove/engines/sqlite';
import { proveInScratch } from '../../src/prove/run/prove';
import { loadSqlParser } from '../../src/syntax/sql/parser';
import { planFor, workspaceOf } from '../unit/prove/support';

/** Whether this machine has a SQLite at all: Node's own or Python's. */
const hasSqlite = isBuiltin('node:sqlite') || spawnSync('python3', ['-c', 'import sqlite3']).status === 0;
if (!hasSqlite) console.log('NOT RUN: proofs in SQLite, because there is none in this Node.js and no python3 with one.');

describe('SQLite', function () {
  this.timeout(30_000);
  before(loadSqlParser);

  const prove = async (files: Readonly<Record<string, string>>, tables: Readonly<Record<string, number>>): Promise<Proof> => {
    const engine = await openSqlite(undefined);
    try {
      return await proveInScratch(planFor(await workspaceOf(files, tables), 'q.sql', { engine: 'sqlite' }), engine, () => undefined);
    } finally {
      await engine.close();
    }
  };

  it('says what is missing where neither Node nor Python has one', async () => {
    // An interpreter that is not there stands for both; a Node with SQLite of its own needs none.
    const opened = await openSqlite(['no-such-python']).then(
      async (engine) => {
        await engine.close();
        return 'engine of Node';
      },
      (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
    );
    assert.match(opened, /^(?:engine-missing|engine of Node)$/);
  });

  it('reads its plans', () => {
    const plan = readSqlitePlan([
      [3, 0, 0, 'SEARCH o USING COVERING INDEX orders_by_customer (customer_id=?)'],
      [9, 0, 0, 'SEARCH c USING INTEGER PRIMARY KEY (rowid=?)'],
      [20, 0, 0, 'USE TEMP B-TREE FOR ORDER BY'],
    ]);
    assert.deepEqual(plan.children.map(({ operation, relation, index, detail }) => [operation, relation, index, detail]), [
      ['SEARCH', 'o', 'orders_by_customer', '(customer_id=?)'],
      ['SEARCH', 'c', 'integer primary key', '(rowid=?)'],
      ['USE TEMP B-TREE FOR ORDER BY', undefined, undefined, undefined],
    ]);
  });

  (hasSqlite ? it : undefined)?.('proves an index that is missing, and both answers to a slow search', async () => {
    const schema = 'CREATE TABLE products (id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL, name TEXT NOT NULL, active BOOLEAN NOT NULL);';
    const index = await prove({ 's.sql': schema, 'q.sql': 'SELECT id, name FROM products WHERE shop_id = ? AND active = 1;' }, { products: 20_000 });
    const [candidate] = index.candidates;
    assert.equal(candidate!.outcome, 'proved', candidate!.reason);
    assert.equal(candidate!.trials[0]!.after.plan.index, 'products_shop_id_idx');
    assert.match(index.engine.version, /^SQLite 3\./);

    const search = await prove({ 's.sql': schema, 'q.sql': `SELECT id FROM products WHERE LOWER(name) LIKE '%' || ? || '%';` }, { products: 20_000 });
    assert.deepEqual(search.candidates.map(({ title, outcome }) => [title, outcome]), [
      ['FTS5 trigram table for products.name', 'proved'],
      ['FTS5 word table for products.name', 'proved'],
    ]);
    const fragment = search.candidates[1]!.trials.find(({ parameters }) => parameters.kind === 'fragment')!;
    assert.ok(fragment.matches!.before > 0);
    assert.equal(fragment.matches!.after, 0);
  });
});
