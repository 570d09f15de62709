import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../src/core/evidence';
import { ended, ensureBuilt, Folders, run, start } from './support';

const WORK = `export function spin(numbers: number[]): number {
  let sum = 0;
  for (const number of numbers) {
    for (let i = 0; i < 2000; i++) sum += Math.sqrt(i * number);
  }
  return sum;
}

export function spinLess(numbers: number[]): number {
  let sum = 0;
  for (const number of numbers) for (let i = 0; i < 200; i++) sum += Math.sqrt(i * number);
  return sum;
}

export function open(pool: unknown): unknown {
  return pool;
}
`;
/** Few long calls: V8 charges a short one that it inlines to its caller. */
const TEST =
  "import { test } from 'node:test';\nimport { spin } from '../src/work.ts';\nconst numbers = Array.from({ length: 8_000 }, (_, i) => i);\ntest('spins', () => { for (let i = 0; i < 20; i++) spin(numbers); });\n";

describe('measuring on the command line', function () {
  this.timeout(180_000);
  const folders = new Folders();
  let folder: string;
  before(ensureBuilt);
  after(() => folders.removeAll());
  beforeEach(() => (folder = folders.with({ 'package.json': '{"type": "module"}', 'src/work.ts': WORK, 'test/work.test.ts': TEST })));

  const stored = (): Run[] =>
    readdirSync(join(folder, '.performance/runs')).sort().map((name) => JSON.parse(readFileSync(join(folder, '.performance/runs', name), 'utf8')) as Run);
  const cli = (...argv: string[]) => run(argv, { cwd: folder });

  describe('profile', () => {
    it('records processor, counts and memory by the test that calls the function, and stores each run', async () => {
      const { code, stdout, stderr } = await cli('profile', 'src/work.ts:spin', '--what', 'cpu,counts,memory');
      assert.equal(code, 0, stderr);
      assert.match(stdout, /cpu-profile of test\/work\.test\.ts \(node:test\)/);
      assert.match(stdout, /% self +\S+ %? ?total {2}spin \(src\/work\.ts:1\)/);
      assert.match(stdout, / calls {2}spin \(src\/work\.ts:1\)/);
      assert.match(stdout, /peak \d+/);
      assert.match(stderr, /Recording counts of spin by test\/work\.test\.ts/);
      assert.deepEqual(stored().map(({ kind, status }) => [kind, status]), [['cpu-profile', 'completed'], ['counts', 'completed'], ['memory', 'completed']]);
      const [profile] = stored();
      assert.ok(profile!.functions.find(({ functionName }) => functionName === 'spin')!.selfShare > 0.3);
      assert.equal(profile!.target?.functionName, 'spin');

      const written = await cli('runs', 'export', profile!.id, '--format', 'speedscope', '--output', 'spin.speedscope.json');
      assert.equal(written.code, 0, written.stderr);
      assert.match(readFileSync(join(folder, 'spin.speedscope.json'), 'utf8'), /"name":"spin"/);
      assert.match((await cli('runs', 'export', profile!.id, '--format', 'csv')).stdout, /^sample,microseconds,/);
      const refused = await cli('runs', 'export', stored()[1]!.id, '--format', 'pprof');
      assert.deepEqual([refused.code, refused.stdout], [2, '']);
      assert.match(refused.stderr, /cannot be written as pprof/);
      assert.match((await cli('runs', 'export', profile!.id)).stderr, /runs export takes --format cpuprofile\|speedscope\|pprof\|csv/);
      assert.match((await cli('runs', 'export', '20200101T000000-000000', '--format', 'csv')).stderr, /There is no run 20200101T000000-000000/);
    });

    it('says what drives the function, and takes the one that is named; JSON is the evidence', async () => {
      const list = await cli('profile', 'src/work.ts:spin', '--list');
      assert.deepEqual(list.stdout.split('\n').map((line) => line.split('  ')[0]), ['test/work.test.ts (node:test)', 'A driver for spin', '']);
      const { code, stdout, stderr } = await cli('profile', 'src/work.ts:spin', '--driver', 'A driver', '--what', 'trace', '--format', 'json');
      assert.equal(code, 0, stderr);
      const { runs } = JSON.parse(stdout) as { runs: Run[] };
      assert.deepEqual(runs, stored());
      assert.ok(runs[0]!.trace!.resources.application / runs[0]!.trace!.wallMs > 0.8, JSON.stringify(runs[0]!.trace!.resources));
    });

    it('says what is missing: the function, the driver, an argument', async () => {
      for (const [argv, message] of [
        [['src/work.ts:gone'], /gone was not found in src\/work\.ts/],
        [['src/work.ts:spin', '--driver', 'jest'], /No way to drive spin is called "jest"/],
        [['src/work.ts:open', '--driver', 'A driver'], /\.performance\/drivers\/work_open_\w+\.mjs has arguments that the types say nothing of/],
        [['src/work.ts'], /names no function/],
        [['src/missing.ts:spin'], /does not exist/],
        [['src/work.ts:spin', '--what', 'everything'], /--what is one of cpu, trace, counts, memory/],
      ] as const) {
        const { code, stderr, stdout } = await cli('profile', ...argv);
        assert.deepEqual([code, stdout], [2, ''], stderr);
        assert.match(stderr, message);
      }
    });

    it('of a program that fails: said, stored, exit code 2', async () => {
      writeFileSync(join(folder, 'test/work.test.ts'), TEST.replace('spin(numbers)', 'process.exit(3)'));
      const { code, stdout } = await cli('profile', 'src/work.ts:spin', '--what', 'cpu');
      assert.equal(code, 2);
      assert.match(stdout, /exit code 3/);
      assert.equal(stored()[0]!.status, 'failed');
    });
  });

  it('bench runs the benchmarks as they are, or those that are named', async () => {
    const own = "import { writeFileSync } from 'node:fs';\nwriteFileSync(process.argv[process.argv.indexOf('--json') + 1], JSON.stringify({ benchmarks: [{ name: 'NAME', unit: 'ms', samples: [1, 2, 3, 4] }] }));\n";
    writeFileSync(join(folder, 'a.bench.mjs'), own.replace('NAME', 'first'));
    writeFileSync(join(folder, 'b.bench.mjs'), own.replace('NAME', 'second'));
    const both = await cli('bench');
    assert.equal(both.code, 0, both.stderr);
    assert.match(both.stdout, /first: p50 2 ms, p95 4 ms, p99 4 ms, max 4 ms; 400 a second, spread 100 %, 4 samples[\s\S]*second: p50/);
    const { runs } = JSON.parse((await cli('bench', '--filter', 'b.bench', '--format', 'json')).stdout) as { runs: Run[] };
    assert.deepEqual(runs.map(({ benchmarks }) => benchmarks[0]!.name), ['second']);
    assert.equal(stored().length, 3);
    assert.equal((await cli('bench', '--filter', 'nothing')).code, 2);
  });

  it('grow says how the time grows and what it means at a size', async () => {
    writeFileSync(join(folder, 'performance.json'), JSON.stringify({ scale: { collections: { 'cart.numbers': 1_000_000 } } }));
    const { code, stdout, stderr } = await cli('grow', 'src/work.ts:spin', '--largest', '1024');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /spin grew like n[^\n]* between 8 and 1,024; at the declared 1,000,000 of cart\.numbers about [\d.]+ s/);
    const [run] = stored();
    assert.deepEqual([run!.kind, run!.growth!.stoppedBy, run!.growth!.projection!.basis], ['growth', 'size', 'declared']);
    assert.ok(Math.abs(run!.growth!.exponent.value - 1) < 0.4, JSON.stringify(run!.growth!.exponent));
  });

  describe('compare', () => {
    it('two functions: slower code is exit code 1, and the results differ', async () => {
      const { code, stdout, stderr } = await cli('compare', 'src/work.ts:spinLess', 'src/work.ts:spin', '--rounds', '8');
      assert.equal(code, 1, stdout + stderr);
      assert.match(stdout, /slower: [\d.]+x the time \([\d.]+ to [\d.]+ at 95 %\)/);
      assert.match(stdout, /the results differ at the result/);
      assert.equal(stored()[0]!.comparison!.benchmarks[0]!.verdict, 'slower');
    });

    it('a run measured again with the code of then, and two stored runs', async () => {
      const git = (...argv: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...argv], { cwd: folder });
      const timing = "import { writeFileSync } from 'node:fs';\nimport { spin } from './src/work.ts';\nconst samples = Array.from({ length: 12 }, () => { const start = process.cpuUsage(); for (let i = 0; i < 300; i++) spin([1, 2, 3, 4]); return process.cpuUsage(start).user / 1000; });\nwriteFileSync(process.argv[process.argv.indexOf('--json') + 1], JSON.stringify({ benchmarks: [{ name: 'spin', unit: 'ms', samples }] }));\n";
      writeFileSync(join(folder, 'a.bench.mts'), timing);
      git('init', '-q');
      git('add', '-A');
      git('commit', '-qm', 'a state');
      assert.equal((await cli('bench')).code, 0);
      const [baseline] = stored();
      assert.equal(baseline!.snapshot, baseline!.commit);
      writeFileSync(join(folder, 'src/work.ts'), WORK.replace('i < 2000', 'i < 200'));
      const again = await cli('compare', baseline!.id, '--rounds', '8', '--finding', 'linear-membership-1a2b3c4d5e');
      assert.equal(again.code, 0, again.stderr);
      assert.match(again.stdout, new RegExp(`as run ${baseline!.id} measured it against as it is now, in turn\\n +spin: p50 .* faster: `));
      assert.deepEqual(stored()[1]!.comparison!.validates, { findingId: 'linear-membership-1a2b3c4d5e', rule: 'linear-membership' });
      assert.equal((await cli('bench')).code, 0);
      const both = await cli('compare', baseline!.id, stored()[2]!.id, '--format', 'json');
      assert.equal(both.code, 0, both.stderr);
      const { benchmarks, caveats } = JSON.parse(both.stdout) as { benchmarks: { verdict: string; unit: string }[]; caveats: string[] };
      assert.deepEqual(benchmarks.map(({ verdict, unit }) => [verdict, unit]), [['faster', 'call']]);
      assert.ok(caveats.some((caveat) => caveat.startsWith('one process on a side')));
      assert.match((await cli('runs')).stdout, /benchmark of a\.bench\.mts .*completed\n[\s\S]*comparison of a\.bench\.mts/);
      assert.match((await cli('report')).stdout, /Compared spin, for linear-membership: as run/);
    });

    it('shows what a program printed that failed, and nothing of those that did not', async () => {
      const well = "export const well = (numbers: number[]): number => (console.error('in order'), numbers.length);\n";
      const badly = "export function badly(numbers: number[]): number {\n  throw new RangeError(`the till of ${numbers.length} is empty`);\n}\n";
      writeFileSync(join(folder, 'src/work.ts'), well + badly);
      // The second one runs first.
      const { code, stdout, stderr } = await cli('compare', 'src/work.ts:badly', 'src/work.ts:well', '--rounds', '8');
      assert.equal(code, 2);
      assert.match(stdout, /Its output in the terminal says why/);
      assert.match(stderr, /RangeError: the till of \d+ is empty/);
      assert.doesNotMatch(stderr, /in order/);
    });

    it('refuses what it cannot compare', async () => {
      assert.match((await cli('compare', '20990101T000000-abcdef', '20990101T000001-abcdef')).stderr, /20990101T000000-abcdef\.json could not be read/);
      assert.match((await cli('compare', 'src/work.ts:spin')).stderr, /one or two --commit/);
      assert.match((await cli('compare', 'src/work.ts:spin', '--commit', 'main')).stderr, /could not be checked out/);
      assert.equal((await cli('compare')).code, 2);
    });
  });

  it('load starts the app, drives a route, and stops it', async () => {
    writeFileSync(join(folder, 'package.json'), '{"type": "module", "scripts": {"start": "node server.mjs"}}');
    writeFileSync(join(folder, 'server.mjs'), "import { createServer } from 'node:http';\ncreateServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');\n");
    writeFileSync(join(folder, 'performance.json'), JSON.stringify({ requirements: [{ route: 'GET /orders', latency: { p95: '2s' }, throughput: '15/s' }] }));
    const { code, stdout, stderr } = await cli('load', 'GET', '/orders', '--seconds', '2');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /GET \/orders at 15 requests a second for 2 s: [\d.]+ answered a second, 0 errors/);
    assert.match((await cli('report')).stdout, /GET \/orders: p50 .*; meets p95 2 s \(\*declared\*\)/);
    assert.equal((await cli('load', 'orders')).code, 2);
  });

  it('ends what it runs when it is interrupted', async () => {
    writeFileSync(join(folder, 'test/work.test.ts'), "import { test } from 'node:test';\nimport { spin } from '../src/work.ts';\ntest('hangs', () => { spin([1]); console.error('pid', process.pid); for (;;); });\n");
    const child = start(['profile', 'src/work.ts:spin', '--what', 'cpu'], { cwd: folder });
    const finished = ended(child);
    const pid = await new Promise<number>((resolve) => child.stderr!.on('data', (text) => /pid (\d+)/.test(String(text)) && resolve(Number(/pid (\d+)/.exec(String(text))![1]))));
    child.kill('SIGINT');
    assert.equal((await finished).code, 2);
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    assert.equal(stored()[0]!.status, 'cancelled');
  });

  it('takes only what it knows', async () => {
    for (const argv of [['attach'], ['attach', 'x'], ['runs', '--format', 'xml'], ['grow', 'src/work.ts:spin', '--to', '-1'], ['bench', 'a', 'b']]) {
      const { code, stderr } = await cli(...argv);
      assert.equal(code, 2, stderr);
    }
    assert.match((await cli('runs')).stderr, /Nothing has been profiled/);
  });
});
