import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { Run } from '../../src/core/evidence';
import type { Report } from '../../src/report/model';
import { ensureBuilt, Folders, run } from './support';

const SCHEMA = 'CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL, note text);\n';
const SCALE = '{"scale": {"tables": {"orders": {"rows": 20000}}}}';
const FILES = { 'schema.sql': SCHEMA, 'performance.json': SCALE, 'queries/q.sql': '-- name: ofCustomer\nSELECT id, note\nFROM orders WHERE customer_id = $1;\n' };

describe('explain', function () {
  this.timeout(90_000);
  const folders = new Folders();
  before(ensureBuilt);
  after(() => folders.removeAll());

  it('proves a recommendation with the engine that comes along, stores it, and the report quotes it', async () => {
    const folder = folders.with(FILES);
    const { code, stdout, stderr } = await run(['explain', 'queries/q.sql:3', '--prove', '--format', 'json'], { cwd: folder });
    assert.equal(code, 0, stderr);
    const proved = JSON.parse(stdout) as Run;
    assert.equal(proved.kind, 'proof');
    assert.deepEqual(proved.proof!.candidates.map(({ outcome }) => outcome), ['proved']);
    assert.match(proved.caveats[0]!, /^Synthetic rows at scale: orders 20,000 \(declared\)/);
    assert.match(stderr, /starting pglite/);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, '.performance/runs', `${proved.id}.json`), 'utf8')), proved);

    const report = JSON.parse((await run(['report', folder, '--format', 'json'])).stdout) as Report;
    const [item] = Object.values(report.recommendations).flat();
    assert.equal(item!.evidence, 'measured');
    assert.equal(item!.proof!.runId, proved.id);
    assert.match(JSON.stringify(item!.fields.validation), /proved/);
  });

  const hasSqlite = isBuiltin('node:sqlite') || spawnSync('python3', ['-c', 'import sqlite3']).status === 0;
  if (!hasSqlite) console.log('NOT RUN: explain with SQLite, because this machine has none.');
  else {
    it('prints plans for people, and exits 1 where all that was tried is refuted', async () => {
      const folder = folders.with(FILES);
      const shown = await run(['explain', 'queries/q.sql:2', '--engine', 'sqlite', '--rows', '3000'], { cwd: folder });
      assert.equal(shown.code, 0, shown.stderr);
      assert.match(shown.stdout, /Query of queries\/q\.sql:2, ofCustomer\n/);
      assert.match(shown.stdout, /orders 3,000 of 20,000 declared \(at most 3,000 rows a table/);
      assert.match(shown.stdout, /SCAN orders/);
      const refuted = await run(['explain', 'schema-query.sql:1', '--engine', 'sqlite', '--index', 'CREATE INDEX ON orders (note)'], {
        cwd: folders.with({ ...FILES, 'schema-query.sql': 'SELECT count(*) FROM orders WHERE customer_id > $1;\n' }),
      });
      assert.match(refuted.stdout, /refuted/);
      assert.equal(refuted.code, 1, refuted.stderr);
    });
  }

  const bad: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no place', ['explain'], /one place, written as <file>:<line>/],
    ['a place without a line', ['explain', 'queries/q.sql'], /one place, written as <file>:<line>/],
    ['an unknown engine', ['explain', 'queries/q.sql:2', '--engine', 'oracle'], /--engine is one of pglite, sqlite, postgres/],
    ['no rows', ['explain', 'queries/q.sql:2', '--rows', '0'], /whole number above 0/],
    ['a file that is not there', ['explain', 'none.sql:1'], /none\.sql does not exist/],
    ['a line without a query', ['explain', 'schema.sql:1'], /No SQL statement that reads rows stands at line 1 of schema\.sql/],
    ['nothing to prove', ['explain', 'plain.sql:1', '--prove'], /No recommendation at line 1 of plain\.sql can be proved/],
    ['running on an engine of its own', ['explain', 'queries/q.sql:2', '--analyze'], /--analyze is for --engine postgres/],
    ['no connection', ['explain', 'queries/q.sql:2', '--engine', 'postgres'], /No connection to a PostgreSQL server is set/],
    ['an empty variable', ['explain', 'queries/q.sql:2', '--engine', 'postgres', '--connection-env', 'NOT_SET_AT_ALL'], /No connection to a PostgreSQL server is set/],
    ['a connection string as an argument', ['explain', 'queries/q.sql:2', '--connection-env', 'postgres://u:hunter2@h/d'], /takes the name of an environment variable/],
    ['an index that is none', ['explain', 'queries/q.sql:2', '--index', 'DROP TABLE orders'], /is not one CREATE INDEX statement/],
  ];
  for (const [what, argv, message] of bad) {
    it(`refuses ${what} with exit code 2`, async () => {
      const folder = folders.with({ ...FILES, 'plain.sql': 'SELECT id FROM orders WHERE id = $1;\n' });
      const { code, stderr, stdout } = await run(argv, { cwd: folder });
      assert.equal(code, 2, stdout);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /hunter2/);
    });
  }

  it('keeps a connection string out of every message and file', async () => {
    const folder = folders.with(FILES);
    const env = { SECRET_URL: 'postgres://u:hunter2@127.0.0.1:1/d' };
    const { code, stderr } = await run(['explain', 'queries/q.sql:2', '--engine', 'postgres', '--connection-env', 'SECRET_URL'], { cwd: folder, env });
    assert.equal(code, 2);
    assert.match(stderr, /could not be reached/);
    assert.doesNotMatch(stderr, /hunter2/);
    assert.deepEqual(readdirSync(folder).filter((name) => name === '.performance'), []);
  });
});
