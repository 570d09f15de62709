import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from './client';
import { MANY_ORDERS, N_PLUS_ONE, TestFolder } from './workspace';

type Rejection = { readonly code: number; readonly message: string };
const REQUEST_CANCELLED = -32800;
const INVALID_PARAMS = -32602;

describe('the language server with bad input', function () {
  this.timeout(120_000);
  let folder: TestFolder;
  let client: Client;
  const reported = async (): Promise<string[]> => {
    const { report } = await client.request('performance/report', {});
    return report.failures.map(({ code, file }) => `${code} ${file}`).sort();
  };

  before(async () => {
    folder = new TestFolder({
      'performance.json': MANY_ORDERS,
      'src/orders.ts': N_PLUS_ONE,
      'src/image.ts': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0xff, 0xfe]),
      'src/broken.ts': 'export function half( {\n  for (const of of => [[[\n',
      'src/broken.py': 'def half(:\n    for in in\n',
      'src/broken.sql': 'SELEKT * FORM t;\nGO\nDECLARE @x INT = 1;\n',
      'src/huge.ts': `export const data = [\n${'  1,\n'.repeat(700_000)}];\n`,
    });
    client = await Client.start({ folders: [folder.uri] });
    await client.ready();
  });
  after(async () => {
    await client.stop();
    folder.remove();
  });

  it('says which files were left out, and checks the others', async () => {
    const failures = await reported();
    assert.ok(failures.includes('binary-file src/image.ts'), failures.join());
    assert.ok(failures.includes('large-file src/huge.ts'), failures.join());
    const { report } = await client.request('performance/report', {});
    assert.equal(report.recommendations.high[0]!.rule, 'n-plus-one-query');
  });

  it('survives a binary document in the editor, and code that is half typed', async () => {
    const image = folder.uriOf('src/unsaved.ts');
    await client.open(image, 'typescript', 'PNG\0\0\u{fffd}');
    assert.deepEqual(await client.lenses(image), []);
    assert.ok((await reported()).includes('binary-file src/unsaved.ts'));
    await client.close(image);
    for (const [name, language] of [['src/broken.ts', 'typescript'], ['src/broken.py', 'python'], ['src/broken.sql', 'sql']] as const) {
      const uri = folder.uriOf(name);
      await client.open(uri, language, 'for ( def SELECT \n\t)}]] `${ "');
      assert.deepEqual(await client.lenses(uri), [], name);
      assert.equal(await client.hover(uri, 'def'), null, name);
      await client.close(uri);
    }
  });

  it('keeps up with a file of 50,000 lines', async () => {
    const uri = folder.uriOf('src/long.ts');
    const lines = Array.from({ length: 50_000 }, (_, index) => `export const f${index} = (a: 1) => a;\n`);
    await client.open(uri, 'typescript', N_PLUS_ONE + lines.join(''));
    await client.until('its finding is shown', () => client.diagnosticsOf(uri).length > 0);
    await client.replace(uri, 'pool.query', 'format');
    await client.until('it is gone', () => client.diagnosticsOf(uri).length === 0);
    await client.close(uri);
  });

  it('drops what was asked for and is no longer wanted', async () => {
    const uri = folder.uriOf('src/orders.ts');
    await client.open(uri, 'typescript', N_PLUS_ONE);
    await assert.rejects(client.cancelled('performance/report', {}), (error: Rejection) => error.code === REQUEST_CANCELLED);
    assert.equal((await client.lenses(uri)).length, 4, 'and answers the next request');
    await client.close(uri);
  });

  it('answers malformed parameters with an error and goes on', async () => {
    const malformed: [string, unknown][] = [
      ['textDocument/codeLens', {}],
      ['textDocument/hover', { textDocument: { uri: 5 }, position: 'here' }],
      ['textDocument/inlayHint', { textDocument: null }],
      ['textDocument/codeAction', { textDocument: { uri: folder.uriOf('src/orders.ts') } }],
      ['performance/finish', { plan: 'none' }],
      ['performance/fix', { finding: 'n-plus-one-query-0000000000', fix: 'first' }],
    ];
    const uri = folder.uriOf('src/orders.ts');
    await client.open(uri, 'typescript', N_PLUS_ONE);
    for (const [method, params] of malformed) {
      await assert.rejects(client.connection.sendRequest(method, params), (error: Rejection) => typeof error.code === 'number', method);
    }
    for (const method of ['performance/heat', 'performance/functions', 'performance/drivers', 'performance/dismiss', 'performance/finish']) {
      await assert.rejects(client.connection.sendRequest(method, { uri: 7 }), (error: Rejection) => error.code === INVALID_PARAMS, method);
    }
    await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri }, contentChanges: [{ range: 'all', text: 3 }] });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { rules: ['x'], exclude: 'src', codeLens: 'yes' } });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'not a uri', type: 9 }] });
    assert.equal(client.server.exitCode, null);
    const other = folder.uriOf('src/other.ts');
    await client.open(other, 'typescript', N_PLUS_ONE);
    assert.equal((await client.lenses(other)).length, 4);
    assert.deepEqual(await client.lenses('file:///nowhere/at/all.ts'), []);
  });
});

