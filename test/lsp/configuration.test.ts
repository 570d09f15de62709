import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { Client } from './client';
import { LINEAR_MEMBERSHIP, MANY_ORDERS, N_PLUS_ONE, TestFolder } from './workspace';

describe('the language server and its configuration', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  let client: Client;
  let orders: string;
  let config: string;
  const hint = async (): Promise<unknown> => (await client.hints(orders))[0]?.label;

  before(async () => {
    folder = new TestFolder({ 'performance.json': MANY_ORDERS, 'src/orders.ts': N_PLUS_ONE, 'src/known.ts': LINEAR_MEMBERSHIP });
    client = await Client.start({ folders: [folder.uri] });
    [orders, config] = [folder.uriOf('src/orders.ts'), folder.uriOf('performance.json')];
    await client.open(orders, 'typescript', N_PLUS_ONE);
    await client.ready();
    await client.until('the finding is there', () => client.diagnosticsOf(orders).length === 1);
  });
  after(async () => {
    await client.stop();
    folder.remove();
  });

  it('marks what is wrong in performance.json on its line, and the last valid one stays in force', async () => {
    assert.equal(await hint(), '1 + 1,000 queries');
    await client.open(config, 'json', MANY_ORDERS);
    await client.replace(config, '"orders":1000', '"orders":\n"many"');
    await client.until('the problem is shown', () => client.diagnosticsOf(config).length === 1);
    const [problem] = client.diagnosticsOf(config);
    assert.deepEqual(problem!.range, client.rangeOf(config, '"many"'));
    assert.equal(problem!.severity, DiagnosticSeverity.Warning);
    assert.match(String(problem!.message), /last valid performance\.json stays in force/);
    assert.equal(await hint(), '1 + 1,000 queries');
  });

  it('takes the corrected one at once, unsaved as it is', async () => {
    await client.replace(config, '"many"', '5000');
    await client.until('the problem is gone', () => client.diagnosticsOf(config).length === 0);
    assert.equal(await hint(), '1 + 5,000 queries');
  });

  it('goes back to the file on the disk when its editor is closed, and follows it there', async () => {
    await client.close(config);
    await client.eventually('it was read again', async () => (await hint()) === '1 + 1,000 queries');
    folder.write('performance.json', JSON.stringify({ scale: { collections: { orders: 70 } } }));
    await client.changedOnDisk(config, 'changed');
    await client.eventually('it was read again', async () => (await hint()) === '1 + 70 queries');
    folder.write('performance.json', MANY_ORDERS);
    await client.changedOnDisk(config, 'changed');
    await client.until('the old scale is back', () => client.diagnosticsOf(orders)[0]?.severity === DiagnosticSeverity.Warning);
  });

  it('follows the settings: levels of rules, lenses, hints', async () => {
    await client.configure({ rules: { 'n-plus-one-query': 'low' } });
    await client.until('it is a hint', () => client.diagnosticsOf(orders)[0]?.severity === DiagnosticSeverity.Hint);
    const { redrawn, changed } = client;
    redrawn.length = changed.length = 0;
    await client.configure({ codeLens: false, inlayHints: false });
    await client.until('lenses and hints are to be drawn again', () => new Set(redrawn).size === 2);
    await client.until('the report is to be asked for again', () => changed.includes(folder.uri));
    await client.until('it is a warning again', () => client.diagnosticsOf(orders)[0]?.severity === DiagnosticSeverity.Warning);
    assert.deepEqual(await client.lenses(orders), []);
    assert.deepEqual(await client.hints(orders), []);
    await client.configure({ rules: { 'n-plus-one-query': 'off' } });
    await client.until('it is gone', () => client.diagnosticsOf(orders).length === 0);
    await client.configure({});
    await client.until('it is back', () => client.diagnosticsOf(orders).length === 1);
  });

  it('leaves out what the settings exclude, open or not', async () => {
    const files = async (): Promise<string[]> => {
      const { report } = await client.request('performance/report', {});
      return Object.values(report.recommendations).flatMap((items) => items.flatMap(({ places }) => places.map(({ file }) => file))).sort();
    };
    assert.deepEqual(await files(), ['src/known.ts', 'src/orders.ts']);
    await client.configure({ exclude: ['src/**'] });
    await client.until('the diagnostics are gone', () => client.diagnosticsOf(orders).length === 0);
    await client.eventually('the folder was scanned again', async () => (await files()).length === 0);
    await client.configure({});
    await client.until('they are back', () => client.diagnosticsOf(orders).length === 1);
  });

  it('asks to be told of changes on the disk', () => {
    assert.ok(client.watched.some((glob) => glob.includes('ts') && glob.includes('py') && glob.includes('sql')));
    assert.ok(client.watched.includes('**/.performance/{runs,proposals}/*.json'));
  });
});
