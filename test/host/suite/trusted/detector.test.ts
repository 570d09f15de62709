import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { eventually } from '../waiting';
import { diagnosticsOf, find, lensesOf, open, ruleOf, textAt, uriOf } from '../workspace';

const orders = 'typescript/src/orders.ts';

describe('what the editor shows of a file', function () {
  this.timeout(120_000);
  before(readyExtension);

  it('marks a high-priority finding of TypeScript as a warning, at the costly expression', async () => {
    await open(orders);
    const [finding] = (await diagnosticsOf(uriOf(orders))).filter(diagnostic => ruleOf(diagnostic) === 'n-plus-one-query');
    assert.ok(finding, 'the queries in the loop were not found');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(await textAt(uriOf(orders), finding), /^db\s+\.prepare\(/);
    assert.match(finding.message, /1 \+ n queries/);
  });

  it('marks a low-priority finding as a hint', async () => {
    const uri = uriOf('typescript/src/jobs/export-lines.ts');
    await open('typescript/src/jobs/export-lines.ts');
    const [finding] = (await diagnosticsOf(uri)).filter(diagnostic => ruleOf(diagnostic) === 'accumulating-copy');
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Hint);
  });

  it('finds the same in Python', async () => {
    await open('python/orders/orders.py');
    const found = await diagnosticsOf(uriOf('python/orders/orders.py'));
    const finding = found.find(diagnostic => ruleOf(diagnostic) === 'n-plus-one-query');
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('finds it in the cell of a notebook, through what another cell imports', async () => {
    const cell = (text: string) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const loop = 'for order in orders:\n    db.execute("SELECT sku FROM items WHERE order_id = ?", (order,)).fetchall()\n';
    const data = new vscode.NotebookData([cell('import sqlite3\ndb = sqlite3.connect("a.db")\n'), cell(loop)]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    const [finding] = await diagnosticsOf(notebook.cellAt(1).document.uri);
    assert.equal(ruleOf(finding!), 'n-plus-one-query');
    assert.deepEqual([finding!.range.start.line, finding!.range.start.character], [1, 4]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('never marks an error', async () => {
    await diagnosticsOf(uriOf(orders));
    const errors = vscode.languages
      .getDiagnostics()
      .flatMap(([, diagnostics]) => diagnostics)
      .filter(({ source, severity }) => source === 'performance' && severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(errors, []);
  });

  it('offers findings, Profile and Report above the function', async () => {
    await open(orders);
    const titles = await lensesOf(uriOf(orders), ({ length }) => length > 0);
    assert.match(titles[0]!, /^\d+ findings?, O\(/);
    assert.ok(titles.includes('Profile') && titles.includes('Report'), String(titles));
  });

  it('hints at the cost at the declared scale', async () => {
    const { document } = await open(orders);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const labels = await eventually('there are inlay hints', async () => {
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
      return hints.length > 0 ? hints.map(({ label }) => label) : undefined;
    });
    assert.ok(labels.includes('1 + 1,000 queries'), JSON.stringify(labels));
  });

  it('explains itself in the hover, whose links run our commands and no others', async () => {
    const { document } = await open(orders);
    const [finding] = (await diagnosticsOf(document.uri)).filter(diagnostic => ruleOf(diagnostic) === 'n-plus-one-query');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, finding!.range.start);
    const ours = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]).find(({ value }) => value.includes('Trade-offs'));
    assert.ok(ours, 'no hover of ours');
    assert.match(ours.value, /\(command:performanceEngineer\.openRule\?/);
    assert.match(ours.value, /estimate/);
    const { enabledCommands } = ours.isTrusted as { enabledCommands: readonly string[] };
    assert.ok(enabledCommands.length > 0 && enabledCommands.every(command => command.startsWith('performanceEngineer.')));
  });

  it('opens the offline page of a rule', async () => {
    await vscode.commands.executeCommand('performanceEngineer.openRule', 'n-plus-one-query');
    const tab = await eventually('a preview is open', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes('n-plus-one-query')),
    );
    assert.ok(tab.input instanceof vscode.TabInputWebview, 'the page is not shown as a preview');
    await vscode.window.tabGroups.close(tab);
  });

  it('opens nothing for a rule that does not exist', async () => {
    const before = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
    await vscode.commands.executeCommand('performanceEngineer.openRule', '../../package');
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, before);
  });

  it('leads from the lens to the finding', async () => {
    const { document } = await open('python/orders/products.py');
    await diagnosticsOf(document.uri).catch(() => []);
    const exportLines = uriOf('typescript/src/jobs/export-lines.ts');
    await vscode.commands.executeCommand('performanceEngineer.showFindings', exportLines.toString(), 'exportOrderLines');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), exportLines.toString());
    assert.equal(editor?.selection.active.line, find(editor!.document, '...units, [line.sku]').line);
  });
});
