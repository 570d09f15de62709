import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlanResult, RunSummary } from '../../src/lsp/protocol';
import type { DriverChoice, Exit, MeasurePlan } from '../../src/measure';
import { Client } from './client';
import { TestFolder } from './workspace';

const WORK = `export function spin(rounds) {
  let total = 0;
  for (let i = 0; i < rounds; i++) {
    total += Math.sqrt(i) * Math.sin(i);
  }
  return total;
}

export function start() {
  return spin(1e7);
}
`;
const PROGRAM = "#!/usr/bin/env node\nimport { start } from './work.js';\nconsole.log(start());\n";

const BENCHMARK = `import { writeFileSync } from 'node:fs';
const suite = { add(name, call) { this.names = [...(this.names ?? []), name]; call(); } };
suite.add('spinning', () => 1);
const samples = Array.from({ length: 20 }, (_, turn) => 1 + turn / 10);
writeFileSync(process.argv[process.argv.indexOf('--json') + 1], JSON.stringify({ benchmarks: suite.names.map((name) => ({ name, unit: 'ms', samples })) }));
`;

/** What the terminal of the editor does with a plan. */
async function runInTerminal({ argv, cwd, env }: MeasurePlan): Promise<Exit> {
  const startedAt = new Date();
  const child = spawn(argv[0]!, argv.slice(1), { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
  const code = await new Promise<number>((resolve) => child.on('exit', (exitCode) => resolve(exitCode ?? -1)));
  return { code, ending: 'exited', startedAt: startedAt.toISOString(), durationMs: Date.now() - startedAt.getTime() };
}

describe('the language server while code is measured', function () {
  this.timeout(120_000);
  let folder: TestFolder;
  let client: Client;
  let work: string;
  const failsWith = (code: string) => (error: { data: { code: string } }) => error.data.code === code;
  const choose = async (kind: DriverChoice['kind']) => {
    const { folder: uri, target, choices } = await client.request('performance/drivers', { uri: work, functionName: 'spin' });
    const choice = choices.find((candidate) => candidate.kind === kind)!;
    assert.ok(choice, `a driver of kind ${kind} among ${choices.map(({ label }) => label).join()}`);
    return { folder: uri, target, choice };
  };
  const lensTitles = async (): Promise<string[]> => (await client.lenses(work)).map(({ command }) => command!.title);
  let summary: RunSummary;

  before(async () => {
    folder = new TestFolder({
      'package.json': JSON.stringify({ name: 'measured', type: 'module' }),
      'src/work.js': WORK,
      'src/program.js': PROGRAM,
      'bench/work.bench.mjs': BENCHMARK,
    });
    work = folder.uriOf('src/work.js');
    client = await Client.start({ folders: [folder.uri], settings: { trusted: false } });
    await client.open(work, 'javascript', WORK);
    await client.ready();
  });
  after(async () => {
    await client.stop();
    folder.remove();
  });

  it('knows a function that it has nothing to say of: it can be measured, and has no lens', async () => {
    const functions = await client.request('performance/functions', { uri: work });
    const spin = functions.find(({ name }) => name === 'spin');
    assert.deepEqual([spin?.findings, spin?.measurement], [[], undefined]);
    assert.deepEqual(await lensTitles(), []);
  });

  it('proposes how a function can be driven', async () => {
    const { choices, target } = await client.request('performance/drivers', { uri: work, functionName: 'spin' });
    assert.deepEqual(choices.map(({ kind, file }) => [kind, file]), [['file', 'src/program.js'], ['generated', 'src/work.js']]);
    assert.equal(target!.functionName, 'spin');
    const gone = client.request('performance/drivers', { uri: work, functionName: 'gone' });
    await assert.rejects(gone, failsWith('unknown-function'));
  });

  it('runs nothing of a workspace that is not trusted', async () => {
    const chosen = await choose('file');
    await assert.rejects(client.request('performance/plan', { ...chosen, kind: 'profile' }), failsWith('untrusted-workspace'));
    await client.configure({ trusted: true });
  });

  it('says which interpreter is missing', async () => {
    await client.configure({ trusted: true, nodePath: join(folder.path, 'no-such-node') });
    const chosen = await choose('file');
    await assert.rejects(client.request('performance/plan', { ...chosen, kind: 'profile' }), failsWith('node-missing'));
    await client.configure({ trusted: true });
  });

  it('plans a profile, and stores what the terminal has measured', async () => {
    const planned: PlanResult = await client.request('performance/plan', { ...(await choose('file')), kind: 'profile' });
    assert.equal(planned.kind, 'run');
    const { plan } = planned as Extract<PlanResult, { kind: 'run' }>;
    summary = await client.request('performance/finish', { plan, exit: await runInTerminal(plan) });
    assert.equal(summary.failure, undefined);
    assert.equal(summary.status, 'completed');
    assert.ok(summary.measurement!.selfShare > 0.5, `self ${summary.measurement!.selfShare}`);
    assert.match(summary.message, /^spin: self \d.* %, total \d.* % of [\d,]+ samples\. How much the profiler slowed it down was not measured\.$/);
    assert.ok(JSON.parse(readFileSync(fileURLToPath(summary.raw!), 'utf8')).nodes.length > 0);
    const stored = JSON.parse(readFileSync(join(folder.path, '.performance/runs', `${summary.run.id}.json`), 'utf8'));
    assert.equal(stored.target.functionName, 'spin');
  });

  it('shows the shares on the lens, the heat on the lines, and the run in the report', async () => {
    const titles = await lensTitles();
    assert.match(titles[0]!, /^self \d.* %, total \d.* % · run \d\d:\d\d \(/);
    assert.deepEqual(titles.slice(1, 3), ['Profile', 'Report']);
    const heat = await client.request('performance/heat', { uri: work });
    assert.equal(heat!.run.id, summary.run.id);
    const hottest = heat!.lines.reduce((a, b) => (a.selfShare > b.selfShare ? a : b));
    assert.ok([2, 3].includes(hottest.line), JSON.stringify(heat!.lines));
    const around = heat!.functions.find(({ name }) => name === 'spin')!;
    assert.ok(around.first <= hottest.line && hottest.line <= around.last && around.selfShare > 0.5, JSON.stringify(around));
    assert.equal(around.timing, undefined);
    const functions = await client.request('performance/functions', { uri: work });
    assert.ok(functions.find(({ name }) => name === 'spin')!.measurement!.selfShare > 0.5);
    const { markdown } = await client.request('performance/markdown', {});
    assert.ok(markdown.includes(summary.run.id), markdown);
  });

  it('lets figures and heat move with their function', async () => {
    await client.edit(work, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '// above\n// and above\n');
    const heat = await client.request('performance/heat', { uri: work });
    assert.ok(heat!.lines.some(({ line }) => line === 5 || line === 4), JSON.stringify(heat!.lines));
    assert.ok(!(await lensTitles())[0]!.includes('stale'));
  });

  it('calls figures stale and takes the heat away once the function has changed', async () => {
    await client.replace(work, 'total += ', 'total -= ');
    const [label, again] = await lensTitles();
    assert.match(label!, / · stale$/);
    assert.equal(again, 'Measure Again');
    const heat = await client.request('performance/heat', { uri: work });
    assert.ok(heat!.lines.every(({ line }) => line > 8), JSON.stringify(heat!.lines));
    await client.replace(work, 'total -= ', 'total += ');
  });

  it('stores a run that failed, says why, and keeps the figures of the good one', async () => {
    const planned = await client.request('performance/plan', { ...(await choose('file')), kind: 'profile' });
    const { plan } = planned as Extract<PlanResult, { kind: 'run' }>;
    const exit: Exit = { code: 3, ending: 'exited', startedAt: new Date().toISOString(), durationMs: 5 };
    const failed = await client.request('performance/finish', { plan, exit });
    assert.deepEqual([failed.status, failed.failure!.code], ['failed', 'program-failed']);
    assert.match(failed.message, /exit code 3/);
    assert.match((await lensTitles())[0]!, /^self /);
  });

  it('lists the run, and draws it by call stack', async () => {
    const { runs, failures } = await client.request('performance/runs', { folder: folder.uri });
    const entry = runs.find(({ id }) => id === summary.run.id)!;
    assert.deepEqual(failures, []);
    assert.deepEqual([entry.subject, entry.file, entry.status, entry.freshness, entry.isThisMachine, entry.hasCallStacks], ['spin', 'src/work.js', 'completed', 'fresh', true, true]);
    const chart = await client.request('performance/chart', { folder: folder.uri, run: entry.id, kind: 'flame' });
    assert.ok(chart.kind === 'flame');
    const at = chart.graph.frames.findIndex(({ name, place }) => name === 'spin' && place === 'src/work.js');
    assert.deepEqual(chart.places[at], { line: entry.line, stale: false });
    assert.equal(chart.graph.frames[chart.graph.frames[at]!.parent]!.name, 'start');
    const measured = chart.functions.find(({ name }) => name === 'spin')!;
    assert.ok(Math.abs(chart.graph.frames[at]!.totalUs / chart.graph.totalUs - measured.totalShare) < 0.05, 'the chart and the table agree');
    await assert.rejects(client.request('performance/chart', { folder: folder.uri, run: entry.id, kind: 'distribution' }), failsWith('no-samples'));
    await assert.rejects(client.request('performance/chart', { folder: folder.uri, run: 'none', kind: 'flame' }), failsWith('unknown-run'));
  });

  it('writes the run for another tool', async () => {
    const to = folder.uriOf('spin.pb.gz');
    const { bytes } = await client.request('performance/exportRun', { folder: folder.uri, run: summary.run.id, format: 'pprof', to });
    assert.equal(readFileSync(fileURLToPath(to)).length, bytes);
    const nowhere = client.request('performance/exportRun', { folder: folder.uri, run: summary.run.id, format: 'csv', to: folder.uriOf('no/such/folder.csv') });
    await assert.rejects(nowhere, failsWith('export-not-written'));
  });

  it('writes a driver to fill in, and runs it the next time', async () => {
    const chosen = await choose('generated');
    const first = await client.request('performance/plan', { ...chosen, kind: 'profile' });
    assert.equal(first.kind, 'fill-in');
    const { driver } = first as Extract<PlanResult, { kind: 'fill-in' }>;
    const text = readFileSync(fileURLToPath(driver), 'utf8');
    assert.match(text, /import \{ spin \} from/);
    assert.equal((await client.request('performance/plan', { ...chosen, kind: 'profile' })).kind, 'fill-in', 'an argument is still open');
    writeFileSync(fileURLToPath(driver), text.replace(/undefined, \/\/ fill in: rounds/, '100,'));
    const second = await client.request('performance/plan', { ...chosen, kind: 'profile' });
    assert.equal(second.kind, 'run');
  });

  it('reads runs that come from elsewhere, and says which it cannot read', async () => {
    const id = '20990101T000000-abcdef';
    const run = JSON.parse(readFileSync(join(folder.path, '.performance/runs', `${summary.run.id}.json`), 'utf8'));
    const [cost] = run.functions.filter(({ functionName }: { functionName: string }) => functionName === 'spin');
    const later = { ...run, id, startedAt: '2099-01-01T00:00:00.000Z', functions: [{ ...cost, selfShare: 0.25, totalShare: 0.5 }] };
    folder.write(`.performance/runs/${id}.json`, JSON.stringify(later));
    folder.write('.performance/runs/20990101T000001-abcdef.json', '{"version": 1');
    await client.changedOnDisk(folder.uriOf(`.performance/runs/${id}.json`), 'created');
    await client.eventually('it was read', async () => (await lensTitles())[0]!.startsWith('self 25 %, total 50 %'));
    const { report } = await client.request('performance/report', {});
    assert.ok(report.failures.some(({ code }) => code === 'broken-evidence'), JSON.stringify(report.failures));
  });

  it('lists benchmarks with what they declare, one file at a time too, and what their newest run has found', async () => {
    const uri = folder.uriOf('bench/work.bench.mjs');
    const { folder: root, files } = await client.request('performance/benchmarkFiles', {});
    assert.deepEqual(files.map((file) => [file.uri, file.choice.runner, file.declared]), [[uri, 'own', [{ name: 'spinning', line: 2 }]]]);
    assert.deepEqual((await client.request('performance/benchmarkFiles', { uri })).files, files);
    assert.deepEqual((await client.request('performance/benchmarkFiles', { uri: work })).files, []);
    for (const times of [1, 2]) {
      const planned = await client.request('performance/plan', { folder: root, kind: 'benchmark', choice: files[0]!.choice });
      const { plan } = planned as Extract<PlanResult, { kind: 'run' }>;
      const { run } = await client.request('performance/finish', { plan, exit: await runInTerminal(plan) });
      const { runs: [newest] } = await client.request('performance/benchmarkResults', {});
      assert.equal(newest!.run.id, run.id);
      const [result] = newest!.results;
      assert.deepEqual([result!.name, result!.sampleCount, result!.sinceLast?.split(' (')[0]], ['spinning', 20, times === 1 ? undefined : 'too noisy to say: 1x the time']);
    }
  });
});
