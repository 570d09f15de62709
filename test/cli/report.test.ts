import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ended, ensureBuilt, Folders, level, run, slowModule, start } from './support';

const SECTIONS = [
  '## Analysis', '## Recommendations', '### High Priority', '### Medium Priority', '### Low Priority',
  '## Deferred', '## Risks / Trade-offs', '## Conflicts Noted',
];

/** A benchmark as the report runs it; `samples` is an expression. */
const benchmark = (samples: string): string => `
  import { writeFileSync } from 'node:fs';
  const samples = ${samples};
  const file = process.argv[process.argv.indexOf('--json') + 1];
  writeFileSync(file, JSON.stringify({ benchmarks: [{ name: 'listOrders', unit: 'ms', samples }] }));
  console.log('done');
`;

describe('report', function () {
  this.timeout(60_000);
  const folders = new Folders();
  before(ensureBuilt);
  after(() => folders.removeAll());

  it('has its sections in order, also where nothing is known', async () => {
    for (const folder of [folders.with(), folders.with({ 'a.ts': slowModule(), 'performance.json': level('high') })]) {
      const { code, stdout, stderr } = await run(['report', folder]);
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(stdout.split('\n').filter((line) => /^##/.test(line)), SECTIONS);
    }
  });

  it('says what it found, as Markdown and as JSON', async () => {
    const folder = folders.with({ 'a.ts': slowModule(), 'performance.json': level('high') });
    assert.match((await run(['report', folder])).stdout, /### High Priority\n\n- \*\*One query per item of a loop\*\*/);
    const { recommendations } = JSON.parse((await run(['report', folder, '--format', 'json'])).stdout);
    assert.deepEqual(recommendations.high[0].places[0].file, 'a.ts');
  });

  it('is one HTML file, and one recommendation is an issue', async () => {
    const folder = folders.with({ 'a.ts': slowModule(), 'performance.json': level('high') });
    assert.match((await run(['report', folder, '--format', 'html'])).stdout, /^<!doctype html>[\s\S]*<h4>One query per item of a loop<\/h4>[\s\S]*<\/html>\n$/);
    const { recommendations } = JSON.parse((await run(['report', folder, '--format', 'json'])).stdout);
    const { id } = recommendations.high[0];
    assert.match((await run(['report', folder, '--issue', id])).stdout, /^# One query per item of a loop in `\w+`\n\n## Problem\n/);
    const unknown = await run(['report', folder, '--issue', 'nothing']);
    assert.deepEqual([unknown.code, /has no item "nothing"/.test(unknown.stderr)], [2, true]);
    assert.equal((await run(['report', folder, '--issue', id, '--format', 'json'])).code, 2);
  });

  it('refuses what it cannot do', async () => {
    assert.match((await run(['report', 'missing'])).stderr, /missing does not exist/);
    assert.equal((await run(['report', 'a', 'b'])).code, 2);
    assert.equal((await run(['report', '--format', 'text'])).code, 2);
  });

  describe('--run-benchmark', () => {
    it('quotes what was measured, with its run', async () => {
      const folder = folders.with({ 'bench/orders.bench.mjs': benchmark('Array.from({ length: 40 }, (_, index) => 20 + index)') });
      const { code, stdout, stderr } = await run(['report', folder, '--run-benchmark']);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /Running the benchmark bench\/orders\.bench\.mjs\ndone/);
      const [file] = readdirSync(join(folder, '.performance/runs'));
      assert.match(stdout, new RegExp(`listOrders: p50 39 ms, .*over 40 samples \\(\\*measured, run \`${file!.replace('.json', '')}\``));
    });

    it('reports a benchmark that fails, and the rest all the same', async () => {
      const folder = folders.with({
        'a.bench.mjs': `${benchmark('[1]')}\nprocess.exit(3);`,
        'b.bench.mjs': benchmark('[1, 2, 3]'),
        'slow.ts': slowModule(),
      });
      const { code, stdout } = await run(['report', folder, '--run-benchmark']);
      assert.equal(code, 1);
      assert.match(stdout, /## Left Out\n\n- `program-failed`: "a\.bench\.mjs" ended with exit code 3/);
      assert.match(stdout, /listOrders: .*over 3 samples/);
      assert.match(stdout, /One query per item of a loop/);
    });

    it('says what to do where there is no benchmark', async () => {
      const { code, stdout } = await run(['report', folders.with({ 'a.ts': slowModule() }), '--run-benchmark']);
      assert.equal(code, 1);
      assert.match(stdout, /`no-benchmark`: No benchmark was found/);
    });

    it('stops the benchmark when it is interrupted', async () => {
      const folder = folders.with({ 'endless.bench.mjs': `console.log('pid', process.pid, '--json'); setInterval(() => {}, 1000);` });
      const child = start(['report', folder, '--run-benchmark']);
      const finished = ended(child);
      const pid = await new Promise<number>((resolve) => {
        child.stderr!.on('data', (text) => /pid (\d+)/.test(String(text)) && resolve(Number(/pid (\d+)/.exec(String(text))![1])));
      });
      child.kill('SIGINT');
      assert.equal((await finished).code, 1);
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    });
  });
});
