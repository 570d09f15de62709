import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { diagnosticsOf, discardEdits, open, ruleOf, uriOf } from '../workspace';

const file = 'typescript/src/jobs/export-lines.ts';
const rule = 'accumulating-copy';

const has = (diagnostics: readonly vscode.Diagnostic[]): boolean => diagnostics.some(diagnostic => ruleOf(diagnostic) === rule);

describe('a finding with a safe fix', function () {
  this.timeout(120_000);
  before(readyExtension);
  afterEach(() => discardEdits(uriOf(file)));

  async function actionsAtFinding(): Promise<{ actions: vscode.CodeAction[]; finding: vscode.Diagnostic }> {
    await open(file);
    const finding = (await diagnosticsOf(uriOf(file), has)).find(diagnostic => ruleOf(diagnostic) === rule)!;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uriOf(file),
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    return { actions: actions.filter(({ diagnostics }) => diagnostics?.some(({ source }) => source === finding.source)), finding };
  }

  it('is corrected by its quick fix, and is then gone', async () => {
    const { actions } = await actionsAtFinding();
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix, `no action edits: ${actions.map(({ title }) => title).join(', ')}`);
    const before = (await vscode.workspace.openTextDocument(uriOf(file))).getText();
    assert.equal(await vscode.workspace.applyEdit(fix.edit!), true);
    const after = (await vscode.workspace.openTextDocument(uriOf(file))).getText();
    assert.notEqual(after, before);
    assert.doesNotMatch(after, /\.\.\.units/);
    await diagnosticsOf(uriOf(file), diagnostics => !has(diagnostics));
  });

  it('is silenced by a comment with a reason, which stands above the line', async () => {
    const { actions } = await actionsAtFinding();
    const dismiss = actions.find(({ command }) => command?.command === 'performanceEngineer.dismissFinding');
    assert.ok(dismiss, 'there is no action that dismisses it');
    const [uri, finding] = dismiss.command!.arguments as [string, string];
    await vscode.commands.executeCommand('performanceEngineer.dismissFinding', uri, finding, 'at most ten products');
    assert.match((await vscode.workspace.openTextDocument(uriOf(file))).getText(), /\/\/ performance-ignore accumulating-copy: at most ten products\n.*\.\.\.units/);
    await diagnosticsOf(uriOf(file), diagnostics => !has(diagnostics));
  });
});
