import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Run } from '../../src/core/evidence';
import type { FunctionFact } from '../../src/core/facts';
import type { Trace, TracedOperation } from '../../src/core/trace';
import { ensureGeneratedDriver, generatedChoice, listDrivers, measure, planTrace } from '../../src/measure';
import type { FunctionAnchor } from '../../src/evidence/attribution';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const position = { line: 0, character: 0 };
const factOf = (name: string): FunctionFact => ({
  name, exportedAs: [name], range: { start: position, end: position }, nameRange: { start: position, end: position },
  hash: 'a hash', isAsync: false, parameters: [], effects: [], calls: [],
});

const lines = (source: string, word: string): number => source.split('\n').findIndex((line) => line.includes(word));
/** The function from the line with `start` to the next empty line, as the syntax would know it. */
const anchor = (source: string, name: string, start: string): FunctionAnchor => {
  const first = lines(source, start);
  const end = source.split('\n').findIndex((line, i) => i > first && line === '');
  return { name, hash: `hash of ${name}`, range: { start: { line: first, character: 0 }, end: { line: end, character: 0 } }, nameRange: { start: { line: first, character: 9 }, end: { line: first, character: 13 } } };
};

const SQLITE_JS = `import Database from 'libsql';
const db = new Database(':memory:');
db.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY); CREATE TABLE items (id INTEGER PRIMARY KEY, order_id INTEGER); CREATE INDEX i ON items (order_id)');
for (let i = 1; i <= 1000; i++) {
  db.prepare('INSERT INTO orders (id) VALUES (?)').run(i);
  db.prepare('INSERT INTO items (order_id) VALUES (?)').run(i);
}

const itemsOf = db.prepare('SELECT * FROM items WHERE order_id = ?');

function loadItems(order) {
  order.items = itemsOf.all(order.id); // the query
}

export function listOrders() {
  const orders = db.prepare('SELECT id FROM orders').all();
  for (const order of orders) {
    loadItems(order); // the loop
  }
  return orders;
}

`;

const SQLITE_PYTHON = `import sqlite3

db = sqlite3.connect(":memory:")
db.executescript("CREATE TABLE orders (id INTEGER PRIMARY KEY); CREATE TABLE items (id INTEGER PRIMARY KEY, order_id INTEGER); CREATE INDEX i ON items (order_id)")
for i in range(1000):
    db.execute("INSERT INTO orders (id) VALUES (?)", (i,))
    db.execute("INSERT INTO items (order_id) VALUES (?)", (i,))


def load_items(order):
    cursor = db.cursor()
    cursor.execute("SELECT * FROM items WHERE order_id = ?", (order,))  # the query
    return cursor.fetchall()


def list_orders():
    orders = db.execute("SELECT id FROM orders").fetchall()
    return [load_items(order) for (order,) in orders]  # the loop

`;

