import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../src/core/evidence';
import { type DriverChoice, listDrivers, measure, planProfile } from '../../src/measure';
import { findPython } from '../../src/measure/tools';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const SOURCE = `
interface Options { readonly size: number }

export function busy({ size }: Options): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    sum += Math.sqrt(i) % 7; // hot line
  }
  return sum;
}
`;
const TARGET = { file: 'src/busy.ts', functionName: 'busy', hash: 'unused' };

describe('the ways to drive a function', function () {
  this.timeout(30_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  async function profile(find: (choice: DriverChoice) => boolean, environment?: NodeJS.ProcessEnv): Promise<Run> {
    const choice = listDrivers(TARGET, workspace, false).find(find);
    assert.ok(choice);
    const plan = await planProfile(choice, TARGET, { workspace, store: workspace.store, node: process.execPath, environment });
    let output = '';
    const run = await measure(plan, workspace.store, () => undefined, { timeoutMs: 20_000, onOutput: (text) => (output += text) });
    assert.equal(run.failure, undefined, output);
    return run;
  }

  function assertBusy(run: Run): void {
    const busy = run.functions.find(({ file, functionName }) => file === TARGET.file && functionName === TARGET.functionName);
    assert.ok(busy && busy.selfShare > 0.5, JSON.stringify(run.functions.slice(0, 5)));
    const hottest = [...run.lines].sort((a, b) => b.selfShare - a.selfShare)[0]!;
    assert.match(SOURCE.split('\n')[hottest.line]!, /hot line/);
  }

  it('a mocha test in TypeScript', async () => {
    const test = "import { busy } from './busy';\nimport { it } from 'mocha';\nit('is busy', () => {\n  for (let i = 0; i < 10; i++) busy({ size: 2_000_000 });\n});\n";
    workspace = temporaryWorkspace({ 'package.json': '{}', 'src/busy.ts': SOURCE, 'src/busy.test.ts': test }, ['mocha', 'tsx', 'esbuild', '@esbuild']);
    assertBusy(await profile(({ runner }) => runner === 'mocha'));
  });

  it('a module that imports TypeScript of a CommonJS package, which tsx turns into a data: URL', async () => {
    const main = "#!/usr/bin/env node\nimport { busy } from './busy.ts';\nfor (let i = 0; i < 10; i++) busy({ size: 2_000_000 });\n";
    workspace = temporaryWorkspace({ 'package.json': '{}', 'src/busy.ts': SOURCE, 'src/main.mts': main }, ['tsx', 'esbuild', '@esbuild']);
    assertBusy(await profile(({ file }) => file === 'src/main.mts'));
  });

  it('a package script, whose processes profile themselves, also one that is ended by SIGTERM', async () => {
    const worker = "import { busy } from './busy';\nfor (let i = 0; i < 10; i++) busy({ size: 2_000_000 });\nprocess.send('done');\nsetInterval(() => {}, 1000);\n";
    const parent = "const { fork } = require('node:child_process');\nconst child = fork('src/worker.ts', { execArgv: ['--import', 'tsx'] });\nchild.once('message', () => child.kill('SIGTERM'));\n";
    const manifest = '{"scripts": {"work": "node parent.cjs src/busy.ts"}}';
    workspace = temporaryWorkspace({ 'package.json': manifest, 'parent.cjs': parent, 'src/busy.ts': SOURCE, 'src/worker.ts': worker }, ['tsx', 'esbuild', '@esbuild']);
    assertBusy(await profile(({ script }) => script === 'work'));
  });

  it('keep the NODE_OPTIONS there are', async () => {
    const main = "#!/usr/bin/env node\nimport { busy } from './busy.ts';\nif (process.title !== 'mine') throw new Error(process.title);\nfor (let i = 0; i < 10; i++) busy({ size: 2_000_000 });\n";
    workspace = temporaryWorkspace({ 'src/busy.ts': SOURCE, 'src/main.ts': main }, ['tsx', 'esbuild', '@esbuild']);
    assertBusy(await profile(({ file }) => file === 'src/main.ts', { ...process.env, NODE_OPTIONS: '--title=mine' }));
  });

  // The stand-in for an interpreter is a shell script.
  const itOnPosix = process.platform === 'win32' ? () => undefined : it;
  itOnPosix('Python is that of the nearest virtual environment, and a given one alone', async () => {
    workspace = temporaryWorkspace({ 'service/main.py': '' });
    const { argv, version } = await findPython(workspace.workspace, workspace.workspace);
    assert.match(version, /^3\.\d+\.\d+$/);
    const bin = join(workspace.workspace, 'service', '.venv', 'bin');
    mkdirSync(bin, { recursive: true });
    const fake = temporaryWorkspace({ python: '#!/bin/sh\necho Python 3.99.1\n' });
    chmodSync(join(fake.workspace, 'python'), 0o755);
    symlinkSync(join(fake.workspace, 'python'), join(bin, 'python'));
    const nearest = await findPython(workspace.workspace, join(workspace.workspace, 'service'));
    assert.deepEqual(nearest, { argv: [join(bin, 'python')], version: '3.99.1' });
    assert.deepEqual((await findPython(workspace.workspace, workspace.workspace)).argv, argv);
    assert.deepEqual((await findPython(workspace.workspace, workspace.workspace, join(bin, 'python'))).version, '3.99.1');
    fake.remove();
  });
});
