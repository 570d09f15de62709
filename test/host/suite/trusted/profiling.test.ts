import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Facts } from '../../../../src/editor/facts';
import { readyExtension } from '../extension';
import { acceptingFirst, profile } from '../measuring';
import { addPrograms } from '../programs';
import { eventually } from '../waiting';
import { find, lensesOf, linkPackages, open, remember, replace, uriOf } from '../workspace';

const measured = (titles: readonly string[]): boolean => titles.some(title => /^self .+, total .+ · run \d\d:\d\d \(.+\)$/.test(title));
/** The operating system's id of the next process that a task starts. */
const nextProcess = () =>
  new Promise<number | undefined>(resolve => {
    const listener = vscode.tasks.onDidStartTaskProcess(({ processId }) => {
      listener.dispose();
      resolve(processId);
    });
  });

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

const runFile = (id: string): string => uriOf(`.performance/runs/${id}.json`).fsPath;

const busy = 'typescript/src/busy.ts';

describe('profiling a function', function () {
  this.timeout(180_000);
  let facts: Facts;
  let removePrograms: () => void;
  const exitCodes: (number | undefined)[] = [];
  const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
    if (execution.task.definition.type === 'performance') exitCodes.push(exitCode);
  });

  before(async () => {
    linkPackages();
    removePrograms = addPrograms();
    facts = await readyExtension();
  });
  after(() => {
    listener.dispose();
    removePrograms();
  });

  for (const [file, functionName, tool] of [
    [busy, 'busy', /node --cpu-prof/],
    ['python/orders/busy.py', 'busy', /cProfile/],
  ] as const) {
    it(`runs ${functionName} of ${file} as a task, stores the run, and shows it on lens and lines`, async () => {
      await open(file);
      exitCodes.length = 0;
      const answer = await profile(file, functionName);
      assert.equal(answer?.status, 'completed', answer?.message);
      // Once with the profiler, and once without to say what that has cost.
      assert.deepEqual(exitCodes, [0, 0]);
      assert.match(answer.message!, /With the profiler it took .*x the time \(the whole program, 1 run with it and 1 without\)\.$/);
      assert.match(answer.run!.tool, tool);
      assert.ok(answer.measurement!.totalShare > 0);
      assert.ok(fs.existsSync(runFile(answer.run!.id)));
      await lensesOf(uriOf(file), measured);
      const { lines } = JSON.parse(fs.readFileSync(runFile(answer.run!.id), 'utf8')) as { lines: { file: string }[] };
      const ofFile = lines.filter(line => line.file === file);
      const heat = await eventually('lines are marked', () => (facts.heatOf(uriOf(file)).length > 0 ? facts.heatOf(uriOf(file)) : undefined), () => ofFile);
      assert.ok(heat.some(({ selfShare = 0 }) => selfShare >= 0.01), JSON.stringify(heat));
    });
  }

  it('lets the heat go and come back with the command', async () => {
    const uri = uriOf(busy);
    await open(busy);
    await eventually('lines are marked', () => facts.heatOf(uri).length > 0 || undefined);
    await vscode.commands.executeCommand('performanceEngineer.toggleHeat');
    await eventually('no line is marked', () => facts.heatOf(uri).length === 0 || undefined);
    await vscode.commands.executeCommand('performanceEngineer.toggleHeat');
    await eventually('lines are marked again', () => facts.heatOf(uri).length > 0 || undefined);
  });

  it('calls a measurement stale when the function has changed', async () => {
    const { document } = await open(busy);
    const restore = remember(busy);
    try {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, find(document, 'let sum'), 'const first = 1;\n  ');
      await vscode.workspace.applyEdit(edit);
      await lensesOf(document.uri, titles => titles.some(title => title.endsWith('· stale')));
      await eventually('the head of the function is marked stale', () =>
        facts.heatOf(document.uri).some(({ line, selfShare }) => selfShare === undefined && document.lineAt(line).text.includes('function busy')) || undefined,
      );
    } finally {
      await restore();
    }
  });

  it('opens the raw profile in VS Code\'s own viewer', async () => {
    const answer = await profile(busy, 'busy');
    await vscode.commands.executeCommand('performanceEngineer.openProfile', answer?.run?.id);
    const tab = await eventually('the viewer is open', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputCustom && input.viewType === 'jsProfileVisualizer.cpuprofile.table'),
    );
    await vscode.window.tabGroups.close(tab);
  });
});

