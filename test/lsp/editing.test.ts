import assert from 'node:assert/strict';
import { DiagnosticSeverity, type CodeAction } from 'vscode-languageserver-protocol';
import { Client } from './client';
import { ACCUMULATING_COPY, LINEAR_MEMBERSHIP, MANY_ORDERS, N_PLUS_ONE, TestFolder } from './workspace';

describe('the language server while code is edited', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  let client: Client;
  const opened = async (name: string, text: string): Promise<string> => {
    const uri = folder.uriOf(name);
    await client.open(uri, name.endsWith('.py') ? 'python' : name.endsWith('.sql') ? 'sql' : 'typescript', text);
    await client.until(`${name} has findings`, () => client.diagnosticsOf(uri).length > 0);
    return uri;
  };

  before(async () => {
    folder = new TestFolder({ 'performance.json': MANY_ORDERS, 'src/orders.ts': N_PLUS_ONE });
    client = await Client.start({ folders: [folder.uri] });
    await client.ready();
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    folder.remove();
  });

  it('says what it can do, in UTF-16 and with incremental edits', () => {
    const { capabilities } = client.initialized;
    assert.equal(capabilities.positionEncoding, 'utf-16');
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
    assert.deepEqual(capabilities.codeActionProvider, { codeActionKinds: ['quickfix', 'source.fixAll.performanceEngineer'], resolveProvider: false });
  });

  it('gives a finding the severity of its priority, its rule page and its version', async () => {
    const uri = await opened('src/orders.ts', N_PLUS_ONE);
    const [diagnostic, ...more] = client.diagnosticsOf(uri);
    assert.deepEqual(more, []);
    assert.equal(diagnostic!.severity, DiagnosticSeverity.Warning);
    assert.equal(diagnostic!.source, 'performance');
    assert.equal(diagnostic!.code, 'n-plus-one-query');
    assert.match(diagnostic!.codeDescription!.href, /^file:.*\/media\/rules\/n-plus-one-query\.md$/);
    assert.deepEqual(diagnostic!.range.start, client.rangeOf(uri, 'pool.query(').start);
    assert.equal(client.diagnostics.get(uri)!.version, 1);
    await client.close(uri);
    await client.until('the diagnostics are gone', () => client.diagnosticsOf(uri).length === 0);
  });

  it('follows single edits: the finding goes, comes back, and moves with its code', async () => {
    const uri = await opened('src/orders.ts', N_PLUS_ONE);
    await client.replace(uri, 'pool.query', 'format');
    await client.until('the finding is gone', () => client.diagnosticsOf(uri).length === 0);
    await client.replace(uri, 'format', 'pool.query');
    await client.until('it is back', () => client.diagnosticsOf(uri).length === 1);
    const { data } = client.diagnosticsOf(uri)[0]!;
    await client.edit(uri, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '// 😀 above\n\n');
    await client.until('it has moved', () => client.diagnosticsOf(uri)[0]!.range.start.line === client.rangeOf(uri, 'pool.query(').start.line);
    assert.equal(client.diagnosticsOf(uri)[0]!.data, data, 'the id is the same after edits elsewhere');
    await client.close(uri);
  });

  it('goes back to the text on the disk when a document is closed unsaved', async () => {
    const high = async (): Promise<string[]> => (await client.request('performance/report', {})).report.recommendations.high.map(({ rule }) => rule);
    const uri = await opened('src/orders.ts', N_PLUS_ONE);
    await client.replace(uri, 'pool.query', 'format');
    assert.deepEqual(await high(), []);
    await client.close(uri);
    await client.eventually('the finding is back', async () => (await high()).join() === 'n-plus-one-query');
  });

  it('answers for the text as it is at that moment, without waiting for a pause in typing', async () => {
    const uri = await opened('src/orders.ts', N_PLUS_ONE);
    const titles = async () => (await client.lenses(uri)).map(({ command }) => command!.title);
    const before = await titles();
    void client.replace(uri, 'pool.query', 'format');
    assert.deepEqual(await titles(), ['Explain']);
    void client.replace(uri, 'format', 'pool.query');
    assert.deepEqual(await titles(), before);
    await client.close(uri);
  });

  it('shows lens, inlay hint and hover at the declared scale', async () => {
    const uri = await opened('src/orders.ts', N_PLUS_ONE);
    const all = await client.lenses(uri);
    assert.deepEqual(all.map(({ command }) => command!.title), ['1 finding, O(n) queries', 'Profile', 'Report', 'Explain']);
    const lenses = all.slice(0, 3);
    assert.deepEqual(lenses.map(({ command }) => command!.command.replace('performanceEngineer.', '')), ['showFindings', 'profileFunction', 'showReport']);
    for (const { command, range } of lenses) {
      assert.deepEqual(command!.arguments, [uri, 'listOrders']);
      assert.deepEqual(range, client.rangeOf(uri, 'listOrders'));
    }
    const [hint] = await client.hints(uri);
    assert.equal(hint!.label, '1 + 1,000 queries');
    assert.deepEqual(hint!.position, client.rangeOf(uri, '[order.id])').end);
    const { value } = (await client.hover(uri, 'pool.query('))!.contents as { value: string };
    for (const part of ['One query per item of a loop', 'High priority', 'estimate', 'declared in performance.json', '```ts', 'Trade-offs', 'openRule']) {
      assert.ok(value.includes(part), `${part} in ${value}`);
    }
    assert.equal(await client.hover(uri, 'return result'), null);
    await client.close(uri);
  });

  it('applies a safe fix, and the finding vanishes', async () => {
    const uri = await opened('src/flatten.ts', ACCUMULATING_COPY);
    assert.deepEqual(client.codes(uri), ['accumulating-copy']);
    const fix = (await client.actions(uri, client.diagnosticsOf(uri)[0]!.range)).find(({ isPreferred }) => isPreferred)!;
    assert.equal(fix.title, 'Add to titles in place');
    assert.equal(fix.diagnostics![0]!.data, client.diagnosticsOf(uri)[0]!.data);
    await client.apply(uri, fix.edit);
    assert.equal(client.text(uri), ACCUMULATING_COPY.replace('titles = [...titles, page.title];', 'titles.push(page.title);'));
    await client.until('the finding is gone', () => client.diagnosticsOf(uri).length === 0);
    await client.close(uri);
  });

  it('has a suggestion confirmed, and keeps it out of fix-all', async () => {
    const uri = await opened('src/known.ts', LINEAR_MEMBERSHIP);
    const [diagnostic] = client.diagnosticsOf(uri);
    const [fix] = await client.actions(uri, diagnostic!.range);
    assert.equal(fix!.isPreferred, false);
    const [annotation] = Object.values(fix!.edit!.changeAnnotations!);
    assert.equal(annotation!.needsConfirmation, true);
    assert.match(annotation!.description!, /Set is built once/);
    assert.deepEqual(await client.actions(uri, diagnostic!.range, ['source.fixAll']), []);
    await client.apply(uri, fix!.edit);
    assert.match(client.text(uri), /const idsSet = new Set\(ids\);\n {2}for/);
    await client.until('the finding is gone', () => client.diagnosticsOf(uri).length === 0);
    await client.close(uri);
  });

  it('fixes all that is safe in one edit', async () => {
    const uri = await opened('src/flatten.ts', ACCUMULATING_COPY + ACCUMULATING_COPY.replace('flatten', 'again'));
    await client.until('both are found', () => client.diagnosticsOf(uri).length === 2);
    const actions: CodeAction[] = await client.actions(uri, client.diagnosticsOf(uri)[0]!.range, ['source.fixAll.performanceEngineer']);
    assert.equal(actions.length, 1);
    await client.apply(uri, actions[0]!.edit);
    assert.equal(client.text(uri).match(/titles\.push\(page\.title\);/g)!.length, 2);
    await client.until('the findings are gone', () => client.diagnosticsOf(uri).length === 0);
    await client.close(uri);
  });

  it('suppresses with a reason, and reports the suppression once it has expired', async () => {
    const uri = await opened('src/orders.ts', N_PLUS_ONE);
    const [{ data: finding } = { data: '' }] = client.diagnosticsOf(uri);
    const action = (await client.actions(uri, client.diagnosticsOf(uri)[0]!.range)).find(({ command }) => command?.command === 'performanceEngineer.dismissFinding');
    assert.deepEqual(action!.command!.arguments, [uri, finding]);
    await client.apply(uri, await client.request('performance/dismiss', { finding, reason: 'three orders at most', until: '2099-12-31' }));
    assert.ok(client.text(uri).includes('    // performance-ignore n-plus-one-query: three orders at most until 2099-12-31\n    const items'));
    await client.until('the finding is gone', () => client.diagnosticsOf(uri).length === 0);
    await client.replace(uri, '2099-12-31', '2020-01-31');
    await client.until('both are there', () => client.diagnosticsOf(uri).length === 2);
    assert.deepEqual(client.codes(uri).sort(), ['expired-suppression', 'n-plus-one-query']);
    const expired = client.diagnosticsOf(uri).find(({ code }) => code === 'expired-suppression')!;
    assert.equal(expired.severity, DiagnosticSeverity.Information);
    assert.match(String(expired.message), /expired on 2020-01-31/);
    assert.deepEqual(expired.range, client.rangeOf(uri, 'performance-ignore n-plus-one-query: three orders at most until 2020-01-31'));
    await client.close(uri);
  });

  it('refuses to dismiss a finding that is no more, with a code and the next step', async () => {
    const refused = client.request('performance/dismiss', { finding: 'n-plus-one-query-0000000000', reason: 'why not' });
    await assert.rejects(refused, (error: { code: number; data: { code: string } }) => error.code === -32803 && error.data.code === 'unknown-finding');
  });

  it('reads Python and SQL, too', async () => {
    const python = await opened('orders.py', 'import sqlite3\n\n\ndef items(db: sqlite3.Connection, orders):\n    for order in orders:\n        db.execute("SELECT sku FROM items WHERE order_id = ?", (order,)).fetchall()\n');
    assert.ok(client.codes(python).includes('n-plus-one-query'));
    const sql = await opened('search.sql', "SELECT id FROM products WHERE name LIKE '%lamp%';\n");
    assert.ok(client.codes(sql).includes('leading-wildcard-search'));
    for (const uri of [python, sql]) await client.close(uri);
  });

  it('finds the query behind a function of another file, and forgets it with that file', async () => {
    folder.write('src/load.ts', "import { Pool } from 'pg';\nconst pool = new Pool();\nexport const loadItems = (id: number) => pool.query('SELECT sku FROM items WHERE order_id = $1', [id]);\n");
    await client.changedOnDisk(folder.uriOf('src/load.ts'), 'created');
    const uri = await opened('src/caller.ts', "import { loadItems } from './load';\nexport async function all(orders: { id: number }[]) {\n  for (const order of orders) await loadItems(order.id);\n}\n");
    await client.until('the path to the query is known', () => client.codes(uri).includes('n-plus-one-query'));
    const { relatedInformation } = client.diagnosticsOf(uri).find(({ code }) => code === 'n-plus-one-query')!;
    assert.equal(relatedInformation!.at(-1)!.location.uri, folder.uriOf('src/load.ts'));
    folder.delete('src/load.ts');
    await client.changedOnDisk(folder.uriOf('src/load.ts'), 'deleted');
    await client.until('it is gone', () => !client.codes(uri).includes('n-plus-one-query'));
    await client.close(uri);
  });
});
