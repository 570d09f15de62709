import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Compared } from '../../src/core/comparison';
import type { Run } from '../../src/core/evidence';
import type { FunctionFact } from '../../src/core/facts';
import { FailureError } from '../../src/core/failures';
import { ensureGeneratedDriver, generatedChoice, measure, planBenchmark } from '../../src/measure';
import { compareCommits, compareFunctions, type Implementation, measureAgain } from '../../src/measure/experiments';
import { withWorktree } from '../../src/measure/compare/worktree';
import { type TemporaryWorkspace, temporaryWorkspace } from './temporaryWorkspace';

const position = { line: 0, character: 0 };
const NUMBERS = [{ name: 'numbers', type: 'number[]', optional: false }];
const implementation = (file: string, name: string, more: Partial<FunctionFact> = {}): Implementation => ({
  file,
  fact: {
    name, exportedAs: [name], range: { start: position, end: position }, nameRange: { start: position, end: position },
    hash: `hash of ${name}`, isAsync: false, parameters: file.endsWith('.py') ? [{ ...NUMBERS[0]!, type: 'list[int]' }] : NUMBERS, effects: [], calls: [], ...more,
  },
  siblings: [],
});

/** As few and as short processes as allow a verdict. */
const QUICK = { rounds: 8, secondsPerProcess: 0.02, timeoutMs: 60_000, functionsOf: () => undefined };
/** Spends `rounds` turns of a loop for each number. */
const spending = (name: string, rounds: number, result = 'sum') =>
  `export function ${name}(numbers) {\n  let spent = 0;\n  for (let i = 0; i < numbers.length * ${rounds}; i++) spent += Math.sqrt(i);\n  const sum = numbers.reduce((a, b) => a + b, 0);\n  return spent < 0 ? spent : ${result};\n}\n`;

