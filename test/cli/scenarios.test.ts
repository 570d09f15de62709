import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../src/core/evidence';
import { verdictText } from '../../src/report/comparisons';
import { memoryText } from '../../src/report/memory';
import { APPLICATIONS, type Edit, edited, PAGE, type Subject } from '../window/scenarios/programs';
import { preparedDemo } from '../window/scenarios/workspace';
import { ensureBuilt, run } from './support';

/** One language will do: `test/window` plays them in both, with the same core behind it. */
const { listing, exporting, search } = APPLICATIONS.find(({ language }) => language === 'Python')!;

/** The three scenarios of the demo as somebody at a terminal plays them, in order. */
describe('the three scenarios on the command line', function () {
  this.timeout(180_000);
  let parent: string;
  let folder: string;
  before(async () => {
    await ensureBuilt();
    parent = mkdtempSync(join(tmpdir(), 'cli-'));
    folder = preparedDemo(parent);
  });
  after(() => rmSync(parent, { recursive: true, force: true }));

  /** The runs of a command that prints JSON. */
  async function runs(...argv: string[]): Promise<Run[]> {
    const { code, stdout, stderr } = await run([...argv, '--format', 'json'], { cwd: folder });
    assert.equal(code, 0, stderr + stdout);
    const printed = JSON.parse(stdout) as Run | { readonly runs: Run[] };
    return 'runs' in printed ? printed.runs : [printed];
  }

  function type(file: string, edits: readonly Edit[]): void {
    writeFileSync(join(folder, file), edited(readFileSync(join(folder, file), 'utf8'), edits));
  }

  const record = async ({ file, functionName }: Subject, what: string): Promise<Run> =>
    (await runs('profile', `${file}:${functionName}`, '--driver', 'A driver', '--what', what))[0]!;

  /** The first time the driver is written, for its arguments; they are filled in. */
  async function fillIn({ file, functionName, driver }: Subject): Promise<string> {
    const { code, stderr } = await run(['profile', `${file}:${functionName}`, '--driver', 'A driver', '--what', 'trace'], { cwd: folder });
    assert.deepEqual([code, /Replace the lines marked "fill in:"/.test(stderr)], [2, true], stderr);
    const written = `.performance/drivers/${readdirSync(join(folder, '.performance/drivers')).find((name) => name.includes(`_${functionName}_`))}`;
    type(written, driver);
    return written;
  }

  const report = async () => (await run(['report', folder])).stdout.replaceAll('\\', '');

  it('a slow endpoint: confirmed by a trace, rewritten, and faster', async () => {
    await fillIn(listing);
    const traced = await record(listing, 'trace');
    assert.match(await report(), new RegExp(`Confirmed by a trace: ${PAGE} queries of order_items from here in a call`));
    type(listing.file, listing.rewrite);
    const [again] = await runs('compare', traced.id, '--rounds', '8');
    const compared = again!.comparison!.benchmarks[0]!;
    assert.ok(compared.verdict === 'faster' && compared.ratio < 0.5, verdictText(compared));
    assert.equal(again!.comparison!.results?.outcome, 'equal');
    assert.ok((await report()).includes(verdictText(compared)));
  });

  it('high memory: streamed, the peak does not follow the data', async () => {
    const driver = await fillIn(exporting);
    const sizeOf = (orders: number): string => `"size": ${orders},`;
    const growths: number[] = [];
    for (const isStreamed of [false, true]) {
      if (isStreamed) type(exporting.file, exporting.rewrite);
      const small = await record(exporting, 'memory');
      type(driver, [[sizeOf(exporting.orders), sizeOf(exporting.orders * 10)]]);
      const large = await record(exporting, 'memory');
      type(driver, [[sizeOf(exporting.orders * 10), sizeOf(exporting.orders)]]);
      assert.ok((await report()).includes(memoryText(large.memory!)));
      growths.push(large.memory!.peakBytes - small.memory!.peakBytes);
    }
    assert.ok(growths[1]! < growths[0]! / 3, `more with ten times the data: ${growths.join(' and ')} bytes`);
  });

  it('a slow search: proved, and the report quotes the proof', async () => {
    const line = readFileSync(join(folder, search.file), 'utf8').split('\n').findIndex((text) => text.includes(search.at)) + 1;
    const [proved] = await runs('explain', `${search.file}:${line}`, '--prove', '--rows', '5000');
    assert.deepEqual(new Set(proved!.proof!.candidates.map(({ outcome }) => outcome)), new Set(['proved']));
    assert.match(await report(), /Its plans prove the gain\./);
  });
});
