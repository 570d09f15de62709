import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { scrubbedEnvironment } from '../../src/build/vscode/environment';
import { runToEnd } from '../../src/build/vscode/processes';
import { workbenchUrl } from '../../src/build/vscode/workbenchUrl';

describe('launching VS Code', () => {
  describe('the environment', () => {
    const before = { ...process.env };
    afterEach(() => {
      process.env = { ...before };
    });

    it('withholds credentials, an outer editor and what redirects the server', () => {
      Object.assign(process.env, { ANTHROPIC_API_KEY: 'k', VSCODE_IPC_HOOK: 'h', PORT: '1', NODE_OPTIONS: '--x' });
      const kept = scrubbedEnvironment({ HOME: '/elsewhere' });
      for (const name of ['ANTHROPIC_API_KEY', 'VSCODE_IPC_HOOK', 'PORT', 'NODE_OPTIONS']) {
        assert.equal(kept[name], undefined, name);
      }
      assert.equal(kept['HOME'], '/elsewhere');
    });

    it("keeps the search path but for npm's own folders", () => {
      const npm = path.join(path.sep, 'project', 'node_modules', '.bin');
      const tools = path.join(path.sep, 'usr', 'bin');
      process.env['PATH'] = [npm, tools].join(path.delimiter);
      assert.equal(scrubbedEnvironment()['PATH'], tools);
    });
  });

  describe('the address', () => {
    it('is short and readable for a person', () => {
      assert.equal(workbenchUrl('http://127.0.0.1:8000', { folder: '/home/me/shop' }), 'http://127.0.0.1:8000/?folder=/home/me/shop');
      assert.equal(workbenchUrl('http://127.0.0.1:8000', {}), 'http://127.0.0.1:8000/?ew=true');
    });

    it('survives characters that mean something in a query', () => {
      const url = new URL(workbenchUrl('http://127.0.0.1:8000', { folder: '/a b/c&d=e#f' }));
      assert.equal(url.searchParams.get('folder'), '/a b/c&d=e#f');
    });

    it('names the suite on the same host as the page, or VS Code would not load it', () => {
      const url = new URL(workbenchUrl('http://127.0.0.1:8000', { test: { extension: '/driver', suite: '/suite.js' } }));
      const payload = new Map(JSON.parse(url.searchParams.get('payload')!) as [string, string][]);
      assert.equal(payload.get('extensionDevelopmentPath'), 'vscode-remote://127.0.0.1:8000/driver');
      assert.equal(payload.get('extensionTestsPath'), 'vscode-remote://127.0.0.1:8000/suite.js');
    });
  });

  describe('a process', () => {
    const node = process.execPath;

    it('hands over its exit code and both outputs', async () => {
      const result = await runToEnd(node, ['-e', 'console.log(1); console.error(2); process.exitCode = 3'], { timeoutMs: 20_000 });
      assert.equal(result.code, 3);
      assert.match(result.output, /1/);
      assert.match(result.output, /2/);
    });

    it('is stopped, and says so, when it does not end', async () => {
      const result = await runToEnd(node, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 300 });
      assert.equal(result.code, null);
      assert.match(result.output, /no end after 0.3 s/);
    });

    it('that cannot be started is a result, not an exception', async () => {
      const result = await runToEnd('no-such-program-anywhere', [], { timeoutMs: 5_000 });
      assert.equal(result.code, null);
      assert.match(result.output, /ENOENT/);
    });
  });
});