describe('comparing code', function () {
  this.timeout(120_000);
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());
  const context = () => ({ workspace, store: workspace.store, node: process.execPath });
  const git = (...argv: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...argv], { cwd: workspace.workspace, encoding: 'utf8' }).trim();
  const commit = (): string => {
    git('add', '-A');
    git('commit', '-qm', 'a state');
    return git('rev-parse', 'HEAD');
  };
  const verdicts = (run: Run) => run.comparison?.benchmarks.map(({ verdict }) => verdict);
  const failsWith = (code: string) => (error: unknown) => error instanceof FailureError && error.failure.code === code;

  it('two functions: the same arguments, processes in turn, equal results', async () => {
    workspace = temporaryWorkspace({ 'slow.mjs': spending('slow', 4000), 'fast.mjs': spending('fast', 1000) });
    const run = await compareFunctions(implementation('slow.mjs', 'slow'), implementation('fast.mjs', 'fast'), context(), QUICK);
    assert.equal(run.failure, undefined);
    assert.equal(run.kind, 'comparison');
    const [benchmark] = run.comparison!.benchmarks as readonly (Compared & { before: { processes?: readonly number[] } })[];
    assert.deepEqual([benchmark!.verdict, benchmark!.unit, benchmark!.counts, benchmark!.before.processes?.length], ['faster', 'process', [8, 8], 8]);
    // A quarter, roughly: the processes are so short that warming up is a part of them.
    assert.ok(benchmark!.ratio > 0.05 && benchmark!.ratio < 0.6, String(benchmark!.ratio));
    assert.deepEqual(run.comparison!.results, { outcome: 'equal' });
    assert.deepEqual([run.comparison!.before.functionName, run.comparison!.after.functionName], ['slow', 'fast']);
    assert.deepEqual((await workspace.store.list()).runs.map(({ id }) => id), [run.id]);
  });

  it('two functions with different results: says where they differ', async () => {
    workspace = temporaryWorkspace({ 'a.mjs': spending('a', 100, '{ total: sum, list: [1, 2] }'), 'b.mjs': spending('b', 100, '{ total: sum, list: [1, 3] }') });
    const run = await compareFunctions(implementation('a.mjs', 'a'), implementation('b.mjs', 'b'), context(), QUICK);
    assert.deepEqual(run.comparison?.results, { outcome: 'different', where: 'list[1]', before: '2', after: '3' });
  });

  it('two functions in Python', async () => {
    const source = (name: string, rounds: number) => `def ${name}(numbers):\n    for i in range(len(numbers) * ${rounds}):\n        i * i\n    return {"sum": sum(numbers), "all": set(numbers)}\n`;
    workspace = temporaryWorkspace({ 'slow.py': source('slow', 400), 'fast.py': source('fast', 100) });
    const run = await compareFunctions(implementation('slow.py', 'slow'), implementation('fast.py', 'fast'), context(), QUICK);
    assert.deepEqual([run.failure, verdicts(run), run.comparison?.results], [undefined, ['faster'], { outcome: 'equal' }]);
  });

  it('one function at a commit and now, from a folder inside of the repository', async () => {
    workspace = temporaryWorkspace({ 'app/package.json': '{"type": "module"}', 'app/lib/work.js': "import { rounds } from 'settings';\n" + spending('work', 0).replace('* 0', '* rounds'), 'other.txt': 'x' });
    const settings = join(workspace.workspace, 'app/node_modules/settings');
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, 'package.json'), '{"name": "settings", "type": "module", "main": "index.js"}');
    writeFileSync(join(settings, 'index.js'), 'export const rounds = 4000;\n');
    writeFileSync(join(workspace.workspace, '.gitignore'), 'node_modules\n');
    git('init', '-q');
    const before = commit();
    const inside = { ...workspace, workspace: join(workspace.workspace, 'app'), files: ['package.json', 'lib/work.js'] };
    const file = join(inside.workspace, 'lib/work.js');
    writeFileSync(file, readFileSync(file, 'utf8').replace('* rounds', '* rounds / 4'));
    const app = { ...inside, readText: (path: string) => readFileSync(join(inside.workspace, path), 'utf8') };
    const run = await compareCommits(implementation('lib/work.js', 'work'), { before }, { workspace: app, store: workspace.store, node: process.execPath }, QUICK);
    assert.deepEqual([run.failure, verdicts(run)], [undefined, ['faster']]);
    assert.equal(git('worktree', 'list').split('\n').length, 1, 'nothing of the checkout is left');
    await assert.rejects(compareCommits(implementation('lib/work.js', 'work'), { before: 'no-such-branch' }, { workspace: app, store: workspace.store }, QUICK), failsWith('no-commit'));
  });

  it('methods of different names are refused, and so is a driver with open arguments or without a subject', async () => {
    workspace = temporaryWorkspace({ 'a.mjs': spending('a', 1) });
    const [a, method] = [implementation('a.mjs', 'a'), implementation('a.mjs', 'A.list', { exportedAs: [] })];
    await assert.rejects(compareFunctions(a, method, context(), QUICK), failsWith('different-methods'));
    const open = implementation('a.mjs', 'open', { parameters: [{ name: 'pool', optional: false }] });
    await assert.rejects(compareFunctions(open, a, context(), QUICK), failsWith('driver-incomplete'));
    const { path } = await ensureGeneratedDriver(workspace.store, 'a.mjs', a.fact, workspace);
    writeFileSync(path, "import { a } from '../../a.mjs';\nexport const call = () => a([1]);\n");
    await assert.rejects(compareFunctions(a, a, context(), QUICK), failsWith('driver-without-subject'));
  });

  it('a side that fails: a failed run with the reason; too slow a side: too few rounds', async () => {
    workspace = temporaryWorkspace({ 'a.mjs': spending('a', 1), 'b.mjs': 'export function b() {\n  throw new Error("no");\n}\n' });
    const run = await compareFunctions(implementation('a.mjs', 'a'), implementation('b.mjs', 'b'), context(), QUICK);
    assert.deepEqual([run.status, run.failure?.code, run.comparison], ['failed', 'program-failed', undefined]);
    const slow = await compareFunctions(implementation('a.mjs', 'a'), implementation('a.mjs', 'a'), context(), { ...QUICK, timeoutMs: 1500 });
    assert.equal(slow.failure?.code, 'too-few-rounds');
  });

  describe('measuring again', () => {
    const work = implementation('work.mjs', 'work');
    const target = { file: 'work.mjs', functionName: 'work', hash: work.fact.hash };
    async function baseline(): Promise<Run> {
      const { path } = await ensureGeneratedDriver(workspace.store, 'work.mjs', work.fact, workspace);
      writeFileSync(path, readFileSync(path, 'utf8').replace('maximumSeconds: 3', 'maximumSeconds: 0.2'));
      const plan = await planBenchmark(generatedChoice(target, workspace), context(), { target, generatedFile: path });
      return measure(plan, workspace.store, () => undefined, { timeoutMs: 20_000 });
    }
    const change = (rounds: number) => writeFileSync(join(workspace.workspace, 'work.mjs'), spending('work', rounds));

    it('runs the code of then, also where it was never committed, and the code of now in turn', async () => {
      workspace = temporaryWorkspace({ 'work.mjs': spending('work', 1), '.gitignore': '.performance\n' });
      git('init', '-q');
      commit();
      change(4000);
      const before = await baseline();
      assert.notEqual(before.snapshot, before.commit);
      change(1000);
      const validates = { findingId: 'a finding', rule: 'linear-membership' };
      const run = await measureAgain(before, context(), { ...QUICK, target: { ...target, hash: 'another' }, validates });
      assert.deepEqual([run.failure, verdicts(run), run.comparison?.isInterleaved], [undefined, ['faster'], true]);
      assert.deepEqual(run.comparison?.validates, validates);
      assert.deepEqual([run.comparison?.before.hash, run.comparison?.after.hash], [target.hash, 'another']);
      assert.equal(git('status', '--porcelain').split('\n').length, 1, 'the working tree is as it was');
    });

    it('sets stored samples beside new ones where git does not know the code, and says so', async () => {
      workspace = temporaryWorkspace({ 'work.mjs': spending('work', 4000) });
      const before = await baseline();
      change(1000);
      const run = await measureAgain(before, context(), { ...QUICK, target });
      assert.deepEqual([verdicts(run), run.comparison?.isInterleaved, run.comparison?.before.run], [['faster'], false, before.id]);
      assert.ok(run.caveats.some((caveat) => caveat.startsWith('not run in turn')));
    });

    it('refuses a run that says neither how it was driven nor what it took', async () => {
      workspace = temporaryWorkspace({ 'work.mjs': spending('work', 1) });
      const { benchmarks: _, ...before } = await baseline();
      await assert.rejects(measureAgain({ ...before, benchmarks: [] }, context(), QUICK), failsWith('cannot-measure-again'));
      await assert.rejects(measureAgain({ ...before, benchmarks: [], driver: { ...before.driver, again: undefined } }, context(), QUICK), failsWith('cannot-measure-again'));
    });
  });

  it('a checkout has the packages of a monorepo in its own state, and local data', async () => {
    workspace = temporaryWorkspace({ 'package.json': '{"workspaces": ["packages/*"]}', 'packages/a/package.json': '{"name": "a"}', 'packages/a/index.js': 'old', '.gitignore': 'node_modules\n*.db\ndist\n', 'local.db': 'data', 'dist/built.json': '{}' });
    mkdirSync(join(workspace.workspace, 'node_modules/outside'), { recursive: true });
    symlinkSync('../packages/a', join(workspace.workspace, 'node_modules/a'));
    git('init', '-q');
    const old = commit();
    writeFileSync(join(workspace.workspace, 'packages/a/index.js'), 'new');
    await withWorktree(workspace.workspace, old, async (files) => {
      const read = (file: string) => readFileSync(join(files.workspace, file), 'utf8');
      assert.deepEqual([read('node_modules/a/index.js'), read('packages/a/index.js'), read('local.db')], ['old', 'old', 'data']);
      assert.ok(existsSync(join(files.workspace, 'node_modules/outside')));
      assert.ok(!existsSync(join(files.workspace, 'dist')), 'what was built is of another state');
      assert.ok(files.files.includes('packages/a/index.js'));
    });
  });
});
