import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { diagnosticsOf, open, remember, ruleOf, uriOf } from '../workspace';

const file = 'typescript/src/jobs/export-lines.ts';
const rule = 'accumulating-copy';

const has = (diagnostics: readonly vscode.Diagnostic[]): boolean => diagnostics.some(diagnostic => ruleOf(diagnostic) === rule);

describe('a finding with a safe fix', function () {
  this.timeout(120_000);
  let restore: () => Promise<void>;
  before(async () => {
    await readyExtension();
    restore = remember(file);
  });
  afterEach(() => restore());

  async function actionsAtFinding(): Promise<vscode.CodeAction[]> {
    await open(file);
    const finding = (await diagnosticsOf(uriOf(file), has)).find(diagnostic => ruleOf(diagnostic) === rule)!;
    return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uriOf(file), finding.range, vscode.CodeActionKind.QuickFix.value);
  }

  it('is corrected by its quick fix, and is then gone', async () => {
    const actions = await actionsAtFinding();
    const fix = actions.find(({ title }) => title === 'Add to units in place');
    assert.ok(fix, `not among the actions: ${actions.map(({ title }) => title).join(', ')}`);
    const before = (await vscode.workspace.openTextDocument(uriOf(file))).getText();
    assert.equal(await vscode.workspace.applyEdit(fix.edit!), true);
    const after = (await vscode.workspace.openTextDocument(uriOf(file))).getText();
    assert.notEqual(after, before);
    assert.doesNotMatch(after, /\.\.\.units/);
    await diagnosticsOf(uriOf(file), diagnostics => !has(diagnostics));
  });

  it('is silenced by a comment with a reason, which stands above the line', async () => {
    const actions = await actionsAtFinding();
    const dismiss = actions.find(({ command }) => command?.command === 'performanceEngineer.dismissFinding');
    assert.ok(dismiss, 'there is no action that dismisses it');
    const [uri, finding] = dismiss.command!.arguments as [string, string];
    await vscode.commands.executeCommand('performanceEngineer.dismissFinding', uri, finding, 'at most ten products');
    assert.match((await vscode.workspace.openTextDocument(uriOf(file))).getText(), /\/\/ performance-ignore accumulating-copy: at most ten products\n.*\.\.\.units/);
    await diagnosticsOf(uriOf(file), diagnostics => !has(diagnostics));
  });
});
