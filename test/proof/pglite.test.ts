import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../../src/core/failures';
import type { CandidateProof, PlanNode, Proof } from '../../src/core/proof';
import { createDetector } from '../../src/detect/detector';
import type { ScratchEngine } from '../../src/prove/engines/engine';
import { openPglite } from '../../src/prove/engines/pglite';
import { runProver } from '../../src/prove/runProver';
import { proveInScratch } from '../../src/prove/run/prove';
import { toRun } from '../../src/prove/toRun';
import { loadSqlParser } from '../../src/syntax/sql/parser';
import { readConfig } from '../../src/workspace/config';
import { buildReport } from '../../src/report/build';
import { advice } from '../../src/rules/generated/advice';
import { rules } from '../../src/rules/generated/rules';
import { listSourceFiles } from '../../src/workspace/files';
import { planFor, workspaceOf, type PlanOptions } from '../unit/prove/support';

const EXAMPLE = join(__dirname, '../../examples/orders');

const nodes = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(nodes)];

describe('PGlite, the embedded PostgreSQL', function () {
  this.timeout(90_000);
  let engine: ScratchEngine;

  before(async () => {
    await loadSqlParser();
    engine = await openPglite([]);
  });
  after(() => engine?.close());
  afterEach(() => engine.run('DROP SCHEMA IF EXISTS app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public'));

  const prove = async (files: Readonly<Record<string, string>>, tables: Readonly<Record<string, number>>, options: PlanOptions = {}): Promise<Proof> =>
    proveInScratch(planFor(await workspaceOf(files, tables), 'q.sql', options), engine, () => undefined);

  const answer = async (sql: string): Promise<unknown> => (await engine.count(sql, 'after')) as unknown;

  it('proves an index that is missing, with its plans, its price and its rows', async () => {
    const proof = await prove(
      { 's.sql': 'CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL, note text);', 'q.sql': 'SELECT * FROM orders WHERE customer_id = $1;' },
      { orders: 20_000 },
    );
    const [index] = proof.candidates as [CandidateProof];
    assert.equal(index.outcome, 'proved', index.reason);
    const [selective] = index.trials;
    assert.ok(nodes(selective!.before.plan).some(({ operation }) => operation === 'Seq Scan'));
    assert.ok(nodes(selective!.after.plan).some(({ index: used }) => used === 'orders_customer_id_idx'));
    assert.equal(selective!.before.samples.length, 12);
    assert.ok(selective!.interval![0] <= selective!.ratio && selective!.ratio <= selective!.interval![1]);
    assert.ok(selective!.after.pages! < selective!.before.pages!);
    assert.ok(selective!.before.rows! > 0, 'the value is one that is there');
    assert.ok(index.cost!.indexBytes > 100_000 && index.cost!.tableBytes > 1_000_000 && index.cost!.insertRatio! > 0);
    assert.deepEqual(proof.data, { kind: 'synthetic', seed: 20_261_122, tables: [{ table: 'orders', rows: 20_000, wanted: 20_000, basis: 'declared' }] });
    assert.match(proof.engine.version, /PostgreSQL 18.* in PGlite/);
  });

  it('refutes an index that the planner leaves alone, and the report withdraws it', async () => {
    const files = {
      's.sql': `CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL, note text);`,
      'q.sql': 'SELECT count(*) FROM orders WHERE customer_id >= $1;',
    };
    const workspace = await workspaceOf(files, { orders: 10_000 });
    const plan = planFor(workspace, 'q.sql', { index: 'CREATE INDEX ON orders (note)', without: 'candidates' });
    const proof = await proveInScratch(plan, engine, () => undefined);
    assert.deepEqual(proof.candidates.map(({ outcome }) => outcome), ['refuted']);
    assert.match(proof.candidates[0]!.reason, /does not use it/);

    // The same proof as the advice of a finding.
    const searched = await workspaceOf({ ...files, 'q.sql': 'SELECT * FROM orders WHERE customer_id = $1;' }, { orders: 10_000 });
    const { findings } = searched.detector.check('q.sql');
    const advised: Proof = { ...proof, subject: { ...proof.subject, findings: [findings[0]!.id] }, candidates: proof.candidates.map((each) => ({ ...each, findings: [findings[0]!.id] })) };
    const report = buildReport({
      findings, rules: new Map(rules.map(({ meta }) => [meta.id, { ...meta, ...advice.get(meta.id)! }])), runs: [toRun(plan, advised, new Date(), 1)],
      config: readConfig('{"scale": {"tables": {"orders": {"rows": 10000}}}}').config!, functionOf: () => undefined, failures: [], workspaceName: 'w', now: new Date(), canProve: () => true,
      workspace: { facts: searched.detector.facts(), schema: searched.detector.schema(), linters: [], packages: new Set(), queries: () => [], relations: () => [] },
    });
    assert.deepEqual(Object.values(report.recommendations).flat(), []);
    assert.match(report.deferred[0]!.reason, /^Refuted by its plans/);
  });

  it('respects foreign keys, in a circle too, and leaves out with its place what fails', async () => {
    const proof = await prove(
      {
        'migrations/001.sql': `
          CREATE TABLE teams (id bigserial PRIMARY KEY, lead_id bigint, name text);
          CREATE TABLE people (id bigserial PRIMARY KEY, team_id bigint NOT NULL REFERENCES teams (id), manager_id bigint REFERENCES people (id), tag ghost_type);
          ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people (id);`,
        'migrations/002.sql': `CREATE INDEX broken ON people (no_such_function(tag)); CREATE INDEX good ON people (manager_id);`,
        'q.sql': 'SELECT p.id FROM people p JOIN teams t ON t.id = p.team_id WHERE t.lead_id = $1 LIMIT 5;',
      },
      { people: 3_000, teams: 200 },
    );
    const orphans = `SELECT 1 FROM people p LEFT JOIN teams t ON t.id = p.team_id WHERE t.id IS NULL`;
    assert.equal(await answer(orphans), 0);
    assert.equal(await answer(`SELECT 1 FROM pg_constraint WHERE contype = 'f' AND convalidated`), 3);
    assert.equal(await answer(`SELECT 1 FROM pg_indexes WHERE indexname = 'good'`), 1);
    const notes = proof.notes.join('\n');
    assert.match(notes, /The index broken of people \(migrations\/001\.sql:3\) could not be built and was left out: function no_such_function/);
    assert.match(notes, /type ghost_type of people\.tag is not known here/);
    assert.ok(proof.baseline.length > 0 || proof.candidates.length > 0);
  });

  it('makes the same rows each time', async () => {
    const files = { 's.sql': 'CREATE TABLE t (id int PRIMARY KEY, a text, b timestamp);', 'q.sql': 'SELECT * FROM t WHERE a = $1;' };
    const sum = `SELECT 1 FROM (SELECT md5(string_agg(t::text, ',' ORDER BY id)) AS h FROM t) x WHERE h = `;
    await prove(files, { t: 500 }, { without: 'candidates' });
    await engine.run('CREATE SCHEMA app; CREATE TABLE app.first AS SELECT md5(string_agg(t::text, $$,$$ ORDER BY id)) AS h FROM t');
    await engine.run('DROP TABLE t');
    await prove(files, { t: 500 }, { without: 'candidates' });
    assert.equal(await answer(`${sum}(SELECT h FROM app.first)`), 1);
  });

  it('stops loading when the time is up, and says how far it came', async () => {
    const proof = await prove(
      { 's.sql': 'CREATE TABLE big (id bigserial PRIMARY KEY, a int, b text, c text);', 'q.sql': 'SELECT * FROM big WHERE a = $1;' },
      { big: 1_000_000 },
      { limits: { loadMs: 1 }, without: 'candidates' },
    );
    assert.ok(proof.data.kind === 'synthetic');
    const [table] = proof.data.tables;
    assert.ok(table!.rows >= 10_000 && table!.rows < 1_000_000);
    assert.match(table!.capped!, /loading was stopped after 1 ms/);
  });

  it('puts a plain form in the place of a query that this engine cannot run', async () => {
    const proof = await prove(
      { 's.sql': 'CREATE TABLE t (id int PRIMARY KEY, owner_id int);', 'q.sql': 'SELECT ifnull(id, 0) FROM t WHERE owner_id = ?;' },
      { t: 2_000 },
      { without: 'candidates' },
    );
    assert.match(proof.notes.join(), /does not run here \(function ifnull.*the same search in a plain form stands in for it/);
    assert.match(proof.sql, /WHERE "t"\."owner_id" = \$1/);
  });

  it('reads through views, functions, enums and named schemas', async () => {
    const proof = await prove(
      {
        's.sql': `CREATE TYPE kind AS ENUM ('a', 'b'); CREATE TABLE things (id int PRIMARY KEY, kind kind NOT NULL, owner_id int);
          CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
          CREATE VIEW open_things AS SELECT id, owner_id, twice(id) AS n FROM things WHERE kind = 'a';`,
        'q.sql': 'SELECT v.n FROM open_things v JOIN app.things t ON t.id = v.id WHERE v.owner_id = $1;',
      },
      { things: 2_000 },
      { without: 'candidates' },
    );
    assert.deepEqual(proof.notes, []);
    assert.ok(proof.baseline.some(({ measurement }) => measurement.rows! > 0));
  });

  it('answers the slow search of the example in two ways, and both are proved', async () => {
    const { config } = readConfig(readFileSync(join(EXAMPLE, 'performance.json'), 'utf8'));
    const detector = createDetector({ config });
    const { files } = await listSourceFiles(EXAMPLE);
    const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(EXAMPLE, file), 'utf8')]));
    for (const file of files) await detector.update(file, texts[file]!);
    const plan = planFor({ detector, files: texts }, 'typescript/src/products.ts', { at: 'SELECT id, sku', limits: { rowsPerTable: 8_000 } });
    const proof = await proveInScratch(plan, engine, () => undefined);
    const [trigram, fullText] = proof.candidates;
    assert.deepEqual([trigram!.title, trigram!.outcome], ['Trigram index on products.name', 'proved']);
    assert.deepEqual([fullText!.title, fullText!.outcome], ['Full-text search on products.name', 'proved']);
    assert.ok(proof.data.kind === 'synthetic');
    const [products] = proof.data.tables;
    assert.deepEqual([products!.rows, products!.wanted], [8_000, 1_000_000]);
    assert.match(products!.capped!, /at most 8,000/);
    // Whole words match alike; a part of a word is found by the substring search alone.
    const matches = Object.fromEntries(fullText!.trials.map(({ parameters, matches: found }) => [parameters.kind, found!]));
    assert.equal(matches.selective!.before, matches.selective!.after);
    assert.ok(matches.fragment!.before > 0);
    assert.equal(matches.fragment!.after, 0);
    for (const { cost } of [trigram!, fullText!]) assert.ok(cost!.indexBytes > 0 && cost!.insertRatio! > 1);
  });
});