describe('the language server without a folder', function () {
  this.timeout(60_000);
  let client: Client;
  afterEach(() => client.stop());

  it('works on a document alone, saved or not', async () => {
    client = await Client.start({ initializationOptions: null });
    await client.ready();
    for (const uri of ['untitled:Untitled-1', 'file:///nowhere/alone.ts', 'vscode-vfs://github/o/r/alone.ts']) {
      await client.open(uri, 'typescript', N_PLUS_ONE);
      await client.until(`${uri} has a finding`, () => client.codes(uri).includes('n-plus-one-query'));
      assert.equal((await client.lenses(uri)).length, 4);
      await client.close(uri);
    }
    const { folder, report } = await client.request('performance/report', {});
    assert.equal(folder, undefined);
    assert.deepEqual(Object.values(report.recommendations), [[], [], []], 'closed documents are forgotten');
  });

  it('says that measurements need a folder', async () => {
    client = await Client.start({ settings: { trusted: true } });
    await client.open('untitled:Untitled-1', 'typescript', N_PLUS_ONE);
    const refused = client.request('performance/drivers', { uri: 'untitled:Untitled-1', functionName: 'listOrders' });
    await assert.rejects(refused, (error: { data: { code: string } }) => error.data.code === 'no-folder');
  });

  it('is content with an empty folder', async () => {
    const folder = new TestFolder();
    client = await Client.start({ folders: [folder.uri] });
    await client.ready();
    assert.deepEqual(client.statuses.at(-1), { state: 'ready', files: 0, findings: 0, failures: 0 });
    const { report } = await client.request('performance/report', { folder: folder.uri });
    assert.deepEqual([report.recommendations.high, report.deferred, report.failures], [[], [], []]);
    folder.remove();
  });
});

describe('the language server with several folders', function () {
  this.timeout(60_000);

  it('keeps them apart, and takes and gives back documents as they come and go', async () => {
    const first = new TestFolder({ 'performance.json': MANY_ORDERS });
    const second = new TestFolder({ 'performance.json': MANY_ORDERS.replace('1000', '2000') });
    const client = await Client.start({ folders: [first.uri] });
    const uri = second.uriOf('orders.ts');
    const hintIs = (expected: string): Promise<void> =>
      client.eventually(`the hint is ${expected}`, async () => (await client.hints(uri))[0]?.label === expected);
    await client.open(uri, 'typescript', N_PLUS_ONE);
    await hintIs('1 + 100 queries');
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: second.uri, name: 'second' }], removed: [] } });
    await hintIs('1 + 2,000 queries');
    const { report } = await client.request('performance/report', { folder: second.uri });
    assert.equal(report.recommendations.high[0]!.places[0]!.file, 'orders.ts');
    assert.deepEqual((await client.request('performance/report', { folder: first.uri })).report.recommendations.high, []);
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: second.uri, name: 'second' }] } });
    await hintIs('1 + 100 queries');
    await client.stop();
    for (const folder of [first, second]) folder.remove();
  });
});

describe('the end of the language server', function () {
  this.timeout(60_000);

  it('is seen by the client when it is killed in the middle of its work', async () => {
    const client = await Client.start();
    await client.open('untitled:a', 'typescript', N_PLUS_ONE);
    const asked = client.lenses('untitled:a');
    const exit = once(client.server, 'exit');
    client.server.kill('SIGKILL');
    await assert.rejects(asked);
    await client.closed;
    assert.deepEqual(await exit, [null, 'SIGKILL']);
  });

  it('is the end of a scan, too', async () => {
    const files = Array.from({ length: 400 }, (_, index) => [`src/orders${index}.ts`, N_PLUS_ONE.repeat(60)]);
    const folder = new TestFolder(Object.fromEntries(files));
    const client = await Client.start({ folders: [folder.uri] });
    await client.until('it scans', () => client.statuses.at(-1)?.state === 'scanning');
    await client.connection.sendRequest('shutdown');
    const { length } = client.statuses;
    await delay(600);
    assert.equal(client.statuses.length, length, JSON.stringify(client.statuses.slice(length)));
    await client.connection.sendNotification('exit');
    await client.closed;
    folder.remove();
  });

  it('comes when the editor that started it is gone', async () => {
    const client = await Client.start();
    const exit = once(client.server, 'exit');
    client.server.stdin!.end();
    const [code] = await exit;
    assert.equal(code, 1);
  });
});