describe('profiling with a generated driver', function () {
  this.timeout(180_000);
  const file = 'python/orders/lonely.py';
  let driver: vscode.Uri;
  let removePrograms: () => void;

  before(async () => {
    removePrograms = addPrograms();
    await readyExtension();
    await open(file);
    await profile(file, 'lonely');
    driver = vscode.window.activeTextEditor!.document.uri;
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    removePrograms();
  });

  it('opens the driver for its arguments, with the way on above it', async () => {
    assert.match(driver.path, /\/\.performance\/drivers\/.*lonely.*\.py$/);
    await lensesOf(driver, titles => titles.some(title => title.includes('then profile lonely')));
  });

  const run = (): Promise<unknown> => Promise.resolve(vscode.commands.executeCommand('performanceEngineer.runDriver', driver.toString()));
  async function fillIn(body: string): Promise<void> {
    const { document } = await vscode.window.showTextDocument(driver);
    const text = document.getText().replace(/(?<=def call\(context, subject\):\n)[\s\S]*?(?=\n\n\ndef tear_down)/, body);
    assert.notEqual(text, document.getText());
    await replace(document, text);
  }

  it('says that the program has failed, and keeps its failure', async () => {
    await fillIn('    raise SystemExit(3)');
    const answer = (await run()) as { status: string; failure: { code: string; message: string } };
    assert.equal(answer.status, 'failed');
    assert.equal(answer.failure.code, 'program-failed');
    assert.match(answer.failure.message, /exit code 3/);
  });

  it('stops a program that hangs, even one that does not want to end', async () => {
    await fillIn('    import signal, time\n    for one in (signal.SIGHUP, signal.SIGTERM):\n        signal.signal(one, signal.SIG_IGN)\n    time.sleep(600)');
    const settings = vscode.workspace.getConfiguration('performanceEngineer');
    await settings.update('timeLimit', 3, vscode.ConfigurationTarget.Workspace);
    const started = nextProcess();
    try {
      const answer = (await run()) as { status: string; failure: { code: string } };
      assert.equal(answer.failure.code, 'program-timed-out');
    } finally {
      await settings.update('timeLimit', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.equal(isAlive((await started)!), false, 'the program goes on behind our back');
    assert.equal(vscode.tasks.taskExecutions.length, 0);
  });

  it('refuses a second measurement while one runs, and takes the end of its terminal as a cancellation', async () => {
    await fillIn('    import time\n    time.sleep(60)');
    const started = nextProcess();
    const first = run();
    await started;
    const second = (await vscode.commands.executeCommand('performanceEngineer.runBenchmark')) as { code: string };
    assert.equal(second.code, 'already-measuring');
    vscode.tasks.taskExecutions.forEach(execution => execution.terminate());
    const { status, message } = (await first) as { status: string; message: string };
    assert.equal(status, 'cancelled', message);
  });

  it('measures what it is given', async () => {
    await fillIn('    return lonely(20000)');
    const answer = (await run()) as { status: string; message: string; measurement: { totalShare: number } };
    assert.equal(answer.status, 'completed', answer.message);
    assert.ok(answer.measurement.totalShare > 0.3);
  });
});

describe('running a benchmark', function () {
  this.timeout(180_000);

  it('stores its samples and answers with its distribution', async () => {
    const removePrograms = addPrograms();
    try {
      await readyExtension();
      const answer = await acceptingFirst('performanceEngineer.runBenchmark');
      assert.equal(answer?.status, 'completed', answer?.message);
      const [constant] = answer.benchmarks!;
      assert.equal(constant?.name, 'constant');
      assert.ok(constant.p50 > 1.8 && constant.p50 < 2.1 && constant.p95 > 2.7 && constant.max === 2.9, JSON.stringify(constant));
      const stored = JSON.parse(fs.readFileSync(runFile(answer.run!.id), 'utf8')) as { benchmarks: { samples: number[] }[] };
      assert.equal(stored.benchmarks[0]!.samples.length, 20);
    } finally {
      removePrograms();
    }
  });
});