describe('the process of a proof', function () {
  this.timeout(60_000);
  before(loadSqlParser);

  const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)));
  const FILES = { 's.sql': 'CREATE TABLE t (id int PRIMARY KEY, a int);', 'q.sql': 'SELECT * FROM t WHERE a = $1;' };

  it('carries a plan out and ends', async () => {
    const progress: string[] = [];
    const plan = planFor(await workspaceOf(FILES, { t: 2_000 }), 'q.sql', { without: 'candidates' });
    const proof = await runProver(plan, { timeoutMs: 60_000, report: (text) => progress.push(text) });
    assert.ok(proof.baseline.length > 0);
    assert.deepEqual(progress.slice(0, 2), ['starting pglite', 'building the schema']);
  });

  it('is cancelled at once, and ends when its time is up', async () => {
    const plan = planFor(await workspaceOf(FILES, { t: 1_000_000 }), 'q.sql');
    const cancellation = new AbortController();
    const cancelled = codeOf(runProver(plan, { timeoutMs: 60_000, signal: cancellation.signal, report: () => cancellation.abort() }));
    assert.equal(await cancelled, 'proof-cancelled');
    assert.equal(await codeOf(runProver(plan, { timeoutMs: 300 })), 'proof-timed-out');
    assert.equal(await codeOf(runProver(plan, { timeoutMs: 60_000, signal: AbortSignal.abort() })), 'proof-cancelled');
  });
});
