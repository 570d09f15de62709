import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Run } from '../../src/core/evidence';
import type { FunctionFact } from '../../src/core/facts';
import { type DriverChoice, ensureGeneratedDriver, generatedChoice, listDrivers, measure, type MeasurePlan, planProfile, planTrace, planUnprofiled } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const position = { line: 0, character: 0 };
const fact: FunctionFact = {
  name: 'work', exportedAs: ['work'], range: { start: position, end: position }, nameRange: { start: position, end: position },
  hash: 'a hash', isAsync: false, parameters: [], effects: [], calls: [],
};

const FILES = {
  'work.mjs': 'export function work() {\n  let sum = 0;\n  for (let i = 0; i < 1e6; i++) sum += Math.sqrt(i) % 7;\n  return sum;\n}\n',
  'work.test.mjs': "import { test } from 'node:test';\nimport { work } from './work.mjs';\ntest('works', () => {\n  for (let i = 0; i < 30; i++) work();\n});\n",
  'main.mjs': "#!/usr/bin/env node\nimport { work } from './work.mjs';\nfor (let i = 0; i < 30; i++) work();\n",
  'work.py': 'def work():\n    return sum(helper(i) for i in range(20000))\n\n\ndef helper(i):\n    return i * i\n',
};

describe('what a profile says of its own cost', function () {
  this.timeout(60_000);
  let workspace: TemporaryWorkspace;
  beforeEach(() => (workspace = temporaryWorkspace(FILES)));
  afterEach(() => workspace.remove());
  const contextOf = () => ({ workspace, store: workspace.store, node: process.execPath });
  const targetIn = (file: string) => ({ file, functionName: 'work', hash: 'a hash' });

  async function run(plan: MeasurePlan, choice: DriverChoice, generatedFile?: string): Promise<Run> {
    let output = '';
    const unprofiled = await planUnprofiled(plan, choice, contextOf(), generatedFile);
    const result = await measure(plan, workspace.store, () => undefined, { timeoutMs: 30_000, onOutput: (text) => (output += text) }, unprofiled);
    assert.equal(result.status, 'completed', `${result.failure?.message}${output}`);
    assert.deepEqual(await workspace.store.read(result.id), JSON.parse(JSON.stringify(result)), 'it is stored with the run');
    return result;
  }
  async function driver(file: string, call: readonly [RegExp, string]): Promise<{ choice: DriverChoice; path: string }> {
    const { path } = await ensureGeneratedDriver(workspace.store, file, fact, workspace, [fact]);
    const text = workspace.readText(path.slice(workspace.workspace.length + 1));
    writeFileSync(path, text.replace(...call));
    return { choice: generatedChoice(targetIn(file), workspace), path };
  }
  const SHORT = [/maximumSeconds: \d+/, 'maximumSeconds: 1'] as const;

  it('is the ratio of the calls of a generated driver, with its interval', async () => {
    const { choice, path } = await driver('work.mjs', SHORT);
    const { overhead } = await run(await planProfile(choice, targetIn('work.mjs'), contextOf(), path), choice, path);
    assert.equal(overhead?.unit, 'call');
    assert.ok(overhead.counts.every((count) => count >= 8), overhead.counts.join());
    assert.ok(overhead.ratio > 0.5 && overhead.ratio < 3, String(overhead.ratio));
    assert.ok(overhead.interval![0] <= overhead.ratio && overhead.ratio <= overhead.interval![1]);
  });

  it('is so for a trace, whose calls are set against the same loop without it', async () => {
    const { choice, path } = await driver('work.mjs', SHORT);
    const { overhead, trace } = await run(await planTrace(choice, targetIn('work.mjs'), contextOf(), path), choice, path);
    assert.ok(trace);
    assert.equal(overhead?.unit, 'call');
    assert.ok(overhead.ratio > 0.5 && overhead.ratio < 3, String(overhead.ratio));
  });

  it('tells how much cProfile disturbs a Python function of many calls', async () => {
    const { choice, path } = await driver('work.py', [/"maximum_seconds": \d+/, '"maximum_seconds": 1']);
    const { overhead } = await run(await planProfile(choice, targetIn('work.py'), contextOf(), path), choice, path);
    assert.ok(overhead!.interval![0] > 1.1, `it is slowed down a good deal: ${overhead!.ratio}`);
  });

  it('is of the whole program for a test', async () => {
    const choice = listDrivers(targetIn('work.mjs'), workspace, false).find(({ kind }) => kind === 'test')!;
    const { overhead } = await run(await planProfile(choice, targetIn('work.mjs'), contextOf()), choice);
    assert.deepEqual([overhead?.unit, overhead?.counts, overhead?.interval], ['program', [1, 1], undefined]);
  });

  it('is not measured of a program, which runs once only', async () => {
    const choice = listDrivers(targetIn('work.mjs'), workspace, false).find(({ kind }) => kind === 'file')!;
    const plan = await planProfile(choice, targetIn('work.mjs'), contextOf());
    assert.equal(await planUnprofiled(plan, choice, contextOf()), undefined);
    assert.equal((await run(plan, choice)).overhead, undefined);
  });
});
