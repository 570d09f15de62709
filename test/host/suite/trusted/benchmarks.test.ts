import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Facts } from '../../../../src/editor/facts';
import { readyExtension } from '../extension';
import { addPrograms } from '../programs';
import { eventually } from '../waiting';
import { lensesOf, open, uriOf } from '../workspace';

const file = 'z.bench.mjs';

describe('the benchmarks in the Test Explorer', function () {
  this.timeout(180_000);
  let facts: Facts;
  let removePrograms: () => void;
  const itemOf = (name: string): vscode.TestItem | undefined => facts.benchmarks.find(({ label }) => label === name);
  const childrenOf = (name: string): vscode.TestItem[] => [...(itemOf(name)?.children ?? [])].map(([, child]) => child);
  const seen = () => facts.benchmarks.map(({ label, children }) => [label, [...children].map(([, { label: name, description }]) => [name, description])]);
  const showing = async (what: string, isRight: () => boolean): Promise<void> => void (await eventually(what, () => isRight() || undefined, seen));

  before(async () => {
    removePrograms = addPrograms();
    facts = await readyExtension();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    removePrograms();
  });

  it('appear when it is opened, file by file, each at its line', async () => {
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await showing('the file is listed', () => itemOf(file) !== undefined);
    assert.deepEqual(childrenOf(file).map(({ label, range }) => [label, range?.start.line]), [['fast', 3], ['slow', 4]]);
    assert.ok(facts.benchmarks.some(({ label }) => label.endsWith('.py')), 'those of Python too');
  });

  it('follow a file that is changed, made and deleted', async () => {
    const added = uriOf('new.bench.mjs');
    await vscode.workspace.fs.writeFile(added, Buffer.from("import { Bench } from 'tinybench';\nnew Bench().add('first', () => 1);\n"));
    await showing('the new file is listed', () => childrenOf('new.bench.mjs').some(({ label }) => label === 'first'));
    await vscode.workspace.fs.writeFile(added, Buffer.from("import { Bench } from 'tinybench';\n\nnew Bench().add('second', () => 1);\n"));
    await showing('its benchmark has another name', () => childrenOf('new.bench.mjs').map(({ label }) => label).join() === 'second');
    await vscode.workspace.fs.delete(added);
    await showing('it is gone', () => itemOf('new.bench.mjs') === undefined);
  });

  it('run in the terminal from there, and keep their distribution and verdict', async () => {
    const labels: string[] = [];
    const listener = vscode.tasks.onDidStartTask(({ execution }) => labels.push(execution.task.name));
    const { document } = await open(file);
    const runAtCursor = async (line: number): Promise<void> => {
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(line, 0, line, 0);
      await vscode.commands.executeCommand('testing.runAtCursor');
    };
    await runAtCursor(3);
    await showing('each has its result', () => childrenOf(file).every(({ description }) => /^p50 2\.19 ms, p95 2\.37 ms, p99 .*, 40 samples$/.test(description ?? '')));
    await runAtCursor(4);
    await showing('the second run is set against the first', () => childrenOf(file).every(({ description }) => / samples; (?:too noisy to say|no difference seen): 1x the time \(/.test(description ?? '')));
    listener.dispose();
    assert.deepEqual(labels, [file, file]);
    const runs = fs.readdirSync(uriOf('.performance/runs').fsPath);
    assert.ok(runs.length >= 2);
  });

  it('have a lens each, which runs them and says what was last', async () => {
    await open(file);
    const titles = await lensesOf(uriOf(file), all => all.filter(title => title.startsWith('last p50 2.19 ms, p95 2.37 ms · run ')).length === 2);
    assert.equal(titles.filter(title => title === '$(play) Run benchmark').length, 2);
    const answer = await vscode.commands.executeCommand<{ status: string; benchmarks: readonly { name: string }[] }>('performanceEngineer.runBenchmark', uriOf(file).toString());
    assert.equal(answer.status, 'completed');
    assert.deepEqual(answer.benchmarks.map(({ name }) => name), ['fast', 'slow']);
  });
});
