import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../src/core/evidence';
import type { Experiment, ExperimentPlan, ExperimentPlanResult, PlanParams, PlanResult, RunSummary } from '../../src/lsp/protocol';
import type { Exit } from '../../src/measure';
import { ensureBuilt } from '../cli/support';
import { Client } from './client';
import { TestFolder } from './workspace';

const WORK = `export function spin(rounds) {
  let total = 0;
  for (let i = 0; i < rounds * 200; i++) {
    total += Math.sqrt(i) * Math.sin(i);
  }
  return total;
}
`;

type TerminalPlan = Pick<ExperimentPlan, 'argv' | 'cwd' | 'env'>;

/** What the terminal of the editor does with a plan; `onStart` may end it. */
async function runInTerminal({ argv, cwd, env }: TerminalPlan, onStart: (kill: (signal: NodeJS.Signals) => void) => void = () => undefined): Promise<Exit> {
  const startedAt = new Date();
  const child = spawn(argv[0]!, argv.slice(1), { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
  onStart((signal) => child.kill(signal));
  const code = await new Promise<number>((resolve) => child.on('exit', (exitCode) => resolve(exitCode ?? -1)));
  return { code, ending: 'exited', startedAt: startedAt.toISOString(), durationMs: Date.now() - startedAt.getTime() };
}

describe('the language server while code is measured with several programs', function () {
  this.timeout(180_000);
  let folder: TestFolder;
  let client: Client;
  let work: string;
  const failsWith = (code: string) => (error: { data: { code: string } }) => error.data.code === code;
  const stored = (id: string): Run => JSON.parse(readFileSync(join(folder.path, '.performance/runs', `${id}.json`), 'utf8')) as Run;
  const planned = (experiment: Experiment): Promise<ExperimentPlanResult> =>
    client.request('performance/experimentPlan', { folder: folder.uri, experiment, timeLimitSeconds: 60, rounds: 8 });
  const runnable = async (experiment: Experiment): Promise<ExperimentPlan> => {
    const result = await planned(experiment);
    assert.equal(result.kind, 'run');
    return (result as Extract<ExperimentPlanResult, { kind: 'run' }>).plan;
  };
  const record = async (kind: PlanParams['kind']): Promise<RunSummary> => {
    const { target, choices } = await client.request('performance/drivers', { uri: work, functionName: 'spin' });
    const choice = choices.find((candidate) => candidate.kind === 'generated')!;
    const result: PlanResult = await client.request('performance/plan', { folder: folder.uri, target, choice, kind });
    assert.equal(result.kind, 'run');
    const { plan } = result as Extract<PlanResult, { kind: 'run' }>;
    return client.request('performance/finish', { plan, exit: await runInTerminal(plan) });
  };
  let growth: Experiment;

  before(ensureBuilt);
  before(async () => {
    folder = new TestFolder({
      'package.json': JSON.stringify({ name: 'measured', type: 'module' }),
      'src/work.js': WORK,
      'performance.json': JSON.stringify({ scale: { collections: { 'job.rounds': 1_000_000 } } }),
    });
    work = folder.uriOf('src/work.js');
    growth = { kind: 'grow', target: { uri: work, functionName: 'spin' } };
    client = await Client.start({ folders: [folder.uri], settings: { trusted: false } });
    await client.open(work, 'javascript', WORK);
    await client.ready();
  });
  after(async () => {
    await client.stop();
    folder.remove();
  });

  it('runs nothing of a workspace that is not trusted', async () => {
    await assert.rejects(planned(growth), failsWith('untrusted-workspace'));
    await client.configure({ trusted: true });
  });

  it('writes the driver to fill in, and says how the function grows', async () => {
    const first = await planned(growth);
    assert.equal(first.kind, 'fill-in');
    const driver = fileURLToPath((first as Extract<ExperimentPlanResult, { kind: 'fill-in' }>).driver);
    writeFileSync(driver, readFileSync(driver, 'utf8').replace(/undefined, \/\/ fill in: rounds/, 'size,'));
    const plan = await runnable(growth);
    const summary = await client.request('performance/experimentFinish', { plan, exit: await runInTerminal(plan) });
    assert.match(summary!.message, /^spin grew like n.* between [\d,]+ and [\d,]+; at the declared 1,000,000 of job\.rounds about .* \(estimate\)/);
    assert.equal(stored(summary!.run.id).kind, 'growth');
    const { markdown } = await client.request('performance/markdown', {});
    assert.ok(markdown.includes(summary!.run.id), markdown);
    assert.deepEqual(readdirSync(tmpdir()).filter((name) => name.includes(plan.id)), []);
  });

  it('traces a function by resource, and records its memory', async () => {
    const traced = await record('trace');
    assert.match(traced.message, /^A driver for spin, for a call: .* of .* \(\d.* %\) in the code itself/);
    assert.equal(stored(traced.run.id).kind, 'trace');
    const memory = await record('memory');
    assert.match(memory.message, /^A driver for spin, for a call: .* allocated.*; peak \d/);
  });

  it('measures a stored run again, and says what became of it', async () => {
    const { run } = await record('benchmark');
    folder.write('src/work.js', WORK.replace('rounds * 200', 'rounds * 2'));
    const plan = await runnable({ kind: 'again', run: run.id });
    assert.equal(plan.argv[plan.argv.indexOf('--rounds') + 1], '8');
    const summary = await client.request('performance/experimentFinish', { plan, exit: await runInTerminal(plan) });
    assert.match(summary!.message, /p50 .* → .*, faster: 0\.0\d+x the time \(/);
    assert.equal(stored(summary!.run.id).comparison!.before.run, run.id);
  });

  it('says why nothing could be measured', async () => {
    await assert.rejects(planned({ kind: 'again', run: '20990101T000000-abcdef' }), failsWith('unreadable-file'));
    folder.write('src/work.js', 'export function spin(rounds) {\n  throw new Error(String(rounds));\n}\n');
    const plan = await runnable(growth);
    const summary = await client.request('performance/experimentFinish', { plan, exit: await runInTerminal(plan) });
    assert.deepEqual([summary!.status, summary!.failure!.code], ['failed', 'program-failed']);
    const never = { ...plan, id: '20990101T000000-abcdef' };
    const exit: Exit = { code: 2, ending: 'exited', startedAt: new Date().toISOString(), durationMs: 5 };
    await assert.rejects(client.request('performance/experimentFinish', { plan: never, exit }), failsWith('program-failed'));
    assert.equal(await client.request('performance/experimentFinish', { plan: never, exit: { ...exit, ending: 'cancelled' } }), null);
  });

  it('ends what it runs when its terminal is closed', async () => {
    folder.write('src/work.js', `import { writeFileSync } from 'node:fs';\nexport function spin(rounds) {\n  writeFileSync('pid.txt', String(process.pid));\n  for (;;);\n}\n`);
    const plan = await runnable(growth);
    let pid = 0;
    let watch: NodeJS.Timeout | undefined;
    const exit = await runInTerminal(plan, (kill) => {
      watch = setInterval(() => {
        pid = Number(readPid(join(folder.path, 'pid.txt')));
        if (pid > 0) kill('SIGHUP');
      }, 50);
    });
    clearInterval(watch);
    assert.ok(pid > 0, 'the function was called');
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    const summary = await client.request('performance/experimentFinish', { plan, exit: { ...exit, ending: 'cancelled' } });
    assert.equal(summary!.status, 'cancelled');
  });

  it('says what can be driven, recorded and compared', async () => {
    folder.write('app/package.json', JSON.stringify({ scripts: { start: 'node main.js', test: 'x' } }));
    folder.write('app/main.js', 'export function main() {}\n');
    const { scripts, routes } = await client.request('performance/services', { folder: folder.uri });
    assert.deepEqual([scripts, routes], [[{ name: 'start', package: 'app', command: 'node main.js' }], []]);
    const { processes } = await client.request('performance/processes', {});
    assert.ok(processes.every(({ pid }) => pid !== process.pid), 'not the one that has started the server');
    const { functions, commits } = await client.request('performance/implementations', { with: { uri: work, functionName: 'spin' } });
    assert.deepEqual([functions.filter(({ uri }) => uri === work), commits], [[], []]);
    const all = await client.request('performance/implementations', { folder: folder.uri });
    assert.ok(all.functions.some(({ functionName, file }) => functionName === 'spin' && file === 'src/work.js'));
    await assert.rejects(client.request('performance/implementations', { with: { uri: work, functionName: 'gone' } }), failsWith('unknown-function'));
  });

  it('plans a load, a recording and a comparison with our own command line', async () => {
    const argvOf = async (experiment: Experiment): Promise<string> => {
      const { argv } = await runnable(experiment);
      return argv.slice(argv.findIndex((argument) => argument.endsWith('cli.js')) + 1, argv.indexOf('--json-file')).join(' | ');
    };
    assert.equal(await argvOf({ kind: 'load', script: 'start', package: 'app', route: 'GET /a/:id', path: '/a/1', ratePerSecond: 5, seconds: 3 }), 'load | GET /a/:id | --script=start | --package=app | --path=/a/1 | --rate=5 | --seconds=3');
    assert.equal(await argvOf({ kind: 'attach', process: { kind: 'python', pid: 7 }, seconds: 3 }), 'attach | 7 | --python | --seconds=3');
    assert.equal(await argvOf({ kind: 'attach', process: { kind: 'inspector', port: 9300 }, seconds: 3 }), 'attach | --inspect-port=9300 | --seconds=3');
    const before = { uri: work, functionName: 'spin' };
    assert.equal(await argvOf({ kind: 'compare', before, after: { commit: 'HEAD~1' } }), 'compare | src/work.js:spin | --commit=HEAD~1 | --fail-on | none | --rounds | 8');
    assert.equal(await argvOf({ kind: 'compare', before, after: { uri: folder.uriOf('src/other.js'), functionName: 'fast' } }), 'compare | src/work.js:spin | src/other.js:fast | --fail-on | none | --rounds | 8');
    await assert.rejects(planned({ kind: 'compare', before: { uri: 'file:///elsewhere/a.js', functionName: 'x' }, after: before }), failsWith('no-folder'));
  });
});

function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
