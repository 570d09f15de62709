import assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../src/core/config';
import type { Run } from '../../src/core/evidence';
import { FailureError } from '../../src/core/failures';
import { type DriverChoice } from '../../src/measure';
import { declaredRate, loadRoute, type RouteRequest } from '../../src/measure/experiments';
import { drive } from '../../src/measure/load/drive';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const CHOICE: DriverChoice = { kind: 'script', language: 'typescript', runner: 'package-script', file: 'package.json', script: 'start', cwd: '', label: 'npm run start', reason: 'a test' };
const manifest = (start: string) => JSON.stringify({ scripts: { start } });

/** Answers after 20 ms, refuses one path, and takes its port from where the test says. */
const SERVER = (port: string) => `import { createServer } from 'node:http';
createServer((request, response) => setTimeout(() => { response.statusCode = request.url === '/gone' ? 404 : 200; response.end('{"ok": true}'); }, 20)).listen(${port}, '127.0.0.1');
`;

describe('a route under load', function () {
  this.timeout(60_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace?.remove());
  const load = (request: Partial<RouteRequest> = {}, options: Partial<Parameters<typeof loadRoute>[2]> = {}): Promise<Run> =>
    loadRoute({ choice: CHOICE, route: 'GET /orders/:id', path: '/orders/7', load: { ratePerSecond: 40, seconds: 2, connections: 4 }, ...request }, { workspace, store: workspace.store, node: process.execPath }, options);

  it('is driven at the rate that was asked, with the latencies of each answer and what its process used', async () => {
    workspace = temporaryWorkspace({ 'package.json': manifest('node server.mjs'), 'server.mjs': SERVER('0') });
    const run = await load();
    assert.equal(run.failure, undefined);
    const { answeredPerSecond, refusals, errors, memory, cpu, url } = run.load!;
    assert.ok(answeredPerSecond > 25 && answeredPerSecond < 50, String(answeredPerSecond));
    assert.deepEqual([refusals, errors], [0, 0]);
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/orders\/7$/);
    const [latency] = run.benchmarks;
    assert.equal(latency?.name, 'GET /orders/:id');
    assert.ok(latency.p50 >= 18 && latency.p50 < 200 && latency.sampleCount > 50, JSON.stringify({ ...latency, samples: 0 }));
    assert.ok(memory!.max > 2 ** 24 && cpu!.p50 >= 0);
    assert.equal((await workspace.store.list()).runs.length, 1);
    await assert.rejects(fetch(url), 'the service has ended');
  });

  it('is found by what it prints, and counts answers that are no success', async () => {
    const source = `const port = Number(process.env.PORT);\n${SERVER('port').replace("'127.0.0.1')", "'127.0.0.1', () => console.log('Ready on http://localhost:' + port))")}`;
    workspace = temporaryWorkspace({ 'package.json': manifest('node server.mjs'), 'server.mjs': source });
    const run = await load({ path: '/gone' });
    assert.equal(run.load!.refusals, run.load!.answers);
    assert.ok(run.caveats.some((caveat) => caveat.includes('no success')));
  });

  it('whose app ends or never listens: failed, with the reason', async () => {
    workspace = temporaryWorkspace({ 'package.json': manifest('node -e "process.exit(4)"') });
    const ended = await load();
    assert.deepEqual([ended.status, ended.failure?.code], ['failed', 'service-not-started']);
    assert.match(ended.failure!.message, /exit code/);
    workspace.remove();
    workspace = temporaryWorkspace({ 'package.json': manifest('node -e "setInterval(() => {}, 1000)"') });
    assert.match((await load({}, { startMs: 1500 })).failure!.message, /nothing listened in time/);
  });

  it('that is cancelled leaves nothing behind', async () => {
    workspace = temporaryWorkspace({ 'package.json': manifest('node server.mjs'), 'server.mjs': SERVER('0') });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 2500);
    const run = await load({ load: { seconds: 60 } }, { signal: abort.signal });
    assert.equal(run.status, 'cancelled');
    assert.deepEqual(run.benchmarks, []);
  });

  it('is never one of another machine', async () => {
    const request = { url: 'http://192.0.2.1/orders', method: 'GET', ratePerSecond: 1, seconds: 1, connections: 1 };
    await assert.rejects(drive(request), (error: FailureError) => error.failure.code === 'not-loopback');
    await assert.rejects(drive({ ...request, url: 'http://localhost.example.test/' }), (error: FailureError) => error.failure.code === 'not-loopback');
  });

  it('has the rate that performance.json declares for it', () => {
    const config = { ...EMPTY_CONFIG, requirements: [{ route: 'GET /orders', latency: {}, throughput: 100 }, { route: 'get /orders', latency: {}, throughput: 50 }, { scope: 'src/**', latency: {}, throughput: 9 }] };
    assert.deepEqual([declaredRate(config, 'GET /Orders'), declaredRate(config, 'GET /items')], [100, undefined]);
  });
});
