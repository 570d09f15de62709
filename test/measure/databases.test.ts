import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { FunctionFact } from '../../src/core/facts';
import type { Trace } from '../../src/core/trace';
import { ensureGeneratedDriver, generatedChoice, measure, planTrace } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';
import { nodeVersion, npmPackages, pythonPackages } from './installed';
import { type FakeServer, mongodb, postgres, redis } from './servers';

const DRIVERS = { pg: '8.23.1', mysql2: '3.24.6', mongodb: '7.9.0', redis: '6.3.1', ioredis: '6.0.0' };
const PYTHON_LIBRARIES = { sqlalchemy: '2.1.9', requests: '2.34.2', httpx: '0.28.1' };
const position = { line: 0, character: 0 };
const FACT: FunctionFact = {
  name: 'work', exportedAs: ['work'], range: { start: position, end: position }, nameRange: { start: position, end: position },
  hash: 'a hash', isAsync: true, parameters: [], effects: [], calls: [],
};

describe('a trace of database drivers', function () {
  this.timeout(120_000);
  let workspace: TemporaryWorkspace | undefined;
  const servers: FakeServer[] = [];
  afterEach(() => {
    workspace?.remove();
    servers.splice(0).forEach((server) => server.close());
  });
  const started = async (server: Promise<FakeServer>): Promise<number> => {
    servers.push(await server);
    return servers.at(-1)!.port;
  };

  async function traced(file: string, source: string, setup: { readonly modules?: string; readonly node?: string; readonly pythonPath?: string } = {}): Promise<Trace> {
    workspace = temporaryWorkspace({ [file]: source });
    if (setup.modules) symlinkSync(setup.modules, join(workspace.workspace, 'node_modules'), 'junction');
    const target = { file, functionName: 'work', hash: 'a hash' };
    const { path } = await ensureGeneratedDriver(workspace.store, file, FACT, workspace);
    const environment = { ...process.env, ...(setup.pythonPath && { PYTHONPATH: setup.pythonPath }) };
    const plan = await planTrace(generatedChoice(target, workspace), target, { workspace, store: workspace.store, node: setup.node ?? process.execPath, environment }, path);
    let output = '';
    const run = await measure(plan, workspace.store, () => undefined, { timeoutMs: 60_000, onOutput: (text) => (output += text) });
    assert.equal(run.failure, undefined, output);
    return run.trace!;
  }
  /** Shape, calls and the line of the caller, for one call of the function; what drivers say to connect has no caller. */
  const perCall = ({ operations, calls }: Trace, library: string) =>
    operations
      .filter((operation) => operation.library === library && operation.callers.length > 0)
      .map(({ shape, count, callers }) => [shape, count / calls!, callers[0]!.line + 1] as const)
      .sort((a, b) => a[2] - b[2]);

  it('pg: pool and client, one after the other and at once, each query once', async () => {
    const port = await started(postgres());
    const trace = await traced('work.mjs', `import pg from 'pg';
const pool = new pg.Pool({ host: '127.0.0.1', port: ${port}, user: 'a', database: 'a' });
export async function work() {
  for (let i = 0; i < 5; i++) await pool.query('SELECT id FROM items WHERE order_id = $1', [i]);
  const client = await pool.connect();
  await client.query('SELECT 5, \\'x\\' FROM users');
  client.release();
  await Promise.all([1, 2, 3].map((i) => pool.query(\`SELECT id FROM parallel WHERE id IN (\${i}, 2)\`)));
}
`, { modules: npmPackages(DRIVERS) });
    assert.deepEqual(perCall(trace, 'pg'), [
      ['SELECT id FROM items WHERE order_id = ?', 5, 4],
      ['SELECT ?, ? FROM users', 1, 6],
      ['SELECT id FROM parallel WHERE id IN (?)', 3, 8],
    ]);
    assert.ok(trace.resources.database / trace.wallMs > 0.5, JSON.stringify(trace.resources));
  });

  it('mysql2: promises of a pool and of a connection, each query once', async () => {
    const modules = npmPackages(DRIVERS);
    const mysql = require(join(modules, 'mysql2')) as { createServer(): { on(event: string, handler: (connection: { serverHandshake(options: object): void; on(event: string, handler: () => void): void; writeOk(): void; sequenceId: number }) => void): void; listen(port: number, host: string, done: () => void): void; close(done: () => void): void; _server: { address(): { port: number } } } };
    const server = mysql.createServer();
    server.on('connection', (connection) => {
      connection.serverHandshake({ protocolVersion: 10, serverVersion: '8', connectionId: 1, statusFlags: 2, characterSet: 8, capabilityFlags: 0xffffff ^ 2048 });
      connection.on('query', () => (connection.writeOk(), (connection.sequenceId = 0)));
      connection.on('error', () => undefined);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    servers.push({ port: 0, close: () => server.close(() => undefined) });
    const trace = await traced('work.mjs', `import mysql from 'mysql2/promise';
const pool = mysql.createPool({ host: '127.0.0.1', port: ${server._server.address().port}, user: 'a' });
export async function work() {
  for (let i = 0; i < 4; i++) await pool.query('SELECT * FROM items WHERE id = ?', [i]);
  const connection = await pool.getConnection();
  await connection.query('UPDATE items SET a = 1');
  connection.release();
}
`, { modules });
    assert.deepEqual(perCall(trace, 'mysql2'), [['SELECT * FROM items WHERE id = ?', 4, 4], ['UPDATE items SET a = ?', 1, 6]]);
  });

  it('redis and ioredis: commands with their keys, without what is in them', async () => {
    const port = await started(redis());
    const trace = await traced('work.mjs', `import { createClient } from 'redis';
import Redis from 'ioredis';
const client = createClient({ url: 'redis://127.0.0.1:${port}' });
client.on('error', () => {});
await client.connect();
const other = new Redis(${port}, '127.0.0.1');
other.on('error', () => {});
export async function work() {
  for (let i = 0; i < 3; i++) await client.get(\`user:\${i}\`);
  for (let i = 0; i < 4; i++) await other.get(\`order:\${i}\`);
}
`, { modules: npmPackages(DRIVERS) });
    assert.deepEqual([perCall(trace, 'redis'), perCall(trace, 'ioredis')], [[['GET user:?', 3, 9]], [['GET order:?', 4, 10]]]);
  });

  it('mongodb: single documents, cursors read whole and in a loop', async () => {
    const modules = npmPackages(DRIVERS);
    const port = await started(mongodb((require(join(modules, 'mongodb')) as { BSON: Parameters<typeof mongodb>[0] }).BSON));
    const trace = await traced('work.mjs', `import { MongoClient } from 'mongodb';
const client = await new MongoClient('mongodb://127.0.0.1:${port}/?directConnection=true').connect();
const orders = client.db('shop').collection('orders');
export async function work() {
  for (let i = 0; i < 3; i++) await orders.findOne({ customer: i, open: true });
  await orders.find({ customer: 1 }).toArray();
  for await (const order of orders.find({ paid: false })) if (!order) throw new Error('none');
  await orders.insertOne({ total: 1 });
}
`, { modules });
    assert.deepEqual(perCall(trace, 'mongodb'), [
      ['orders.findOne {customer, open}', 3, 5],
      ['orders.find {customer}', 1, 6],
      ['orders.find {paid}', 1, 7],
      ['orders.insertOne {total}', 1, 8],
    ]);
    assert.equal(trace.operations.find(({ library }) => library === 'mongodb')?.subject, 'orders');
  });

  for (const version of ['22.23.3', '24.21.0']) {
    it(`node:sqlite of Node ${version}: an N+1 of exactly 1,001 queries`, async () => {
      const trace = await traced('work.mjs', `import { DatabaseSync } from 'node:sqlite';
const db = new DatabaseSync(':memory:');
db.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY); CREATE TABLE items (order_id INTEGER)');
for (let i = 0; i < 1000; i++) db.prepare('INSERT INTO orders (id) VALUES (?)').run(i);
export function work() {
  const orders = db.prepare('SELECT id FROM orders').all();
  return orders.map(({ id }) => db.prepare('SELECT * FROM items WHERE order_id = ?').all(id));
}
`, { node: nodeVersion(version) });
      assert.deepEqual(perCall(trace, 'node:sqlite'), [['SELECT id FROM orders', 1, 6], ['SELECT * FROM items WHERE order_id = ?', 1000, 7]]);
    });
  }

  it('in Python: SQLAlchemy over sqlite3 counts once, requests and httpx count as themselves', async () => {
    const web = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((ready) => web.listen(0, '127.0.0.1', ready));
    const address = web.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/orders/17?secret=1`;
    servers.push({ port: 0, close: () => (web.closeAllConnections(), web.close()) });
    const trace = await traced('work.py', `import httpx
import requests
from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", poolclass=StaticPool)
with engine.begin() as connection:
    connection.execute(text("CREATE TABLE items (order_id INTEGER)"))


def work():
    with engine.connect() as connection:
        for i in range(7):
            connection.execute(text("SELECT * FROM items WHERE order_id = :id"), {"id": i}).all()
    requests.get("${url}")
    httpx.get("${url}")
`, { pythonPath: pythonPackages(PYTHON_LIBRARIES) });
    const database = trace.operations.filter(({ category }) => category === 'database');
    assert.deepEqual(database.map(({ shape, count, callers }) => [shape, count / trace.calls!, callers[0]?.line]), [['SELECT * FROM items WHERE order_id = ?', 7, 13]]);
    for (const [library, line] of [['requests', 14], ['httpx', 15]] as const) {
      const own = trace.operations.filter((operation) => operation.category === 'network' && operation.library === library);
      assert.deepEqual(own.map(({ count, callers }) => [count / trace.calls!, callers[0]?.line]), [[1, line]]);
      assert.match(own[0]!.shape, /^GET http:\/\/127\.0\.0\.1:\d+\/orders\/:id$/);
    }
    assert.equal(trace.operations.filter(({ category }) => category === 'network').length, 2, 'what requests does with urllib3 is no request of its own');
  });
});
