import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { FailureError, type Failure } from '../../src/core/failures';
import type { Proof } from '../../src/core/proof';
import type { ProofPlan } from '../../src/prove/plan/plan';
import { runProver } from '../../src/prove/runProver';
import { proveOnServer } from '../../src/prove/server/proveOnServer';
import { loadSqlParser } from '../../src/syntax/sql/parser';
import { planFor, workspaceOf, type PlanOptions } from '../unit/prove/support';
import { findPostgres, hasExtension, PASSWORD, startPostgres, type PostgresServer } from './postgresServer';

const SCHEMA = `CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id integer NOT NULL, status text NOT NULL, total numeric(10,2));`;

const installed = findPostgres();
if ('missing' in installed) console.log(`NOT RUN: the tests of the connection to a real PostgreSQL server, because ${installed.missing}.`);
else tests(installed.folder);

function tests(folder: string): void {
  describe('a real PostgreSQL server', function () {
    this.timeout(60_000);
    let server: PostgresServer;
    let admin: Client;

    before(async () => {
      await loadSqlParser();
      server = await startPostgres(folder);
      admin = await server.admin();
      await admin.query(`${SCHEMA}
        INSERT INTO orders (customer_id, status, total) SELECT 1 + i % 500, 'open', i % 100 FROM generate_series(1, 50000) i;
        ANALYZE orders;
        CREATE TABLE secrets (id int PRIMARY KEY, body text);
        CREATE ROLE reader LOGIN PASSWORD '${PASSWORD}'; GRANT SELECT ON orders TO reader;
        CREATE TABLE touched (at timestamptz);
        CREATE FUNCTION touch() RETURNS int LANGUAGE sql AS 'INSERT INTO touched VALUES (now()) RETURNING 1';
        CREATE FUNCTION sly() RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN PERFORM pg_sleep(0); RETURN 1; END';
        CREATE VIEW touching AS SELECT id, touch() AS t FROM orders;
        CREATE VIEW plain AS SELECT id, customer_id FROM orders WHERE status = 'open';`);
    });
    after(async () => {
      await admin?.end().catch(() => undefined);
      await server?.stop();
    });

    const planOf = async (sql: string, options: PlanOptions = {}): Promise<ProofPlan> =>
      planFor(await workspaceOf({ 'schema.sql': SCHEMA, 'q.sql': sql }), 'q.sql', { engine: 'postgres', ...options });
    const ask = async (sql: string, options: PlanOptions = {}, connection = server.connection()): Promise<Proof> =>
      proveOnServer(await planOf(sql, options), connection, () => undefined, () => undefined);
    const failureOf = (work: Promise<unknown>): Promise<Failure> =>
      work.then(
        () => assert.fail('it did not fail'),
        (error: unknown) => {
          if (error instanceof FailureError) return error.failure;
          throw error;
        },
      );
    const touches = async (): Promise<number> => Number((await admin.query('SELECT count(*) AS n FROM touched')).rows[0].n);

    it('plans a query without running it, for any value', async () => {
      const proof = await ask('SELECT * FROM orders WHERE customer_id = $1 AND status = $2;');
      const [{ parameters, measurement }] = proof.baseline as [Proof['baseline'][number]];
      assert.match(proof.engine.version, /^PostgreSQL \d+/);
      assert.deepEqual(proof.data, { kind: 'own', ran: false });
      assert.deepEqual([parameters.kind, parameters.values, measurement.samples], ['generic', [], []]);
      assert.equal(measurement.plan.operation, 'Seq Scan');
      assert.match(measurement.plan.detail!, /customer_id = \$1/);
      assert.ok(measurement.cost! > 100);
    });

    it('runs a SELECT read-only where that is asked for, and keeps no value of the data', async () => {
      const proof = await ask('SELECT id FROM orders WHERE customer_id = $1 AND total > 5;', { analyse: true });
      const { measurement, parameters } = proof.baseline[0]!;
      assert.deepEqual(proof.data, { kind: 'own', ran: true });
      assert.equal(measurement.samples.length, 3);
      assert.ok(measurement.rows! > 0 && measurement.plan.removedRows! > 40_000);
      assert.deepEqual(parameters.values, []);
      assert.match(JSON.stringify(measurement.plan), /customer_id = \$1/);
    });

    it('reads plain views, and refuses what acts, however deep it hides', async () => {
      assert.ok((await ask('SELECT id FROM plain WHERE customer_id = 7;', { analyse: true })).baseline[0]!.measurement.samples.length > 0);
      const refused: readonly (readonly [string, RegExp])[] = [
        ['SELECT touch() FROM orders LIMIT 1;', /touch is not PostgreSQL's own/],
        ['SELECT sly() FROM orders LIMIT 1;', /sly is not PostgreSQL's own/],
        ['SELECT id FROM touching LIMIT 1;', /the view touching is not safe to run: the function public\.touch/],
      ];
      for (const [sql, why] of refused) {
        const failure = await failureOf(ask(sql, { analyse: true }));
        assert.equal(failure.code, 'statement-refused', sql);
        assert.match(failure.message, why);
      }
      assert.equal(await touches(), 0);
    });

    it('could change nothing even if a check had failed: the session is read-only', async () => {
      const { openSession } = await import('../../src/prove/server/session');
      const session = await openSession(server.connection(), { statementMs: 5_000 }, 'q.sql');
      const failure = await failureOf(session.query('SELECT touch()'));
      assert.match(failure.message, /read-only transaction/);
      await session.close();
      assert.equal(await touches(), 0);
    });

    it('never runs an UPDATE: it plans the search for its rows', async () => {
      const proof = await ask('UPDATE orders SET total = 0 WHERE customer_id = $1;', { analyse: true });
      assert.match(proof.sql, /^SELECT 1 FROM "orders"/);
      assert.equal(Number((await admin.query('SELECT count(*) AS n FROM orders WHERE total = 0')).rows[0].n), 500);
    });

    it('says that hypopg is absent, and goes on', async () => {
      const [candidate] = (await ask('SELECT * FROM orders WHERE customer_id = $1;')).candidates;
      assert.equal(candidate!.outcome, 'undecided');
      assert.match(candidate!.reason, /hypopg is not installed/);
    });

    if (!hasExtension(folder, 'hypopg')) console.log('NOT RUN: hypothetical indexes, because this server has no hypopg to install.');
    else it('tries an index as a hypothetical one where hypopg is installed', async () => {
      await admin.query('CREATE EXTENSION hypopg');
      const proof = await ask('SELECT * FROM orders WHERE customer_id = $1;', { index: 'CREATE INDEX nonsense ON orders (total)' });
      await admin.query('DROP EXTENSION hypopg');
      const [useful, useless] = proof.candidates;
      assert.deepEqual([useful!.outcome, useful!.trials[0]!.basis], ['proved', 'cost']);
      assert.match(JSON.stringify(useful!.trials[0]!.after.plan), /orders_customer_id/);
      assert.equal(useless!.outcome, 'refuted');
      const indexes = await admin.query(`SELECT count(*) AS n FROM pg_indexes WHERE tablename = 'orders'`);
      assert.equal(Number(indexes.rows[0].n), 1, 'nothing was built');
    });

    it('tells of missing rights, of a wrong password and of no server without repeating a secret', async () => {
      const denied = await failureOf(ask('SELECT o.id FROM orders o JOIN secrets s ON s.id = o.id WHERE s.body = $1;', {}, server.connection('reader')));
      assert.equal(denied.code, 'permission-denied');
      const wrong = server.connection().replace(encodeURIComponent(PASSWORD), 'hunter2');
      const unknown = `postgres://admin:hunter2@127.0.0.1:1/postgres`;
      for (const connection of [wrong, unknown]) {
        const failure = await failureOf(ask('SELECT id FROM orders WHERE id = $1;', {}, connection));
        assert.equal(failure.code, 'connection-failed');
        assert.doesNotMatch(failure.message, /hunter2/);
      }
      for (const connection of ['hunter2', 'mysql://u:hunter2@h/d', 'postgres://u:hunter2@h', 'postgres://u:hunter2@h:port/d']) {
        const failure = await failureOf(ask('SELECT id FROM orders WHERE id = $1;', {}, connection));
        assert.equal(failure.code, 'bad-connection', connection);
        assert.doesNotMatch(failure.message, /hunter2/);
      }
      assert.equal((await failureOf(ask('SELECT id FROM orders WHERE id = $1;', {}, ''))).code, 'no-connection');
    });

    it('stops at the time limit, and does not wait for a lock', async () => {
      const slow = 'SELECT count(*) FROM orders a, orders b, orders c WHERE a.total + b.total > c.total;';
      const limits = { statementMs: 400 };
      assert.equal((await failureOf(ask(slow, { analyse: true, limits }))).code, 'statement-timed-out');
      await admin.query('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE');
      const began = Date.now();
      const failure = await failureOf(ask('SELECT id FROM orders WHERE customer_id = $1;'));
      await admin.query('ROLLBACK');
      assert.equal(failure.code, 'statement-timed-out');
      assert.ok(Date.now() - began < 5_000, 'it gave up the lock after a second');
    });

    it('ends its statement on the server when it is cancelled', async () => {
      const plan = await planOf('SELECT count(*) FROM orders a, orders b, orders c WHERE a.total + b.total > c.total;', { analyse: true });
      const cancellation = new AbortController();
      const running = failureOf(runProver(plan, { signal: cancellation.signal, timeoutMs: 60_000, connection: server.connection(), report: (text) => text.startsWith('running') && setTimeout(() => cancellation.abort(), 500) }));
      assert.equal((await running).code, 'proof-cancelled');
      await pause(300);
      const active = await admin.query(`SELECT count(*) AS n FROM pg_stat_activity WHERE application_name LIKE 'Performance Engineer%' AND state = 'active'`);
      assert.equal(Number(active.rows[0].n), 0);
    });

    it('tells of a server that goes away in the middle', async () => {
      const running = failureOf(ask('SELECT count(*) FROM orders a, orders b, orders c WHERE a.total + b.total > c.total;', { analyse: true }));
      await pause(700);
      server.kill();
      const failure = await running;
      assert.equal(failure.code, 'connection-lost');
      assert.match(failure.message, /Nothing was changed there/);
    });
  });
}
