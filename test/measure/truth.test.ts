import assert from 'node:assert/strict';
import type { Run } from '../../src/core/evidence';
import { type DriverChoice, listDrivers, measure, planProfile } from '../../src/measure';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

/** Two functions that do the same work, one of them four times as much of it. */
const WORK = {
  javascript: `
/** A comment and an empty line keep compilers from getting the lines right by chance. */

export function rare(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += Math.sqrt(i) % 7;
  }
  return sum;
}

export function hot(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += Math.sqrt(i) % 7; // hot line
  }
  return sum;
}
`,
  python: `
def rare(n):
    total = 0.0
    for i in range(n):
        total += (i ** 0.5) % 7
    return total


def hot(n):
    total = 0.0
    for i in range(n):
        total += (i ** 0.5) % 7  # hot line
    return total
`,
};
const TYPES = `interface Range { readonly from: number; readonly to: number }
enum Unit { one = 1 }
const range: Range = {
  from: 0,
  to: Unit.one,
};
`;
const TYPESCRIPT = TYPES + WORK.javascript.replaceAll('(n)', '(n: number = range.to): number');
const DRIVE = 'for (let i = 0; i < 150; i++) {\n  rare(50_000);\n  hot(200_000);\n}\n';

describe('the truth of a profile: 80/20 between two functions', function () {
  this.timeout(30_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  it('JavaScript', async () => {
    workspace = temporaryWorkspace({ 'work.mjs': WORK.javascript, 'main.mjs': `#!/usr/bin/env node\nimport { hot, rare } from './work.mjs';\n${DRIVE}` });
    assertTruth(await profile('work.mjs'), 'work.mjs', WORK.javascript);
  });

  it('TypeScript by the tsx of the workspace', async () => {
    workspace = temporaryWorkspace(
      { 'package.json': '{"type": "module"}', 'src/work.ts': TYPESCRIPT, 'src/main.ts': `#!/usr/bin/env node\nimport { hot, rare } from './work';\n${DRIVE}` },
      ['tsx', 'esbuild', '@esbuild'],
    );
    assertTruth(await profile('src/work.ts'), 'src/work.ts', TYPESCRIPT);
  });

  it('TypeScript by a compiler and the loader of this library', async () => {
    workspace = temporaryWorkspace({ 'src/work.ts': TYPESCRIPT, 'src/main.ts': `#!/usr/bin/env node\nimport { hot, rare } from './work.js';\n${DRIVE}` });
    assertTruth(await profile('src/work.ts'), 'src/work.ts', TYPESCRIPT);
  });

  it('Python', async () => {
    const main = 'from work import hot, rare\n\nif __name__ == "__main__":\n    for _ in range(10):\n        rare(10_000)\n        hot(40_000)\n';
    workspace = temporaryWorkspace({ 'work.py': WORK.python, 'main.py': main });
    const run = await profile('work.py');
    assertTruth(run, 'work.py', WORK.python);
    assert.equal(run.functions.find(({ functionName }) => functionName === 'hot')?.calls, 10);
    assert.ok(run.caveats.includes('cProfile: counts and shares, never timings'));
    assert.ok(run.functions.every(({ selfMs, totalMs }) => selfMs === undefined && totalMs === undefined));
  });

  async function profile(file: string): Promise<Run> {
    const target = { file, functionName: 'hot', hash: 'unused' };
    const program = listDrivers(target, workspace, false).find(({ kind }: DriverChoice) => kind === 'file');
    assert.ok(program, 'the main file is proposed');
    const context = { workspace, store: workspace.store, node: process.execPath, typescript: require.resolve('@ts-morph/common') };
    const plan = await planProfile(program, target, context);
    let output = '';
    const run = await measure(plan, workspace.store, () => undefined, { timeoutMs: 25_000, onOutput: (text) => (output += text) });
    assert.deepEqual(run.failure, undefined, output);
    return run;
  }
});

function assertTruth(run: Run, file: string, source: string): void {
  const cost = (name: string) => run.functions.find((candidate) => candidate.file === file && candidate.functionName === name);
  const [hot, rare] = [cost('hot'), cost('rare')];
  assert.ok(hot && rare, `both functions are seen: ${JSON.stringify(run.functions.slice(0, 5))}`);
  assert.ok(Math.abs(hot.selfShare - 0.8) < 0.1, `hot has ${hot.selfShare}`);
  assert.ok(Math.abs(rare.selfShare - 0.2) < 0.1, `rare has ${rare.selfShare}`);
  assert.ok(hot.totalShare >= hot.selfShare);
  const lines = source.split('\n');
  assert.match(lines[hot.line]!, /\bhot\(/, 'the declaration is on its line');
  const hottest = [...run.lines].sort((a, b) => b.selfShare - a.selfShare)[0]!;
  assert.equal(hottest.file, file);
  assert.match(lines[hottest.line]!, /hot line/);
}
