import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../src/core/evidence';
import { FailureError } from '../../src/core/failures';
import { type DriverChoice, type Exit, type MeasurePlan, finish, measure, planBenchmark, planProfile, runPlan } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const BUSY = 'export function busy() {\n  let sum = 0;\n  for (let i = 0; i < 2e7; i++) sum += Math.sqrt(i);\n  return sum;\n}\n';
const TARGET = { file: 'busy.mjs', functionName: 'busy', hash: 'unused' };
const EXITED: Exit = { ending: 'exited', code: 0, startedAt: '2026-11-22T20:18:55.000Z', durationMs: 100 };
const NO_SYNTAX = () => undefined;

const program = (file: string, language: DriverChoice['language'] = 'typescript'): DriverChoice => ({
  kind: 'file',
  language,
  runner: 'own',
  file,
  cwd: '',
  label: file,
  reason: 'a test',
});

describe('a measured program that misbehaves', function () {
  this.timeout(30_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  const context = (more: object = {}) => ({ workspace, store: workspace.store, node: process.execPath, ...more });
  const profilePlan = (choice: DriverChoice, more: object = {}) => planProfile(choice, TARGET, context(more));
  const run = (plan: MeasurePlan, timeoutMs = 20_000): Promise<Run> => measure(plan, workspace.store, NO_SYNTAX, { timeoutMs });

  it('ends with an error: failed, with its exit code, and stored', async () => {
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'main.mjs': "import { busy } from './busy.mjs';\nbusy();\nprocess.exit(3);\n" });
    const failed = await run(await profilePlan(program('main.mjs')));
    assert.equal(failed.status, 'failed');
    assert.equal(failed.failure?.code, 'program-failed');
    assert.match(failed.failure.message, /exit code 3/);
    assert.deepEqual(failed.functions, []);
    assert.deepEqual((await workspace.store.list()).runs.map(({ id }) => id), [failed.id]);
  });

  it('in Python raises: failed, and what was profiled until then is on disk', async () => {
    workspace = temporaryWorkspace({ 'main.py': 'def work():\n    return sum(range(100))\n\n\nwork()\nraise ValueError("no")\n' });
    const plan = await profilePlan(program('main.py', 'python'));
    assert.equal((await run(plan)).failure?.code, 'program-failed');
    const calls = JSON.parse(readFileSync(join(plan.rawFolder, 'calls.json'), 'utf8')) as { functions: { name: string }[] };
    assert.ok(calls.functions.some(({ name }) => name === 'work'));
  });

  it('hangs: stopped with all it has started, also what ignores the request', async () => {
    const stubborn = "process.on('SIGTERM', () => {});\nrequire('fs').writeFileSync(process.argv[2], String(process.pid));\nsetInterval(() => {}, 1000);\n";
    const main = "require('child_process').spawn(process.execPath, ['stubborn.cjs', 'pid'], { stdio: 'inherit' });\nfor (;;) {}\n";
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'main.cjs': main, 'stubborn.cjs': stubborn });
    const plan = await profilePlan(program('main.cjs'));
    const failed = await run(plan, 5000);
    assert.equal(failed.failure?.code, 'program-timed-out');
    await isGone(Number(readFileSync(join(workspace.workspace, 'pid'), 'utf8')));
  });

  it('is cancelled: stopped, and stored as such', async () => {
    workspace = temporaryWorkspace({ 'main.cjs': 'setInterval(() => {}, 1000);\n' });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const plan = await profilePlan(program('main.cjs'));
    const cancelled = await measure(plan, workspace.store, NO_SYNTAX, { timeoutMs: 20_000, signal: abort.signal });
    assert.equal(cancelled.status, 'cancelled');
    assert.equal(cancelled.failure, undefined);
  });

  it('is cancelled before it began', async () => {
    workspace = temporaryWorkspace({ 'main.cjs': 'setInterval(() => {}, 1000);\n' });
    const exit = await runPlan(await profilePlan(program('main.cjs')), { timeoutMs: 20_000, signal: AbortSignal.abort() });
    assert.equal(exit.ending, 'cancelled');
  });

  it('writes no profile', async () => {
    workspace = temporaryWorkspace({ 'main.cjs': '' });
    const plan = await profilePlan(program('main.cjs'));
    const deaf = { ...plan, argv: plan.argv.filter((argument) => !argument.startsWith('--cpu-prof')), env: {} };
    assert.equal((await run(deaf)).failure?.code, 'no-profile');
    const python = temporaryWorkspace({ 'main.py': 'import os\nos._exit(0)\n' });
    try {
      const plan = await planProfile(program('main.py', 'python'), TARGET, { workspace: python, store: python.store });
      assert.equal((await measure(plan, python.store, NO_SYNTAX, { timeoutMs: 20_000 })).failure?.code, 'no-profile');
    } finally {
      python.remove();
    }
  });

  it('never calls the function', async () => {
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'main.mjs': `${BUSY.replace('export ', '').replace('busy', 'mine')}mine();\n` });
    const failed = await run(await profilePlan(program('main.mjs')));
    assert.equal(failed.failure?.code, 'target-not-seen');
    assert.ok(failed.functions.some(({ functionName }) => functionName === 'mine'), 'what was seen is kept');
  });

  it('leaves a cut-off profile', async () => {
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'main.mjs': "import { busy } from './busy.mjs';\nbusy();\n" });
    const plan = await profilePlan(program('main.mjs'));
    const exit = await runPlan(plan, { timeoutMs: 20_000 });
    const profile = readdirSync(plan.rawFolder).find((name) => name.endsWith('.cpuprofile'))!;
    truncateSync(join(plan.rawFolder, profile), 500);
    const failed = await finish(plan, exit, NO_SYNTAX);
    assert.equal(failed.failure?.code, 'broken-profile');
    assert.match(failed.failure.message, new RegExp(profile.replaceAll('.', '\\.')));
  });

  it('leaves a profile of a gigabyte: named with its size, and earlier evidence stays', async () => {
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'main.mjs': "import { busy } from './busy.mjs';\nbusy();\n" });
    const before = await run(await profilePlan(program('main.mjs')));
    const plan = await profilePlan(program('main.mjs'));
    writeFileSync(join(plan.rawFolder, 'CPU.20261126.000000.1.0.001.cpuprofile'), '{');
    truncateSync(join(plan.rawFolder, 'CPU.20261126.000000.1.0.001.cpuprofile'), 2 ** 30);
    const failed = await finish(plan, EXITED, NO_SYNTAX);
    assert.equal(failed.failure?.code, 'large-profile');
    assert.match(failed.failure.message, /has 1073741824 bytes/);
    assert.deepEqual((await workspace.store.list()).runs, [JSON.parse(JSON.stringify(before))]);
  });

  it('floods its output: measured, and nothing of it is kept', async () => {
    const flood = "import { busy } from './busy.mjs';\nconst line = 'x'.repeat(1 << 20);\nfor (let i = 0; i < 200; i++) await new Promise((written) => process.stdout.write(line, written));\nbusy();\n";
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'main.mjs': flood });
    const before = process.memoryUsage.rss();
    const done = await run(await profilePlan(program('main.mjs')));
    assert.equal(done.status, 'completed', done.failure?.message);
    assert.ok(process.memoryUsage.rss() - before < 150e6, 'the 200 MB were not held');
    assert.ok(!JSON.stringify(done).includes('xxxx'));
  });

  it('does its work in a thread and in another process', async () => {
    const worker = "import { busy } from './busy.mjs';\nbusy();\n";
    const inThread = "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./worker.mjs', import.meta.url));\n";
    const inProcess = "import { fork } from 'node:child_process';\nfork(new URL('./worker.mjs', import.meta.url));\n";
    for (const main of [inThread, inProcess]) {
      workspace?.remove();
      workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'worker.mjs': worker, 'main.mjs': main });
      const done = await run(await profilePlan(program('main.mjs')));
      assert.equal(done.status, 'completed', done.failure?.message);
      assert.ok(done.functions.find(({ functionName }) => functionName === 'busy')!.selfShare > 0.5);
    }
  });

  it('leaves a cut-off or no benchmark result', async () => {
    workspace = temporaryWorkspace({ 'a.bench.mjs': '' });
    const plan = await planBenchmark({ ...program('a.bench.mjs'), kind: 'benchmark' }, context());
    assert.equal((await finish(plan, EXITED, NO_SYNTAX)).failure?.code, 'broken-benchmark');
    writeFileSync(join(plan.rawFolder, 'benchmark.json'), '{"benchmarks": [');
    assert.equal((await finish(plan, EXITED, NO_SYNTAX)).failure?.code, 'broken-benchmark');
    const driven = { ...plan, format: 'drive-json' as const };
    writeFileSync(join(plan.rawFolder, 'drive.json'), '{"samples": [1,');
    assert.equal((await finish(driven, EXITED, NO_SYNTAX)).status, 'failed');
  });

  it('cannot be started', async () => {
    workspace = temporaryWorkspace({ 'main.cjs': '' });
    const plan = await profilePlan(program('main.cjs'));
    const failed = await run({ ...plan, argv: [join(workspace.workspace, 'no such program')] });
    assert.equal(failed.failure?.code, 'program-not-started');
  });

  it('needs an interpreter that is missing', async () => {
    workspace = temporaryWorkspace({ 'main.cjs': '', 'main.py': '' });
    const missing = join(workspace.workspace, 'missing');
    await assert.rejects(profilePlan(program('main.cjs'), { node: missing }), hasCode('node-missing', missing));
    await assert.rejects(profilePlan(program('main.py', 'python'), { python: missing }), hasCode('python-missing', missing));
  });

  it('needs a test runner that is missing', async () => {
    workspace = temporaryWorkspace({ 'a.test.js': '' });
    await assert.rejects(profilePlan({ ...program('a.test.js'), kind: 'test', runner: 'vitest' }), hasCode('runner-missing', 'vitest'));
  });

  it('is TypeScript where nothing can run that', async () => {
    workspace = temporaryWorkspace({ 'main.ts': '' });
    await assert.rejects(profilePlan(program('main.ts')), hasCode('typescript-loader-missing', 'main.ts'));
  });

  it('needs pytest in an interpreter without it', async () => {
    workspace = temporaryWorkspace({ 'pytest.py': 'raise ModuleNotFoundError("No module named pytest")\n', 'test_a.py': 'def test_a(): pass\n' });
    const choice: DriverChoice = { ...program('test_a.py', 'python'), kind: 'test', runner: 'pytest' };
    const plan = await profilePlan(choice);
    assert.equal((await run({ ...plan, env: { ...plan.env, PYTHONPATH: workspace.workspace } })).failure?.code, 'python-module-missing');
  });

  it('runs twice at once: two runs, each with its own files', async () => {
    workspace = temporaryWorkspace({ 'busy.mjs': BUSY, 'main.mjs': "import { busy } from './busy.mjs';\nbusy();\n" });
    const plans = await Promise.all([profilePlan(program('main.mjs')), profilePlan(program('main.mjs'))]);
    const runs = await Promise.all(plans.map((plan) => run(plan)));
    assert.deepEqual(runs.map(({ status }) => status), ['completed', 'completed']);
    const stored = (await workspace.store.list()).runs;
    assert.equal(stored.length, 2);
    assert.equal(new Set(stored.map(({ raw }) => raw)).size, 2);
    for (const { raw } of stored) assert.ok(existsSync(join(workspace.store.folder, raw!)));
  });
});

function hasCode(code: string, named: string): (error: unknown) => boolean {
  return (error) => error instanceof FailureError && error.failure.code === code && error.message.includes(named);
}

/** A killed process may take a moment to leave the table of processes. */
async function isGone(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    if (isZombie(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`process ${pid} is still there`);
}

/** In a container nobody may collect a dead process whose parent is dead, too. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
