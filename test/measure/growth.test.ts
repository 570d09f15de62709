import assert from 'node:assert/strict';
import type { FunctionFact } from '../../src/core/facts';
import type { Run } from '../../src/core/evidence';
import { ensureGeneratedDriver, generatedChoice } from '../../src/measure';
import { type GrowOptions, grow } from '../../src/measure/experiments';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const position = { line: 0, character: 0 };
const factOf = (type: string): FunctionFact => ({
  name: 'work', exportedAs: ['work'], range: { start: position, end: position }, nameRange: { start: position, end: position },
  hash: 'a hash', isAsync: false, parameters: [{ name: 'items', type, optional: false }], effects: [], calls: [],
});

describe('the growth of a function, measured', function () {
  this.timeout(60_000);
  // Wall clock: what else the machine does bends a curve once, and three times hardly.
  this.retries(2);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  async function growthOf(file: string, source: string, type: string, options: Partial<GrowOptions> = {}): Promise<Run> {
    workspace = temporaryWorkspace({ [file]: source });
    const { path, complete } = await ensureGeneratedDriver(workspace.store, file, factOf(type), workspace);
    assert.ok(complete);
    const target = { file, functionName: 'work', hash: 'a hash' };
    const context = { workspace, store: workspace.store, node: process.execPath };
    return grow({ choice: generatedChoice(target, workspace), target, generatedFile: path }, context, { timeoutMs: 40_000, longestCallMs: 150, ...options });
  }

  const QUADRATIC = 'export function work(items) {\n  let pairs = 0;\n  for (const a of items) for (const b of items) if (a * b > 1e12) pairs++;\n  return pairs;\n}\n';

  it('a quadratic function in JavaScript: n^2, stopped before it takes long, projected', async () => {
    const { growth, failure } = await growthOf('work.mjs', QUADRATIC, 'number[]', { projectTo: { n: 1_000_000, basis: 'declared', name: 'orders' } });
    assert.equal(failure, undefined);
    assert.equal(growth!.model, 'n^2', JSON.stringify(growth));
    assert.ok(Math.abs(growth!.exponent.value - 2) < 0.3, JSON.stringify(growth!.exponent));
    assert.equal(growth!.stoppedBy, 'time');
    assert.ok(growth!.points.length >= 6 && growth!.points.every(({ ms }) => ms.length === 3));
    assert.ok(growth!.points.at(-1)!.ms.every((ms) => ms < 2000));
    const { ms, interval } = growth!.projection!;
    assert.ok(ms > 10_000 && interval![0] <= ms && ms <= interval![1]);
  });

  it('a linear function in JavaScript: n', async () => {
    const source = 'export function work(items) {\n  let sum = 0;\n  for (const item of items) sum += Math.sqrt(item) % 7;\n  return sum;\n}\n';
    const { growth } = await growthOf('work.mjs', source, 'number[]', { largest: 2 ** 17 });
    assert.ok(['n', 'n log n'].includes(growth!.model), JSON.stringify(growth));
    assert.ok(Math.abs(growth!.exponent.value - 1) < 0.2, JSON.stringify(growth!.exponent));
    assert.equal(growth!.stoppedBy, 'size');
  });

  it('a quadratic and a linear function in Python', async () => {
    const quadratic = await growthOf('work.py', 'def work(items):\n    return sum(1 for a in items for b in items if a < b)\n', 'list[int]');
    assert.equal(quadratic.growth?.model, 'n^2', JSON.stringify(quadratic.growth ?? quadratic.failure));
    workspace.remove();
    const linear = await growthOf('work.py', 'def work(items):\n    return [item * 2 for item in items]\n', 'list[int]', { largest: 2 ** 16 });
    assert.ok(['n', 'n log n'].includes(linear.growth!.model), JSON.stringify(linear.growth));
  });

  it('an exponential function: steps instead of doubling', async () => {
    const source = 'export function work(items) {\n  const choose = (i) => (i === items ? 1 : choose(i + 1) + choose(i + 1));\n  return choose(0);\n}\n';
    const { growth, failure } = await growthOf('work.mjs', source, 'number');
    assert.equal(growth?.model, 'exponential', JSON.stringify(growth ?? failure));
    assert.ok(Math.abs(growth.base! - 2) < 0.3, String(growth.base));
  });

  it('a function that hangs at a larger size: said with the sizes below it', async () => {
    const source = 'export function work(items) {\n  while (items > 40) {}\n  let sum = 0;\n  for (let i = 0; i < items * 1e5; i++) sum += i;\n  return sum;\n}\n';
    const { growth, failure } = await growthOf('work.mjs', source, 'number', { timeoutMs: 6000 });
    assert.equal(failure, undefined);
    assert.equal(growth!.stoppedBy, 'time');
    assert.ok(growth!.points.every(({ n }) => n <= 40));
  });

  it('a function that takes much memory is not given more', async () => {
    const source = 'const kept = [];\nexport function work(items) {\n  kept.push(Buffer.alloc(items * 20_000, 1));\n  if (kept.length > 3) kept.shift();\n  return kept.length;\n}\n';
    const { growth, failure } = await growthOf('work.mjs', source, 'number', { mostBytes: 200 * 2 ** 20, longestCallMs: 5000 });
    assert.equal(failure, undefined);
    assert.equal(growth!.stoppedBy, 'memory');
    assert.ok(growth!.points.at(-1)!.memoryBytes! < 500 * 2 ** 20);
  });

  it('a function that fails: a failed run; too few sizes: said', async () => {
    const failed = await growthOf('work.mjs', 'export function work(items) {\n  throw new Error("no");\n}\n', 'number');
    assert.deepEqual([failed.status, failed.failure?.code], ['failed', 'program-failed']);
    workspace.remove();
    const few = await growthOf('work.mjs', 'export function work(items) {\n  return items;\n}\n', 'number', { largest: 16 });
    assert.equal(few.failure?.code, 'too-few-sizes');
    assert.match(few.failure.message, /the sizes 8, 16 /);
  });
});
