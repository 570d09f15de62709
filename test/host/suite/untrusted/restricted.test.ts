import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { eventually } from '../waiting';
import { diagnosticsOf, lensesOf, open, uriOf } from '../workspace';

const orders = 'typescript/src/orders.ts';

describe('a workspace that is not trusted', function () {
  this.timeout(120_000);
  before(readyExtension);

  it('is looked at all the same', async () => {
    await open(orders);
    assert.ok((await diagnosticsOf(uriOf(orders))).length > 0);
    await lensesOf(uriOf(orders), ({ length }) => length > 0);
  });

  it('fills the report', async () => {
    const facts = await readyExtension();
    await vscode.commands.executeCommand('performanceEngineer.showReport');
    await eventually('the view has received a report', () => (facts.report.acknowledged > 0 && facts.report.shown) || undefined);
  });

  it('lists its benchmarks in the Test Explorer, and runs none of them', async () => {
    const facts = await readyExtension();
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await eventually('benchmarks are listed', () => facts.benchmarks.length > 0 || undefined);
    // VS Code asks for trust before it runs a test, and waits for the answer: the command does not end.
    void vscode.commands.executeCommand('testing.runAll');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.equal(vscode.tasks.taskExecutions.length, 0);
    assert.equal(fs.existsSync(uriOf('.performance').fsPath), false);
  });

  it('lets no agent run anything of it', async () => {
    const input = { file: orders, functionName: 'listOrders', measure: true };
    const { content } = await vscode.lm.invokeTool('performance_profile', { input, toolInvocationToken: undefined });
    assert.match((content[0] as vscode.LanguageModelTextPart).value, /not trusted/);
    assert.equal(vscode.tasks.taskExecutions.length, 0);
  });

  for (const command of ['profileFunction', 'traceFunction', 'recordMemory', 'growFunction', 'loadTestRoute', 'attachToProcess', 'profileDebugSession', 'compareImplementations', 'measureAgain', 'runBenchmark', 'runDriver', 'explainQuery', 'proveFinding']) {
    it(`refuses ${command}, saying why and what to do`, async () => {
      await open(orders);
      const answer = await vscode.commands.executeCommand<{ code: string; message: string }>(`performanceEngineer.${command}`, uriOf(orders).toString(), 'listOrders');
      assert.equal(answer.code, 'untrusted-workspace');
      assert.match(answer.message, /Trust it/);
      assert.equal(vscode.tasks.taskExecutions.length, 0);
      assert.equal(fs.existsSync(uriOf('.performance').fsPath), false);
    });
  }
});
