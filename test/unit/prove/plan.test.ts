import assert from 'node:assert/strict';
import type { FilterOperator, QueryFact } from '../../../src/core/facts';
import { FailureError } from '../../../src/core/failures';
import { columnType, sqliteType } from '../../../src/prove/plan/columnTypes';
import { factQuery } from '../../../src/prove/plan/factQuery';
import { makeProofPlan } from '../../../src/prove/plan/makeProofPlan';
import { subjectAt, subjectOfFinding } from '../../../src/prove/subject';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { planFor, workspaceOf } from './support';

const SCHEMA = `
CREATE TABLE customers (id bigserial PRIMARY KEY, name text NOT NULL, tier text);
CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  status text NOT NULL,
  placed_at timestamptz NOT NULL,
  total numeric(10,2)
);
CREATE INDEX orders_placed ON orders (placed_at);
`;

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
};

describe('planning a proof', () => {
  before(loadSqlParser);

  it('proposes the index of the finding, at the declared scale', async () => {
    const workspace = await workspaceOf({ 'schema.sql': SCHEMA, 'q.sql': 'SELECT * FROM orders WHERE customer_id = $1;' }, { orders: 250_000 });
    const plan = planFor(workspace, 'q.sql');
    assert.deepEqual(plan.candidates.map(({ title }) => title), ['Index on orders (customer_id)']);
    assert.equal(plan.candidates[0]!.findings.length, 1);
    const [orders] = plan.tables;
    assert.deepEqual([orders!.name, orders!.rows, orders!.basis], ['orders', 250_000, 'declared']);
    assert.equal(plan.queries[0]!.sql, 'SELECT * FROM orders WHERE customer_id = $1');
    assert.deepEqual(plan.queries[0]!.parameters, [{ kind: 'column', table: 'orders', column: 'customer_id', use: 'equal', wrappedBy: undefined }]);
  });

  it('caps rows and says so; assumes fewer parents than children', async () => {
    const files = { 'schema.sql': SCHEMA, 'q.sql': 'SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = $1;' };
    const plan = planFor(await workspaceOf(files, { orders: 50_000_000 }), 'q.sql', { limits: { rowsPerTable: 100_000 } });
    const table = (name: string) => plan.tables.find((each) => each.name === name)!;
    assert.equal(table('orders').rows, 100_000);
    assert.match(table('orders').capped!, /at most 100,000 rows a table/);
    assert.deepEqual([table('customers').rows, table('customers').basis], [100_000, 'assumed']);
  });

  it('knows what each placeholder is compared with, in any way of writing it', async () => {
    const sql = `SELECT * FROM orders WHERE status IN (?, ?) AND total BETWEEN ? AND ? AND placed_at >= ? AND lower(status) LIKE ? LIMIT ? OFFSET ?;`;
    const plan = planFor(await workspaceOf({ 'schema.sql': SCHEMA, 'q.sql': sql }), 'q.sql');
    const uses = plan.queries[0]!.parameters.map((source) => (source.kind === 'column' ? `${source.column} ${source.use} ${source.wrappedBy ?? ''}`.trim() : source.kind));
    assert.deepEqual(uses, ['status list', 'status list', 'total greater', 'total less', 'placed_at greater', 'status infix lower', 'limit', 'offset']);
  });

  it('puts together what an ORM would send', async () => {
    const workspace = await workspaceOf({ 'schema.sql': 'CREATE TABLE "Post" (id serial PRIMARY KEY, "authorId" integer NOT NULL, title text, "createdAt" timestamp);' });
    const filter = (column: string, operator: FilterOperator) => ({ table: 'Post', column, operator });
    const query: QueryFact = {
      verb: 'select', tables: ['post'], columns: '*', joins: [], hasLimit: true, hasOffset: false, line: 4,
      filters: [filter('authorId', 'in'), filter('title', 'like-infix'), filter('createdAt', 'other')],
      orderBy: [{ table: 'Post', column: 'createdAt', descending: true }],
    };
    const { sql, notes } = factQuery(query, workspace.detector.schema())!;
    assert.equal(
      sql,
      `SELECT "Post".* FROM "Post" WHERE "Post"."authorId" IN ($1, $2, $3) AND "Post"."title" LIKE '%' || $4 || '%' ORDER BY "Post"."createdAt" DESC LIMIT $5`,
    );
    assert.deepEqual(notes, ['A condition on createdAt was left out, because its form is not known.']);
    const request = { subject: { file: 'posts.ts', line: 4, functionName: 'list', findings: ['f'] }, fact: query, engine: 'pglite' as const };
    const plan = makeProofPlan({ ...request, candidates: [{ candidate: { kind: 'index', table: 'Post', columns: ['authorId'] }, findings: ['f'] }] }, workspace.detector.workspaceFrom(request.subject.file), []);
    assert.equal(plan.queries[0]!.sql, sql);
    assert.match(plan.notes.join(), /put together from the call/);
    assert.deepEqual(plan.candidates[0]!.statements, ['CREATE INDEX "post_authorId_idx" ON "Post" ("authorId")']);
  });

  it('never plans to run a change: a SELECT searches for its rows', async () => {
    const files = { 'schema.sql': SCHEMA, 'q.sql': 'UPDATE orders SET total = 0 WHERE customer_id = $1;' };
    const plan = planFor(await workspaceOf(files), 'q.sql');
    assert.equal(plan.queries[0]!.sql, `SELECT 1 FROM "orders" WHERE "orders"."customer_id" = $1`);
    assert.match(plan.notes.join(), /UPDATE is never run/);
  });

  it('never runs what acts, in a database of our own either', async () => {
    const workspace = await workspaceOf({
      'schema.sql': SCHEMA,
      'deleting.sql': 'WITH gone AS (DELETE FROM orders WHERE customer_id = $1 RETURNING id) SELECT count(*) FROM gone;',
      'sleeping.sql': 'SELECT pg_sleep(10) FROM orders WHERE customer_id = $1;',
      'queue.sql': 'SELECT id FROM orders WHERE status = $1 LIMIT 1 FOR UPDATE SKIP LOCKED;',
    });
    for (const file of ['deleting.sql', 'sleeping.sql']) {
      const plan = planFor(workspace, file);
      assert.match(plan.queries[0]!.sql, /^SELECT (?:1|"orders"\.\*) FROM "orders" WHERE "orders"\."customer_id" = \$1$/);
      assert.match(plan.notes.join(), /never run, because (?:it deletes rows|the function pg_sleep)/);
    }
    // A lock keeps nobody waiting there.
    assert.match(planFor(workspace, 'queue.sql').queries[0]!.sql, /FOR UPDATE SKIP LOCKED$/);
  });

  it('tries the search that a deleted row causes', async () => {
    const files = { 'schema.sql': SCHEMA, 'q.sql': 'DELETE FROM customers WHERE id = $1;' };
    const workspace = await workspaceOf(files);
    const finding = workspace.detector.check('q.sql').findings[0]!;
    const { sql, fact, candidates } = subjectOfFinding(workspace.detector, finding);
    assert.equal(sql, undefined);
    assert.deepEqual(fact!.tables, ['orders']);
    assert.deepEqual(candidates.map(({ candidate }) => candidate), [{ kind: 'index', table: 'orders', columns: ['customer_id'] }]);
  });

  it('answers a slow search in two ways, each with what it means', async () => {
    const files = {
      'schema.sql': 'CREATE TABLE products (id bigserial PRIMARY KEY, name text, price integer);',
      'q.sql': `SELECT id FROM products p WHERE LOWER(p.name) LIKE '%' || $1 || '%' ORDER BY id LIMIT 20;`,
    };
    const plan = planFor(await workspaceOf(files, { products: 1_000_000 }), 'q.sql');
    const [trigram, fullText] = plan.candidates;
    assert.match(trigram!.statements[1]!, /USING gin \(lower\("name"\) gin_trgm_ops\)/);
    assert.equal(trigram!.rewritten, undefined);
    assert.match(fullText!.statements[0]!, /GENERATED ALWAYS AS \(to_tsvector\('simple', coalesce\("name", ''\)\)\) STORED/);
    assert.match(fullText!.rewritten!.sql, /WHERE p\.name_search @@ websearch_to_tsquery\('simple', \$1\) ORDER BY id LIMIT 20/);
    assert.deepEqual(fullText!.rewritten!.parameters, [{ kind: 'column', table: 'products', column: 'name', use: 'words' }]);
    assert.match(fullText!.semantics!, /not a substring search/);
  });

  it('finds the search of a pattern that is bound behind its statement', async () => {
    const files = {
      'schema.sql': 'CREATE TABLE products (id bigserial PRIMARY KEY, name text NOT NULL);',
      'search.ts': "import { Pool } from 'pg';\nconst pool = new Pool();\nexport function search(term: string) {\n  return pool.query(\n    'SELECT id FROM products WHERE LOWER(name) LIKE $1',\n    [`%${term}%`],\n  );\n}\n",
    };
    assert.equal(planFor(await workspaceOf(files, { products: 1_000_000 }), 'search.ts', { at: 'SELECT' }).candidates.length, 2);
  });

  it('brings views, functions, enum types and named schemas along', async () => {
    const files = {
      'migrations/001_init.up.sql': `CREATE TYPE kind AS ENUM ('a', 'b'); CREATE TABLE things (id int PRIMARY KEY, kind kind NOT NULL, owner_id int);`,
      'migrations/002_view.up.sql': `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'; CREATE VIEW open_things AS SELECT id, owner_id, twice(id) AS n FROM things WHERE kind = 'a';`,
      'q.sql': 'SELECT * FROM open_things v JOIN app.things t ON t.id = v.id WHERE v.owner_id = $1;',
    };
    const plan = planFor(await workspaceOf(files), 'q.sql');
    assert.deepEqual(plan.build.map(({ what }) => what), ['function twice', 'type kind', 'table things']);
    assert.deepEqual(plan.finish.map(({ what }) => what), ['primary key of things', 'view open_things', 'schema app', 'name app.things']);
  });

  it('says which types it does not know', async () => {
    const files = { 's.sql': 'CREATE TABLE places (id int PRIMARY KEY, area geometry(Polygon, 4326), owner int);', 'q.sql': 'SELECT id FROM places WHERE owner = $1;' };
    const plan = planFor(await workspaceOf(files), 'q.sql');
    assert.match(plan.notes.join(), /type geometry.* of places\.area is not known here; text stands in/);
    assert.match(plan.build[0]!.sql, /"area" text/);
  });

  it('refuses with a reason what cannot be planned', async () => {
    const workspace = await workspaceOf({
      'schema.sql': SCHEMA,
      'unknown.sql': 'SELECT * FROM nowhere WHERE a = $1;',
      'plain.sql': 'SELECT id FROM customers WHERE id = $1;',
      'deleting.sql': 'WITH gone AS (DELETE FROM orders WHERE customer_id = $1 RETURNING id) SELECT count(*) FROM gone;',
      'sleeping.sql': 'SELECT pg_sleep(10) FROM orders WHERE customer_id = $1;',
      'queue.sql': 'SELECT id FROM orders WHERE status = $1 LIMIT 1 FOR UPDATE SKIP LOCKED;',
      'code.ts': 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const q = (t: string) => pool.query(`SELECT * FROM ${t} WHERE a = 1`);\n',
    });
    assert.equal(codeOf(() => planFor(workspace, 'unknown.sql')), 'tables-unknown');
    assert.equal(codeOf(() => planFor(workspace, 'schema.sql')), 'no-query-here');
    for (const file of ['deleting.sql', 'sleeping.sql', 'queue.sql']) assert.equal(codeOf(() => planFor(workspace, file, { engine: 'postgres' })), 'statement-refused', file);
    assert.equal(codeOf(() => planFor(workspace, 'plain.sql', { index: 'DROP TABLE customers' })), 'bad-index');
    assert.equal(codeOf(() => planFor(workspace, 'plain.sql', { index: 'CREATE INDEX ON customers (name); DROP TABLE customers' })), 'bad-index');
    assert.equal(codeOf(() => subjectAt(workspace.detector, 'plain.sql', { line: 40, character: 0 })), 'no-query-here');
  });

  it('takes an index of the user’s own, without CONCURRENTLY', async () => {
    const workspace = await workspaceOf({ 'schema.sql': SCHEMA, 'q.sql': 'SELECT id FROM customers WHERE tier = $1;' });
    const plan = planFor(workspace, 'q.sql', { index: 'CREATE INDEX CONCURRENTLY ON customers (tier) WHERE tier IS NOT NULL;', without: 'candidates' });
    assert.deepEqual(plan.candidates.map(({ statements, findings }) => [statements, findings]), [
      [['CREATE INDEX performance_engineer_index ON customers (tier) WHERE tier IS NOT NULL'], []],
    ]);
  });

  it('keeps statements in one place: two findings of one query are tried together', async () => {
    const files = { 'schema.sql': SCHEMA, 'q.sql': `SELECT * FROM orders WHERE customer_id = $1 AND lower(status) LIKE '%x%';` };
    const plan = planFor(await workspaceOf(files, { orders: 500_000 }), 'q.sql');
    assert.ok(plan.candidates.length >= 2);
    assert.ok(plan.candidates.every(({ findings }) => findings.length === 1));
  });

  const types: readonly (readonly [string, string, string])[] = [
    ['bigint(20) unsigned', 'bigint', 'INTEGER'],
    ['serial', 'integer', 'INTEGER'],
    ['smallserial', 'smallint', 'INTEGER'],
    ['tinyint(1)', 'boolean', 'INTEGER'],
    ['varchar(20)', 'varchar(20)', 'TEXT'],
    ['numeric(10, 2)', 'numeric(10,2)', 'REAL'],
    ['datetime(3)', 'timestamp', 'TEXT'],
    ['timestamp(6) with time zone', 'timestamptz', 'TEXT'],
    ['character varying(255)', 'varchar(255)', 'TEXT'],
    ['TEXT[]', 'text[]', 'TEXT'],
    ['DateTimeField', 'timestamptz', 'TEXT'],
    ['BigAutoField', 'bigint', 'INTEGER'],
    ['String', 'varchar', 'TEXT'],
    ['Boolean', 'boolean', 'INTEGER'],
    ['longblob', 'bytea', 'BLOB'],
    ['', 'text', 'TEXT'],
    ['made_up', 'text', 'TEXT'],
  ];
  for (const [written, postgresql, sqlite] of types) {
    it(`reads the type "${written}"`, () => {
      const type = columnType(written);
      assert.deepEqual([type.postgresql, sqliteType(type)], [postgresql, sqlite]);
    });
  }
});
