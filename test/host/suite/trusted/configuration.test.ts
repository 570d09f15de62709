import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { diagnosticsOf, find, lensesOf, open, remember, ruleOf, uriOf } from '../workspace';

const orders = 'typescript/src/orders.ts';
const settings = () => vscode.workspace.getConfiguration('performanceEngineer');
const without = (rule: string) => (diagnostics: readonly vscode.Diagnostic[]) =>
  diagnostics.length > 0 && !diagnostics.some(diagnostic => ruleOf(diagnostic) === rule);

describe('performance.json', function () {
  this.timeout(120_000);
  let restore: () => Promise<void>;
  before(async () => {
    await readyExtension();
    restore = remember('performance.json');
  });
  afterEach(() => restore());

  it('is marked where it is wrong', async () => {
    const { document } = await open('performance.json');
    const at = find(document, '"200ms"');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, '"200ms"'.length)), '"fast"');
    await vscode.workspace.applyEdit(edit);
    const [problem] = await diagnosticsOf(document.uri);
    assert.equal(problem!.range.start.line, at.line);
    assert.match(problem!.message, /the last valid performance\.json stays in force/);
  });

  it('is completed by its schema', async () => {
    const { document } = await open('performance.json');
    const inside = find(document, '"requirements"');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, inside);
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('budgets'), String(labels));
  });

  it('silences a rule as soon as it says so', async () => {
    await open(orders);
    await diagnosticsOf(uriOf(orders), diagnostics => diagnostics.some(diagnostic => ruleOf(diagnostic) === 'n-plus-one-query'));
    const { document } = await open('performance.json');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, find(document, '"requirements"'), '"rules": { "n-plus-one-query": "off" },\n  ');
    await vscode.workspace.applyEdit(edit);
    await diagnosticsOf(uriOf(orders), without('n-plus-one-query'));
  });
});

describe('settings', function () {
  this.timeout(120_000);
  before(readyExtension);
  afterEach(async () => {
    for (const name of ['rules', 'codeLens']) {
      await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('silence a rule and let it speak again', async () => {
    await open(orders);
    await settings().update('rules', { 'offset-pagination': 'off' }, vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(uriOf(orders), without('offset-pagination'));
    await settings().update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(uriOf(orders), diagnostics => diagnostics.some(diagnostic => ruleOf(diagnostic) === 'offset-pagination'));
  });

  it('take the lenses away', async () => {
    await open(orders);
    await lensesOf(uriOf(orders), ({ length }) => length > 0);
    await settings().update('codeLens', false, vscode.ConfigurationTarget.Workspace);
    await lensesOf(uriOf(orders), ({ length }) => length === 0);
  });
});
