import * as assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { readyExtension } from '../extension';
import { acceptingFirst } from '../measuring';
import { addPrograms } from '../programs';
import { eventually } from '../waiting';
import { open, uriOf } from '../workspace';

const SPINNING = `export function hot(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.sqrt(i) % 7;
  return sum;
}
export function twice(n) {
  return (hot(n) + hot(n)) / 2;
}
`;

const programs = {
  'aservice/package.json': JSON.stringify({ name: 'aservice', type: 'module', scripts: { start: 'node server.mjs', test: 'node --test' } }),
  'aservice/server.mjs': "import { createServer } from 'node:http';\ncreateServer((_, response) => response.end('[]')).listen(process.env.PORT, '127.0.0.1');\n",
  'spinning.mjs': SPINNING,
  // It ends by itself, whatever becomes of the test.
  'spin.mjs': "import { setImmediate } from 'node:timers/promises';\nimport { hot } from './spinning.mjs';\nconst end = Date.now() + 120_000;\nwhile (Date.now() < end) {\n  hot(300_000);\n  await setImmediate();\n}\n",
};

describe('what runs already, and what is started to be driven', function () {
  this.timeout(300_000);
  let removePrograms: () => void;
  let child: ChildProcess | undefined;
  const storedKind = (id: string): string => (JSON.parse(fs.readFileSync(uriOf(`.performance/runs/${id}.json`).fsPath, 'utf8')) as { kind: string }).kind;

  before(async () => {
    removePrograms = addPrograms(programs);
    await readyExtension();
  });
  afterEach(() => child?.kill('SIGKILL'));
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    removePrograms();
  });

  it('drives a route of an app that it starts, against the targets of performance.json', async () => {
    const answer = await acceptingFirst('performanceEngineer.loadTestRoute');
    assert.equal(answer?.status, 'completed', answer?.message);
    assert.match(answer.message!, /^GET \/api\/orders: p50 .*, p95 .*, p99 .*; (?:19|2\d)(\.\d+)? answered a second, 0 errors, 0 without success, .* of a processor .* of memory .* sent\. Meets p95 200 ms, meets p99 500 ms, meets 20 requests a second\.$/);
    assert.equal(storedKind(answer.run!.id), 'load');
    assert.equal(vscode.tasks.taskExecutions.length, 0);
  });

  it('records a running process, which goes on', async () => {
    child = spawn('node', ['--inspect=127.0.0.1:9377', uriOf('spin.mjs').fsPath], { stdio: 'ignore' });
    await new Promise(resolve => child!.once('spawn', resolve));
    const answer = await acceptingFirst('performanceEngineer.attachToProcess');
    assert.equal(answer?.status, 'completed', answer?.message);
    assert.match(answer.message!, /^the process on port 9377: (?:hot|spin\.mjs) \d.* % self/);
    assert.equal(storedKind(answer.run!.id), 'cpu-profile');
    assert.equal(child.exitCode, null);
  });

  it('says plainly that there is no debug session to record', async () => {
    const answer = await acceptingFirst('performanceEngineer.profileDebugSession');
    assert.equal(answer?.code, 'no-debug-session');
  });

  it('records the active debug session with VS Code\'s own debugger', async () => {
    const started = await vscode.debug.startDebugging(vscode.workspace.workspaceFolders![0], {
      type: 'pwa-node', request: 'launch', name: 'Spin', program: uriOf('spin.mjs').fsPath, console: 'internalConsole',
    });
    assert.equal(started, true);
    try {
      await eventually('the program is debugged', () => '__pendingTargetId' in (vscode.debug.activeDebugSession?.configuration ?? {}) || undefined, () => vscode.debug.activeDebugSession?.name);
      const answer = await acceptingFirst('performanceEngineer.profileDebugSession');
      assert.equal(answer?.status, 'completed', answer?.message);
      assert.match(answer.message!, /^debug session ".*": (?:hot|spin\.mjs) \d.* % self/);
      assert.ok(answer.caveats!.some(caveat => caveat.startsWith('recorded under a debugger')));
      assert.equal(storedKind(answer.run!.id), 'cpu-profile');
    } finally {
      await vscode.debug.stopDebugging();
    }
  });

  it('compares two implementations, once the arguments are there, and says whether their results were equal', async () => {
    await open('spinning.mjs');
    const compare = () => acceptingFirst('performanceEngineer.compareImplementations', uriOf('spinning.mjs').toString(), 'hot');
    assert.equal(await compare(), undefined);
    assert.match(vscode.window.activeTextEditor!.document.uri.path, /\/\.performance\/drivers\/.*hot.*\.mjs$/);
    const driver = vscode.window.activeTextEditor!.document.uri.fsPath;
    fs.writeFileSync(driver, fs.readFileSync(driver, 'utf8').replace(/undefined, \/\/ fill in: n/, '20_000,'));
    const settings = vscode.workspace.getConfiguration('performanceEngineer');
    await settings.update('comparisonRounds', 8, vscode.ConfigurationTarget.Global);
    const answer = await compare();
    await settings.update('comparisonRounds', undefined, vscode.ConfigurationTarget.Global);
    assert.equal(answer?.status, 'completed', answer?.message);
    assert.match(answer.message!, /slower: .*x the time \(.* at 95 %\)\. The results were equal\.$/);
    assert.equal(storedKind(answer.run!.id), 'comparison');
  });
});
