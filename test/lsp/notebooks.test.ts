import assert from 'node:assert/strict';
import { DiagnosticSeverity, NotebookCellKind, type WorkspaceEdit } from 'vscode-languageserver-protocol';
import { Client } from './client';
import { TestFolder } from './workspace';

const IMPORTS = 'import sqlite3\ndb = sqlite3.connect("a.db")\n';
const LOOP = 'def load(orders):\n    for order in orders:\n        db.execute("SELECT sku FROM items WHERE order_id = ?", (order,)).fetchall()\n';
const COPY = 'names = []\nfor row in rows:\n    names = names + [row]\n';

describe('a notebook in the editor', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  let client: Client;
  const uriOf = (cell: number): string => `vscode-notebook-cell:${folder.uriOf('analysis.ipynb').slice('file://'.length)}#C${cell}`;
  const rules = (cell: number): string[] => client.diagnosticsOf(uriOf(cell)).map(({ code }) => String(code));
  const document = (cell: number, text: string, languageId = 'python') => ({ uri: uriOf(cell), languageId, version: 1, text });
  const notify = (method: string, params: unknown): Promise<void> => client.connection.sendNotification(`notebookDocument/${method}`, params);

  before(async () => {
    folder = new TestFolder({ 'performance.json': JSON.stringify({ paths: { hot: ['**'] }, scale: { collections: { orders: 1000, rows: 10000 } } }) });
    client = await Client.start({ folders: [folder.uri] });
    await client.ready();
    const cells = [0, 1, 2, 3].map((cell) => ({ kind: cell === 1 ? NotebookCellKind.Markup : NotebookCellKind.Code, document: uriOf(cell) }));
    await notify('didOpen', {
      notebookDocument: { uri: folder.uriOf('analysis.ipynb'), notebookType: 'jupyter-notebook', version: 1, cells },
      cellTextDocuments: [document(0, IMPORTS), document(1, '# for order in orders', 'markdown'), document(2, LOOP), document(3, COPY)],
    });
    await client.until('both cells have findings', () => rules(2).length > 0 && rules(3).length > 0);
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    folder.remove();
  });

  it('has findings in the cell and at the line in which they stand, also of what another cell imports', () => {
    assert.deepEqual([rules(0), rules(2), rules(3)], [[], ['n-plus-one-query'], ['accumulating-copy']]);
    const [diagnostic] = client.diagnosticsOf(uriOf(2));
    assert.deepEqual(diagnostic!.range.start, { line: 2, character: 8 });
    assert.equal(diagnostic!.severity, DiagnosticSeverity.Warning);
    assert.deepEqual(client.diagnostics.get(folder.uriOf('analysis.ipynb')), undefined, 'nothing is said of the file');
  });

  it('shows lens, hint, hover and fix in the cell', async () => {
    assert.ok((await client.lenses(uriOf(2))).length > 0);
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    assert.equal((await client.connection.sendRequest<unknown[]>('textDocument/inlayHint', { textDocument: { uri: uriOf(3) }, range })).length, 1);
    assert.ok(await client.connection.sendRequest('textDocument/hover', { textDocument: { uri: uriOf(2) }, position: { line: 2, character: 10 } }));
    const actions = await client.actions(uriOf(3), client.diagnosticsOf(uriOf(3))[0]!.range);
    const edit = actions.find(({ isPreferred }) => isPreferred)!.edit!;
    assert.deepEqual(JSON.stringify(edit).match(/"uri":"[^"]*"/g)!.map((uri) => uri.slice(7, -1)), [uriOf(3)]);
    assert.match(JSON.stringify(edit), /names\.append\(row\)/);
  });

  it('is dismissed in the cell', async () => {
    const edit: WorkspaceEdit = await client.request('performance/dismiss', { finding: String(client.diagnosticsOf(uriOf(3))[0]!.data), reason: 'few rows' });
    const text = JSON.stringify(edit);
    assert.ok(text.includes(uriOf(3)));
    assert.match(text, /"line":2,"character":0.*# performance-ignore accumulating-copy: few rows\\n/);
  });

  it('is read before it is saved, too', async () => {
    const uri = 'untitled:Untitled-1.ipynb?jupyter-notebook';
    const cell = 'vscode-notebook-cell:Untitled-1.ipynb?jupyter-notebook#C0';
    const cells = [{ kind: NotebookCellKind.Code, document: cell }];
    await notify('didOpen', { notebookDocument: { uri, notebookType: 'jupyter-notebook', version: 1, cells }, cellTextDocuments: [{ uri: cell, languageId: 'python', version: 1, text: IMPORTS + LOOP }] });
    await client.until('its cell has a finding', () => client.diagnosticsOf(cell).length > 0);
    await notify('didClose', { notebookDocument: { uri }, cellTextDocuments: [{ uri: cell }] });
    await client.until('nothing is left of it', () => client.diagnosticsOf(cell).length === 0);
  });

  it('follows what is typed in a cell, and a cell that is taken out', async () => {
    const change = { document: { uri: uriOf(3), version: 2 }, changes: [{ text: 'names = [row for row in rows]\n' }] };
    await notify('didChange', { notebookDocument: { uri: folder.uriOf('analysis.ipynb'), version: 2 }, change: { cells: { textContent: [change] } } });
    await client.until('the copy is gone', () => rules(3).length === 0);
    const structure = { array: { start: 2, deleteCount: 1, cells: [] }, didClose: [{ uri: uriOf(2) }] };
    await notify('didChange', { notebookDocument: { uri: folder.uriOf('analysis.ipynb'), version: 3 }, change: { cells: { structure } } });
    await client.until('the query is gone with its cell', () => rules(2).length === 0);
  });
});
