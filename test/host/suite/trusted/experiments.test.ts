import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { acceptingFirst, type Answer } from '../measuring';
import { addPrograms } from '../programs';
import { open, uriOf } from '../workspace';

const busy = 'typescript/src/busy.ts';

describe('measuring with several programs', function () {
  this.timeout(240_000);
  let removePrograms: () => void;
  const run = async (command: string, ...args: unknown[]): Promise<Answer | undefined> => vscode.commands.executeCommand(`performanceEngineer.${command}`, ...args);
  const kindOf = (id: string): string => (JSON.parse(fs.readFileSync(uriOf(`.performance/runs/${id}.json`).fsPath, 'utf8')) as { kind: string }).kind;

  before(async () => {
    removePrograms = addPrograms();
    await readyExtension();
    await open(busy);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    removePrograms();
  });

  it('says how a function grows, once its driver was written', async () => {
    const subject = [uriOf(busy).toString(), 'busy'];
    assert.equal(await run('growFunction', ...subject), undefined);
    assert.match(vscode.window.activeTextEditor!.document.uri.path, /\/\.performance\/drivers\/.*busy.*\.mjs$/);
    const answer = await run('growFunction', ...subject);
    assert.equal(answer?.status, 'completed', answer?.message);
    assert.match(answer.message!, /^busy grew like n/);
    assert.equal(kindOf(answer.run!.id), 'growth');
    assert.equal(vscode.tasks.taskExecutions.length, 0);
  });

  it('measures a benchmark again, with a verdict', async () => {
    const before = await acceptingFirst('performanceEngineer.runBenchmark');
    assert.equal(before?.status, 'completed', before?.message);
    const answer = await run('measureAgain', uriOf(busy).toString(), before.run!.id);
    assert.equal(answer?.status, 'completed', answer?.message);
    assert.match(answer.message!, /^constant: p50 .* → .*: 1x the time \(/);
    assert.equal(kindOf(answer.run!.id), 'comparison');
  });

  it('ends all of it when its terminal is closed', async () => {
    const started = new Promise<void>(resolve => {
      const listener = vscode.tasks.onDidStartTaskProcess(() => {
        listener.dispose();
        resolve();
      });
    });
    const measuring = run('growFunction', uriOf(busy).toString(), 'busy');
    await started;
    vscode.tasks.taskExecutions.forEach(execution => execution.terminate());
    const answer = await measuring;
    assert.ok(answer === undefined || answer.status === 'cancelled', JSON.stringify(answer));
    assert.equal(vscode.tasks.taskExecutions.length, 0);
  });
});
