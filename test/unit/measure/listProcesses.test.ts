import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { listProcesses, parseProcesses } from '../../../src/measure/attach/listProcesses';

const parse = (command: string) => parseProcesses(`  42 ${command}\n`)[0];

describe('processes that can be recorded', () => {
  for (const [command, kind, inspectorPort] of [
    ['node server.js', 'node', undefined],
    ['/usr/bin/node --inspect server.js', 'node', 9229],
    ['node --inspect=127.0.0.1:9300 server.js', 'node', 9300],
    ['node --inspect-brk=9301', 'node', 9301],
    ['node --inspect=0 server.js', 'node', undefined],
    ['node --inspect --inspect-port=9400 server.js', 'node', 9400],
    ['node --inspector-tool server.js', 'node', undefined],
    ['"C:\\Program Files\\nodejs\\node.exe" server.js', 'node', undefined],
    ['/home/me/.venv/bin/python3.11 -m gunicorn app', 'python', undefined],
    ['"C:\\Python312\\pythonw.exe" app.py', 'python', undefined],
  ] as const) {
    it(`are ${command}`, () => {
      const found = parse(command);
      assert.deepEqual([found?.pid, found?.kind, found?.inspectorPort, found?.command], [42, kind, inspectorPort, command]);
    });
  }

  for (const command of ['nodemon server.js', 'bash -c node', 'vim node', '/usr/lib/code-server/lib/node entry.js', 'node /home/me/.vscode-server/x/out/server-main.js', 'node tsserver.js', 'node server.js --clientProcessId=12', '']) {
    it(`are not "${command}"`, () => assert.equal(parse(command), undefined));
  }

  it('are found on this machine, without the one that looks', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()', 'a-process-to-find'], { stdio: ['pipe', 'ignore', 'ignore'] });
    try {
      const found = await listProcesses();
      const own = found.find(({ pid }) => pid === child.pid);
      assert.equal(own?.kind, 'node');
      assert.match(own.command, /a-process-to-find/);
      assert.equal(found.some(({ pid }) => pid === process.pid), false);
    } finally {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    }
  });
});
