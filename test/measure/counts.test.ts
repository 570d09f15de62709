import assert from 'node:assert/strict';
import type { SizeProbe } from '../../src/core/counts';
import type { Run } from '../../src/core/evidence';
import type { FunctionFact } from '../../src/core/facts';
import type { FunctionAnchor } from '../../src/evidence/attribution';
import { hitsAt } from '../../src/evidence/hits';
import { ensureGeneratedDriver, generatedChoice, listDrivers, measure, planCounts } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const position = { line: 0, character: 0 };
const FACT: FunctionFact = {
  name: 'pick', exportedAs: ['pick'], range: { start: position, end: position }, nameRange: { start: position, end: position },
  hash: 'a hash', isAsync: false, parameters: [], effects: [], calls: [],
};
const JAVASCRIPT = `/** A comment, so that lines have to be right. */
function double(item) {
  return item * 2;
}

export function pick() {
  const items = Array.from({ length: 40 }, (_, i) => i);
  const known = new Set(items.slice(0, 10)), list = [...known];
  let found = 0;
  for (const item of items) {
    if (list.includes(item)) found += double(item);
  }
  return found;
}
`;
const TYPESCRIPT = `interface Options { readonly size: number }
enum Unit { one = 1 }
${JAVASCRIPT.replace('(item)', '(item: number): number').replace('pick()', 'pick({ size }: Options = { size: 40 * Unit.one }): number').replace('length: 40', 'length: size')}`;
const PYTHON = `def double(item):
    return item * 2


def pick():
    items = list(range(40))
    known = items[:10]
    found = 0
    for item in items:
        if item in known:
            found += double(item)
    return found + sum(1 for item in items if item in known)
`;

describe('exact counts', function () {
  this.timeout(60_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  const at = (source: string, text: string) => {
    const line = source.split('\n').findIndex((candidate) => candidate.includes(text));
    return { line, character: source.split('\n')[line]!.indexOf(text) };
  };
  const anchorsOf = (source: string, names: readonly string[], end: RegExp): FunctionAnchor[] =>
    names.map((name) => {
      const start = at(source, ` ${name}(`);
      const last = source.split('\n').findIndex((line, i) => i > start.line && end.test(line));
      return { name, hash: `hash of ${name}`, range: { start: { line: start.line, character: 0 }, end: { line: last, character: 1 } }, nameRange: { start, end: start } };
    });
  const probe = (file: string, source: string, expression: string, text: string): SizeProbe => ({ file, functionName: 'pick', hash: 'a hash', at: at(source, text), expression });

  async function counted(file: string, find: 'generated' | 'file', anchors: readonly FunctionAnchor[], probes: readonly SizeProbe[]): Promise<Run> {
    const target = { file, functionName: 'pick', hash: 'a hash' };
    const choice = find === 'generated' ? generatedChoice(target, workspace) : listDrivers(target, workspace, false).find(({ kind }) => kind === 'file')!;
    const driver = find === 'generated' ? (await ensureGeneratedDriver(workspace.store, file, FACT, workspace)).path : undefined;
    const plan = await planCounts(choice, target, { workspace, store: workspace.store, node: process.execPath }, probes, driver);
    let output = '';
    const run = await measure(plan, workspace.store, (name) => (name === file ? anchors : undefined), { timeoutMs: 30_000, onOutput: (text) => (output += text) });
    assert.equal(run.failure, undefined, output);
    assert.equal(run.functions.length + run.benchmarks.length, 0, 'a counting run has no times');
    return run;
  }

  function assertCounts({ counts }: Run, file: string, source: string, list: string): void {
    const calls = counts!.calls ?? 1;
    assert.equal(counts!.functions.find(({ functionName }) => functionName === 'double')?.calls, 10 * calls);
    assert.deepEqual(counts!.functions.filter(({ functionName }) => functionName === 'pick').map(({ calls: own, hash }) => [own, hash]), [[calls, 'hash of pick']]);
    assert.equal(hitsAt(counts!, file, at(source, 'found += double')), 10 * calls, 'inside of the condition');
    assert.equal(hitsAt(counts!, file, at(source, 'if ')), 40 * calls, 'inside of the loop');
    const [items, known] = counts!.sizes;
    assert.deepEqual([items?.expression, items?.largest, items?.p50], ['items', 40, 40]);
    assert.deepEqual([known?.expression, known?.largest], [list, 10]);
    assert.ok(known!.count >= 40 * calls, String(known!.count));
  }

  it('of JavaScript, by a generated driver', async () => {
    workspace = temporaryWorkspace({ 'pick.mjs': JAVASCRIPT });
    const probes = [probe('pick.mjs', JAVASCRIPT, 'items', 'for ('), probe('pick.mjs', JAVASCRIPT, 'list', 'list.includes'), probe('pick.mjs', JAVASCRIPT, 'process.exit(3)', 'return found')];
    assertCounts(await counted('pick.mjs', 'generated', anchorsOf(JAVASCRIPT, ['double', 'pick'], /^}/), probes), 'pick.mjs', JAVASCRIPT, 'list');
  });

  it('of TypeScript by tsx, in the lines of the sources', async () => {
    workspace = temporaryWorkspace(
      { 'package.json': '{"type": "module"}', 'src/pick.ts': TYPESCRIPT, 'src/main.ts': "#!/usr/bin/env node\nimport { pick } from './pick';\npick();\n" },
      ['tsx', 'esbuild', '@esbuild'],
    );
    const probes = [probe('src/pick.ts', TYPESCRIPT, 'items', 'for ('), probe('src/pick.ts', TYPESCRIPT, 'list', 'list.includes')];
    assertCounts(await counted('src/pick.ts', 'file', anchorsOf(TYPESCRIPT, ['double', 'pick'], /^}/), probes), 'src/pick.ts', TYPESCRIPT, 'list');
  });

  it('of Python, by a generated driver', async () => {
    workspace = temporaryWorkspace({ 'pick.py': PYTHON });
    const probes = [probe('pick.py', PYTHON, 'items', 'for item in items:'), probe('pick.py', PYTHON, 'known', 'if item in known:')];
    assertCounts(await counted('pick.py', 'generated', anchorsOf(PYTHON, ['double', 'pick'], /^$|^ {4}return found \+/), probes), 'pick.py', PYTHON, 'known');
  });
});
