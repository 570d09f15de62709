import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { eventually } from '../waiting';
import { diagnosticsOf, ruleOf } from '../workspace';

const text = `export async function totals(db: any, ids: number[]) {
  const rows = [];
  for (const id of ids) rows.push(await db.query('SELECT * FROM orders WHERE id = $1', [id]));
  return rows;
}
`;

describe('a window without a folder', function () {
  this.timeout(120_000);
  before(readyExtension);

  it('says in the report that a folder is needed', async () => {
    const facts = await readyExtension();
    await vscode.commands.executeCommand('performanceEngineer.showReport');
    await eventually('the view has received its state', () => facts.report.acknowledged > 0 || undefined);
    assert.equal(facts.report.shown, undefined);
  });

  it('looks at an unsaved file', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: text });
    await vscode.window.showTextDocument(document);
    const found = await diagnosticsOf(document.uri);
    assert.deepEqual(found.map(ruleOf), ['n-plus-one-query']);
  });

  for (const command of ['profileFunction', 'measureAgain', 'runBenchmark', 'openConfig', 'openProfile', 'ask', 'planMeasurement', 'explainRecommendation', 'reviewConsent']) {
    it(`refuses ${command}, saying what is missing`, async () => {
      const answer = await vscode.commands.executeCommand<{ code: string } | undefined>(`performanceEngineer.${command}`);
      assert.equal(answer?.code, 'no-folder');
    });
  }

  it('refuses to profile where no file is open', async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const answer = await vscode.commands.executeCommand<{ code: string } | undefined>('performanceEngineer.profileFunction');
    assert.equal(answer?.code, 'no-editor');
  });
});
