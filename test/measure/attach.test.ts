import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FailureError } from '../../src/core/failures';
import { attachNode, attachPython } from '../../src/measure/experiments';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const BUSY = `export function hot(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.sqrt(i) % 7; // hot line
  return sum;
}
export function rare(n) {
  return hot(n) * 0;
}
setInterval(() => hot(300_000), 1);
`;

describe('a running process', function () {
  this.timeout(60_000);
  let workspace: TemporaryWorkspace;
  let child: ChildProcess | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
    child = undefined;
    workspace.remove();
  });
  const options = { seconds: 1, functionsOf: () => undefined };
  const start = (argv: readonly string[]) => (child = spawn(process.execPath, argv, { cwd: workspace.workspace, stdio: ['ignore', 'pipe', 'pipe'] }));
  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve) => {
      const look = (data: Buffer) => {
        const found = pattern.exec(String(data));
        if (found) resolve(found[1]!);
      };
      child!.stderr!.on('data', look);
      child!.stdout!.on('data', look);
    });
  const cannotAttach = (error: unknown) => error instanceof FailureError && error.failure.code === 'cannot-attach';

  it('of Node is recorded for some seconds, and goes on', async () => {
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY });
    start(['--inspect=127.0.0.1:0', 'busy.mjs']);
    const port = Number(await printed(/ws:\/\/127\.0\.0\.1:(\d+)\//));
    const run = await attachNode({ inspectorPort: port }, workspace.workspace, workspace.store, options);
    assert.equal(run.failure, undefined);
    assert.deepEqual([run.kind, run.driver.kind, run.tool.name, run.tool.version], ['cpu-profile', 'process', 'node inspector', process.versions.node]);
    const hot = run.functions.find(({ functionName }) => functionName === 'hot');
    assert.ok(hot && hot.selfShare > 0.8, JSON.stringify(run.functions.slice(0, 4)));
    assert.match(run.caveats.join(), /optimised before the recording/);
    assert.equal(child!.exitCode, null, 'it goes on');
    assert.equal((await workspace.store.list()).runs.length, 1);
  });

  // The stand-in for py-spy is a shell script.
  const itOnPosix = process.platform === 'win32' ? () => undefined : it;
  itOnPosix('of Python is recorded by py-spy, whose stacks are read', async () => {
    workspace = temporaryWorkspace({
      'work.py': 'def hot():\n    total = 0\n    return total\n\n\ndef main():\n    hot()\n',
      'bin/py-spy': '#!/bin/sh\nif [ "$1" = "--version" ]; then echo "py-spy 0.4.3"; exit 0; fi\nfor last; do :; done\ncat > "$last" <<END\n<module> ($ROOT/work.py:7);main ($ROOT/work.py:7);hot ($ROOT/work.py:2) 141\n<module> ($ROOT/work.py:7);main ($ROOT/work.py:7);hot ($ROOT/work.py:3) 58\n<module> ($ROOT/work.py:7);main ($ROOT/work.py:7) 1\nEND\n',
    });
    chmodSync(join(workspace.workspace, 'bin/py-spy'), 0o755);
    const { PATH } = process.env;
    process.env.PATH = `${join(workspace.workspace, 'bin')}${delimiter}${PATH}`;
    process.env.ROOT = workspace.workspace;
    try {
      const run = await attachPython(1234, workspace.workspace, workspace.store, options);
      assert.equal(run.failure, undefined);
      const hot = run.functions.find(({ functionName }) => functionName === 'hot');
      assert.deepEqual([hot?.file, hot?.samples, Number(hot?.selfShare.toFixed(3))], ['work.py', 199, 0.995]);
      assert.deepEqual([...run.lines].sort((a, b) => a.line - b.line).map(({ line, selfShare }) => [line, Number(selfShare.toFixed(3))]), [[1, 0.705], [2, 0.29], [6, 0.005]]);
      assert.deepEqual(run.tool, { name: 'py-spy', version: '0.4.3' });
    } finally {
      process.env.PATH = PATH;
      delete process.env.ROOT;
    }
  });

  it('that cannot be recorded is named, with the next step', async () => {
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY });
    await assert.rejects(attachNode({ pid: 2 ** 22 + 1 }, workspace.workspace, workspace.store, options), cannotAttach);
    await assert.rejects(attachNode({ inspectorPort: 1 }, workspace.workspace, workspace.store, options), cannotAttach);
    const { PATH } = process.env;
    process.env.PATH = workspace.workspace;
    try {
      await assert.rejects(attachPython(1, workspace.workspace, workspace.store, options), (error) => error instanceof FailureError && error.failure.code === 'py-spy-missing');
    } finally {
      process.env.PATH = PATH;
    }
  });
});