describe('a trace', function () {
  this.timeout(60_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  async function traced(file: string, functionName: string, anchors: Readonly<Record<string, readonly FunctionAnchor[]>> = {}, driverText?: string): Promise<Run> {
    const target = { file, functionName, hash: 'a hash' };
    const { path } = await ensureGeneratedDriver(workspace.store, file, factOf(functionName), workspace);
    if (driverText) writeFileSync(path, driverText);
    return run(generatedChoice(target, workspace), target, anchors, path);
  }
  async function run(choice: ReturnType<typeof generatedChoice>, target: Parameters<typeof planTrace>[1], anchors: Readonly<Record<string, readonly FunctionAnchor[]>> = {}, driver?: string): Promise<Run> {
    const context = { workspace, store: workspace.store, node: process.execPath };
    let output = '';
    const plan = await planTrace(choice, target, context, driver);
    const result = await measure(plan, workspace.store, (file) => anchors[file], { timeoutMs: 30_000, onOutput: (text) => (output += text) });
    assert.equal(result.failure, undefined, output);
    return result;
  }

  const perCall = ({ operations, calls }: Trace, category: TracedOperation['category']) =>
    operations.filter((operation) => operation.category === category).map(({ count, subject }) => [subject, count / calls!]);

  function assertNPlusOne({ trace }: Run, source: string, file: string, names: readonly [string, string]): void {
    assert.deepEqual(new Map(perCall(trace!, 'database') as [string, number][]), new Map([['items', 1000], ['orders', 1]]), JSON.stringify(trace!.operations));
    const items = trace!.operations.find(({ subject }) => subject === 'items')!;
    assert.deepEqual(items.callers.slice(0, 2).map(({ file: at, functionName, line }) => [at, functionName, line]), [[file, names[0], lines(source, 'the query')], [file, names[1], lines(source, 'the loop')]]);
    assert.deepEqual(items.callers.slice(0, 2).map(({ hash, functionLine }) => [hash, functionLine]), names.map((name) => [`hash of ${name}`, lines(source, ` ${name}(`)]));
    assert.match(items.shape, /^SELECT \* FROM items WHERE order_id = \?$/);
    assert.ok(items.p95Ms > 0 && items.p95Ms <= items.maxMs && items.totalMs <= trace!.wallMs);
    assert.ok(trace!.resources.database / trace!.wallMs > 0.3, JSON.stringify(trace!.resources));
    const sum = Object.values(trace!.resources).reduce((total, ms) => total + ms, 0);
    assert.ok(Math.abs(sum - trace!.wallMs) < 0.01 * trace!.wallMs, `${sum} of ${trace!.wallMs}`);
  }

  it('of an N+1 in Node has exactly 1,001 queries, from the line in the helper and the line of the loop', async () => {
    workspace = temporaryWorkspace({ 'orders.mjs': SQLITE_JS }, ['libsql', '@libsql', '@neon-rs', 'detect-libc']);
    const anchors = [anchor(SQLITE_JS, 'loadItems', 'function loadItems'), anchor(SQLITE_JS, 'listOrders', 'function listOrders')];
    assertNPlusOne(await traced('orders.mjs', 'listOrders', { 'orders.mjs': anchors }), SQLITE_JS, 'orders.mjs', ['loadItems', 'listOrders']);
  });

  it('of an N+1 in Python has exactly 1,001 queries, from the line in the helper and the line of the loop', async () => {
    workspace = temporaryWorkspace({ 'orders.py': SQLITE_PYTHON });
    const anchors = [anchor(SQLITE_PYTHON, 'load_items', 'def load_items'), anchor(SQLITE_PYTHON, 'list_orders', 'def list_orders')];
    assertNPlusOne(await traced('orders.py', 'list_orders', { 'orders.py': anchors }), SQLITE_PYTHON, 'orders.py', ['load_items', 'list_orders']);
  });

  it('of TypeScript in a test has the lines of the sources', async () => {
    const source = `import { readFileSync } from 'node:fs';
interface Options { readonly times: number }

export function readAgain({ times }: Options): number {
  let size = 0;
  for (let i = 0; i < times; i++) {
    size += readFileSync(import.meta.filename ?? process.argv[1]!).length; // the read
  }
  return size;
}
`;
    const test = "import { readAgain } from './read';\nimport { it } from 'mocha';\nit('reads', () => {\n  readAgain({ times: 40 });\n});\n";
    workspace = temporaryWorkspace({ 'package.json': '{"type": "module"}', 'src/read.ts': source, 'src/read.test.ts': test }, ['mocha', 'tsx', 'esbuild', '@esbuild']);
    const target = { file: 'src/read.ts', functionName: 'readAgain', hash: 'unused' };
    const { trace, caveats } = await run(listDrivers(target, workspace, false).find(({ runner }) => runner === 'mocha')!, target);
    const read = trace!.operations.find(({ category, callers }) => category === 'file' && callers.length > 0)!;
    assert.deepEqual([read.count, read.callers[0]!.file, read.callers[0]!.line], [40, 'src/read.ts', lines(source, 'the read')]);
    assert.match(caveats.join(), /the whole program/);
    assert.equal(trace!.calls, undefined);
  });

  it('tells waiting for requests from computing, serialising and sleeping', async function () {
    // Wall clock: on a busy machine everything waits.
    this.retries(2);
    const source = `import { createServer, get } from 'node:http';
const server = createServer((_request, response) => setTimeout(() => response.end('{"a": 1}'), 60)).listen(0, '127.0.0.1').unref();
await new Promise((ready) => server.once('listening', ready));
const url = () => \`http://127.0.0.1:\${server.address().port}/orders/17?secret=1\`;
export async function work() {
  await (await fetch(url())).json(); // fetched
  await new Promise((done) => get(url(), (response) => response.resume().on('end', done))); // got
  await Promise.all([1, 2, 3].map(() => fetch(url()).then((response) => response.text())));
  await new Promise((done) => setTimeout(done, 80));
  JSON.parse(JSON.stringify(Array.from({ length: 50_000 }, (_, i) => ({ i })))); // serialised
  const end = performance.now() + 50;
  while (performance.now() < end);
}

`;
    workspace = temporaryWorkspace({ 'work.mjs': source });
    const { trace } = await traced('work.mjs', 'work');
    const { network, waiting, serialisation, application } = trace!.resources;
    const callMs = (ms: number) => ms / trace!.calls!;
    // Five requests of 60 ms, three of them at once.
    assert.ok(callMs(network) > 150 && callMs(network) < 260, JSON.stringify(trace!.resources));
    assert.ok(callMs(waiting) > 60 && callMs(waiting) < 130, JSON.stringify(trace!.resources));
    assert.ok(callMs(application) > 45 && callMs(serialisation) > 1, JSON.stringify(trace!.resources));
    const requests = trace!.operations.filter(({ category }) => category === 'network');
    assert.ok(requests.every(({ shape }) => /^GET http:\/\/127\.0\.0\.1:\d+\/orders\/:id$/.test(shape)), JSON.stringify(requests));
    const at = (word: string) => requests.find(({ callers }) => callers[0]?.line === lines(source, word))!;
    assert.ok(at('fetched').totalMs / at('fetched').count >= 55 && at('got').library === 'http');
    assert.equal(trace!.operations.find(({ shape }) => shape.startsWith('JSON.parse'))?.callers[0]?.line, lines(source, 'serialised'));
  });

  it('in Python tells the same', async function () {
    this.retries(2);
    const source = `import asyncio, http.server, json, threading, time, urllib.request


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(0.06)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


def work():
    urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/orders/17?secret=1").read()  # fetched
    time.sleep(0.08)
    with open(__file__) as file:  # opened
        file.read()
    json.loads(json.dumps([{"i": i} for i in range(30000)]))

`;
    workspace = temporaryWorkspace({ 'work.py': source });
    const { trace } = await traced('work.py', 'work');
    const { network, waiting, serialisation } = trace!.resources;
    const callMs = (ms: number) => ms / trace!.calls!;
    assert.ok(callMs(network) > 55 && callMs(network) < 110, JSON.stringify(trace!.resources));
    assert.ok(callMs(waiting) > 70 && callMs(waiting) < 130 && callMs(serialisation) > 5, JSON.stringify(trace!.resources));
    const place = (category: string) => trace!.operations.find((operation) => operation.category === category)!;
    assert.deepEqual([place('network').callers[0]?.line, place('file').callers[0]?.line], [lines(source, 'fetched'), lines(source, 'opened')]);
    assert.match(place('network').shape, /\/orders\/:id$/);
  });

  it('keeps no value of a statement', async () => {
    const source = SQLITE_JS.replace("db.prepare('SELECT id FROM orders').all();", "db.prepare(\"SELECT id FROM orders WHERE id IN (1, 2, 3) AND 'a secret' <> ''\").all();");
    workspace = temporaryWorkspace({ 'orders.mjs': source }, ['libsql', '@libsql', '@neon-rs', 'detect-libc']);
    const { trace } = await traced('orders.mjs', 'listOrders');
    assert.ok(trace!.operations.some(({ shape }) => shape === 'SELECT id FROM orders WHERE id IN (?) AND ? <> ?'), JSON.stringify(trace!.operations.map(({ shape }) => shape)));
    assert.ok(!JSON.stringify(trace).includes('secret'));
  });
});
