import assert from 'node:assert/strict';
import type { Run } from '../../src/core/evidence';
import type { FunctionFact } from '../../src/core/facts';
import type { FunctionAnchor } from '../../src/evidence/attribution';
import { ensureGeneratedDriver, generatedChoice, listDrivers, measure, planMemory, planTrace } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const position = { line: 0, character: 0 };
const factOf = (name: string): FunctionFact => ({
  name, exportedAs: [name], range: { start: position, end: position }, nameRange: { start: position, end: position },
  hash: 'a hash', isAsync: false, parameters: [], effects: [], calls: [],
});
const MEGABYTE = 2 ** 20;
/** Functions of two lines each. */
const anchorsOf = (source: string, names: readonly string[]): FunctionAnchor[] =>
  names.map((name) => {
    const line = source.split('\n').findIndex((candidate) => candidate.includes(` ${name}(`));
    const start = { line, character: 4 };
    return { name, hash: `hash of ${name}`, range: { start: { line, character: 0 }, end: { line: line + 2, character: 0 } }, nameRange: { start, end: start } };
  });

describe('memory and the event loop', function () {
  this.timeout(60_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  async function run(file: string, source: string, plan: typeof planMemory | typeof planTrace, names: readonly string[] = []): Promise<Run> {
    workspace = temporaryWorkspace({ [file]: source });
    const target = { file, functionName: 'work', hash: 'a hash' };
    const { path } = await ensureGeneratedDriver(workspace.store, file, factOf('work'), workspace);
    let output = '';
    const made = await plan(generatedChoice(target, workspace), target, { workspace, store: workspace.store, node: process.execPath }, path);
    const result = await measure(made, workspace.store, () => (names.length > 0 ? anchorsOf(source, names) : undefined), { timeoutMs: 30_000, onOutput: (text) => (output += text) });
    assert.equal(result.failure, undefined, output);
    return result;
  }

  it('an allocation hog in Node: named with its share, and what it keeps apart from its garbage', async () => {
    const source = `const kept = [];
function hog() {
  const garbage = [];
  for (let i = 0; i < 40_000; i++) garbage.push({ i, text: 'a' + i });
  return garbage.length;
}

function modest() {
  const garbage = [];
  for (let i = 0; i < 4000; i++) garbage.push({ i, text: 'a' + i });
  return garbage.length;
}

function keeper() {
  kept.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
}

export function work() {
  keeper();
  return hog() + modest();
}
`;
    const { memory } = await run('work.mjs', source, planMemory);
    const of = (list: 'allocated' | 'retained', name: string) => memory![list].find(({ functionName }) => functionName === name)?.totalBytes ?? 0;
    assert.ok(of('allocated', 'hog') > 4 * of('allocated', 'modest'), JSON.stringify(memory!.allocated));
    assert.ok(of('allocated', 'hog') / memory!.allocatedBytes! > 0.5, `${of('allocated', 'hog')} of ${memory!.allocatedBytes}`);
    assert.ok(of('allocated', 'work') >= of('allocated', 'hog'), 'the total of a caller holds that of the called');
    assert.ok(of('retained', 'keeper') > 10 * (of('retained', 'hog') + 1), JSON.stringify(memory!.retained));
    assert.ok(memory!.peakBytes > 10 * MEGABYTE);
  });

  it('an allocation hog in Python: what it keeps, and the peak', async () => {
    const source = `kept = []


def hog():
    return len([bytearray(1000) for _ in range(8000)])


def keeper():
    kept.append([object() for _ in range(20000)])


def work():
    keeper()
    return hog()
`;
    const { memory } = await run('work.py', source, planMemory, ['hog', 'keeper']);
    assert.equal(memory!.retained[0]?.functionName, 'keeper', JSON.stringify(memory!.retained));
    assert.ok(memory!.retained[0]!.totalBytes > 0.3 * MEGABYTE * memory!.calls!);
    assert.ok(memory!.peakBytes > 8 * 1000 * 1000 && memory!.peakBytes < 200 * MEGABYTE, String(memory!.peakBytes));
  });

  it('an event-loop blocker: how long it keeps others from their turn', async () => {
    const blocker = 'export function work() {\n  const end = performance.now() + 120;\n  while (performance.now() < end);\n}\n';
    const { trace } = await run('work.mjs', blocker, planTrace);
    assert.ok(trace!.eventLoopDelay!.max > 90 && trace!.eventLoopDelay!.max < 1000, JSON.stringify(trace!.eventLoopDelay));
    workspace.remove();
    const polite = 'export async function work() {\n  for (let i = 0; i < 20; i++) await new Promise((done) => setTimeout(done, 5));\n}\n';
    const { trace: other } = await run('work.mjs', polite, planTrace);
    assert.ok(other!.eventLoopDelay!.p50 < 20, JSON.stringify(other!.eventLoopDelay));
  });

  it('of a whole TypeScript program is that of its sources', async () => {
    const source = 'interface Item { i: number }\nexport function hog(): Item[] {\n  const all: Item[] = [];\n  for (let i = 0; i < 300_000; i++) all.push({ i });\n  return all;\n}\n';
    workspace = temporaryWorkspace({ 'package.json': '{"type": "module"}', 'src/hog.ts': source, 'src/main.ts': "#!/usr/bin/env node\nimport { hog } from './hog';\nhog();\n" }, ['tsx', 'esbuild', '@esbuild']);
    const target = { file: 'src/hog.ts', functionName: 'hog', hash: 'unused' };
    const plan = await planMemory(listDrivers(target, workspace, false).find(({ kind }) => kind === 'file')!, target, { workspace, store: workspace.store, node: process.execPath });
    const { memory } = await measure(plan, workspace.store, () => undefined, { timeoutMs: 30_000 });
    const hog = memory!.allocated.find(({ functionName }) => functionName === 'hog');
    assert.deepEqual([hog?.file, hog?.line], ['src/hog.ts', 1], JSON.stringify(memory!.allocated.slice(0, 4)));
    assert.ok(hog!.selfBytes > 3 * MEGABYTE);
    assert.equal(memory!.retainedBytes, undefined);
  });
});
