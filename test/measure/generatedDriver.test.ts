import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { FunctionFact } from '../../src/core/facts';
import type { Run } from '../../src/core/evidence';
import { canGenerateDriver, ensureGeneratedDriver, listDrivers, measure, planBenchmark, planProfile } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const position = { line: 0, character: 0 };
const factOf = (name: string, more: Partial<FunctionFact> = {}): FunctionFact => ({
  name,
  exportedAs: [name],
  range: { start: position, end: position },
  nameRange: { start: position, end: position },
  hash: 'unused',
  isAsync: false,
  parameters: [],
  effects: [],
  calls: [],
  ...more,
});

const FAST = { script: 'warmUpCalls: 3, maximumCalls: 12, maximumSeconds: 1', python: '"warm_up_calls": 3, "maximum_calls": 12, "maximum_seconds": 1' };

describe('a generated driver', function () {
  this.timeout(30_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  /** Generates, lets `edit` fill in the arguments as a user would, and takes a profile and a timing. */
  async function drive(file: string, fact: FunctionFact, edit: (text: string) => string, siblings: readonly FunctionFact[] = []): Promise<{ profile: Run; timing: Run }> {
    const { path, created } = await ensureGeneratedDriver(workspace.store, file, fact, workspace, siblings);
    assert.equal(created, true);
    writeFileSync(path, edit(readFileSync(path, 'utf8')));
    const target = { file, functionName: fact.name, hash: 'unused' };
    const choice = listDrivers(target, workspace, true).at(-1)!;
    assert.equal(choice.kind, 'generated');
    const context = { workspace, store: workspace.store, node: process.execPath, typescript: require.resolve('@ts-morph/common') };
    // The syntax is not asked here, so that methods have the engine's own short names.
    const run = async (plan: Awaited<ReturnType<typeof planProfile>>) => {
      let output = '';
      const result = await measure({ ...plan, target: { ...target, functionName: fact.name.split('.').pop()! } }, workspace.store, () => undefined, {
        timeoutMs: 20_000,
        onOutput: (text) => (output += text),
      });
      assert.equal(result.failure, undefined, output);
      return result;
    };
    return {
      profile: await run(await planProfile(choice, target, context, path)),
      timing: await run(await planBenchmark(choice, context, { target, generatedFile: path })),
    };
  }

  it('calls an async method of a TypeScript class: a profile of the window, and a timing apart from it', async () => {
    const source = `
export class Orders {
  constructor(private readonly size: number) {}
  async list(page: number, label?: string): Promise<number> {
    await Promise.resolve();
    let sum = page;
    for (let i = 0; i < this.size; i++) sum += Math.sqrt(i);
    return sum + (label ?? '').length;
  }
}
let preparation = 0;
for (let i = 0; i < 4e7; i++) preparation += Math.sqrt(i);
`;
    workspace = temporaryWorkspace({ 'src/orders.ts': source });
    const parameters = [{ name: 'page', type: 'number', optional: false }, { name: 'label', type: 'string', optional: true }];
    const constructor = factOf('Orders.constructor', { parameters: [{ name: 'size', type: 'number', optional: false }], exportedAs: [] });
    const { profile, timing } = await drive('src/orders.ts', factOf('Orders.list', { parameters, isAsync: true }), (text) => {
      assert.match(text, /import \{ Orders \} from "\.\.\/\.\.\/src\/orders\.ts";/);
      assert.match(text, /instance: new subject\(\n {6}size, \/\/ size: number\n {4}\),\n {4}arguments: \[\n {6}size, \/\/ page: number\n {4}\],/);
      return text.replace('size, // size', '2e6, // size').replace(/warmUpCalls.*?3(?= \})/, FAST.script);
    }, [constructor]);
    const list = profile.functions.find(({ functionName }) => functionName === 'list');
    assert.ok(list && list.selfShare > 0.8, `the preparation is outside of the window: ${JSON.stringify(profile.functions.slice(0, 4))}`);
    assert.equal(timing.kind, 'benchmark');
    const [result] = timing.benchmarks;
    assert.equal(result?.sampleCount, 12);
    assert.ok(result.p50 > 0 && result.p50 <= result.max);
    assert.ok(!timing.driver.argv.some((argument) => argument.includes('--cpu-prof')), 'nothing profiles while it is timed');
  });

  it('calls a Python coroutine', async () => {
    const source = 'import asyncio\n\n\nasync def list_orders(page, size):\n    await asyncio.sleep(0)\n    return sum(i * page for i in range(size))\n';
    workspace = temporaryWorkspace({ 'shop/__init__.py': '', 'shop/orders.py': source });
    const parameters = [{ name: 'page', type: 'int', optional: false }, { name: 'size', optional: false }];
    const { profile, timing } = await drive('shop/orders.py', factOf('list_orders', { parameters, isAsync: true }), (text) => {
      assert.match(text, /from shop\.orders import list_orders/);
      assert.match(text, /^ {12}None, # fill in: size$/m);
      return text.replace('None, # fill in: size', '50_000, # size').replace(/"warm_up_calls".*?(?=\})/, FAST.python);
    });
    const list = profile.functions.find(({ functionName }) => functionName === 'list_orders');
    // Each await of a coroutine that is suspended once is two calls to cProfile.
    assert.ok(list && list.calls! >= 12, JSON.stringify(profile.functions.slice(0, 4)));
    assert.equal(timing.benchmarks[0]?.sampleCount, 12);
  });

  it('says where a sample is the mean of many calls', async () => {
    workspace = temporaryWorkspace({ 'tiny.mjs': 'export default function (n) {\n  return n + 1;\n}\n' });
    const { path } = await ensureGeneratedDriver(workspace.store, 'tiny.mjs', factOf('tiny', { exportedAs: ['default'] }), workspace);
    assert.match(readFileSync(path, 'utf8'), /import original from "\.\.\/\.\.\/tiny\.mjs";/);
    const target = { file: 'tiny.mjs', functionName: 'tiny', hash: 'unused' };
    const choice = listDrivers(target, workspace, true).at(-1)!;
    const plan = await planBenchmark(choice, { workspace, store: workspace.store, node: process.execPath }, { target, generatedFile: path });
    const run = await measure(plan, workspace.store, () => undefined, { timeoutMs: 20_000 });
    assert.match(run.caveats.join(), /each sample is the mean of \d+ calls/);
    assert.ok(run.benchmarks[0]!.p50 < 0.02);
  });

  it('is the user\'s once it is written', async () => {
    workspace = temporaryWorkspace({ 'a.mjs': '' });
    const first = await ensureGeneratedDriver(workspace.store, 'a.mjs', factOf('f'), workspace);
    writeFileSync(first.path, '// mine');
    const second = await ensureGeneratedDriver(workspace.store, 'a.mjs', factOf('f'), workspace);
    assert.deepEqual(second, { path: first.path, created: false, complete: true });
    assert.equal(readFileSync(first.path, 'utf8'), '// mine');
  });

  it('is offered for what another file can import', () => {
    workspace = temporaryWorkspace({ 'a.mjs': '' });
    const main = factOf('main');
    assert.equal(canGenerateDriver(main, [main]), true);
    assert.equal(canGenerateDriver(factOf('hidden', { exportedAs: [] }), []), false);
    assert.equal(canGenerateDriver(factOf('Orders.list', { exportedAs: [] }), []), true);
    assert.equal(canGenerateDriver(factOf('main.inner', { exportedAs: [] }), [main]), false);
  });
});
