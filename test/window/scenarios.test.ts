import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ScenarioFigure, type ScenarioNumbers, shapeOf } from '../../src/build/generate/scenarioSection';
import type { Run } from '../../src/core/evidence';
import { formatBytes, formatCount, formatDuration } from '../../src/core/format';
import { resultsText, verdictText } from '../../src/report/comparisons';
import { memoryText } from '../../src/report/memory';
import { resourceText } from '../../src/report/traces';
import { Desk } from './scenarios/desk';
import { FAILURES, KEPT, MEASURED } from './scenarios/files';
import { APPLICATIONS, PAGE } from './scenarios/programs';

const ENDPOINT = 'Slow endpoint: a page of 300 orders';
const MEMORY = 'High memory: the export of all order lines';
const SEARCH = 'Slow search: products by a part of their name';

/**
 * What the product is for, played by a person in a real VS Code on the demo: measure, find, change, measure again.
 * Its figures are other ones on each machine, so it asserts what has to be true of them everywhere, and writes them to a
 * file, from which the README's come (`npm run scenarios`). The tests build on each other, in order.
 */
describe('the three scenarios in a window', function () {
  this.timeout(240_000);
  let desk: Desk;
  const measured: Record<string, Record<string, Record<string, ScenarioFigure>>> = {};
  let machine = '';
  let hasFailed = false;

  before(async () => {
    rmSync(MEASURED, { force: true });
    desk = await Desk.open();
    await desk.showReport();
  });
  after(async () => desk?.close());
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    hasFailed = true;
    console.log(`${this.currentTest.err?.message}\nScreenshot: ${await desk.photograph(FAILURES)}`);
  });

  function note(scenario: string, step: string, language: string, figure: Omit<ScenarioFigure, 'runs'>, ...runs: Run[]): void {
    const { cpuModel, cpus, platform } = runs[0]!.machine;
    machine = `${cpuModel}, ${cpus} processors, ${platform}`;
    ((measured[scenario] ??= {})[step] ??= {})[language] = { ...figure, runs: runs.map(({ id }) => id) };
  }

  for (const { language, listing, listingFix, exporting, search } of APPLICATIONS) {
    describe(`in ${language}`, () => {
      it('a slow endpoint: traced into the database, one query an order, read with one, measured again', async () => {
        await desk.fillIn(listing, 'Trace This Function');
        const traced = await desk.measure('trace', 'Trace This Function', listing);
        const { wallMs, resources, calls } = traced.trace!;
        assert.ok(resources.database / wallMs > 0.5, resourceText(traced.trace!));
        await desk.reads(resourceText(traced.trace!));
        await desk.reads(`Confirmed by a trace: ${PAGE} queries of order_items from here in a call`);
        note(ENDPOINT, 'Traced', language, { text: resourceText(traced.trace!), samples: `${calls} call` }, traced);

        if (listingFix === undefined) desk.type(listing.file, listing.rewrite);
        else await desk.applyFix('One query per item of a loop', listing.file, listingFix);
        const again = await desk.measureAgain(listing.functionName);
        const { results } = again.comparison!;
        const compared = again.comparison!.benchmarks[0]!;
        assert.ok(compared.verdict === 'faster' && compared.ratio < 0.5, verdictText(compared));
        assert.equal(results?.outcome, 'equal', results && resultsText(results));
        await desk.reads(verdictText(compared));
        const { before, after } = compared;
        const text = `${listingFix === undefined ? 'Rewritten' : 'Fixed'}: p50 ${formatDuration(before.p50)} → ${formatDuration(after.p50)}, ${verdictText(compared)}; ${resultsText(results!)}`;
        note(ENDPOINT, 'Measured again', language, { text, samples: `${formatCount(before.sampleCount + after.sampleCount)} samples in ${compared.counts.join(' and ')} processes` }, again);
      });

      it('high memory: the peak measured, the export streamed, the peak constant with ten times the data', async () => {
        const [small, large] = [exporting.orders, exporting.orders * 10];
        const sizeOf = (orders: number): string => (language === 'Python' ? `"size": ${orders},` : `size: ${orders},`);
        const grow = (from: number, to: number): void => desk.type(desk.driverOf(exporting.functionName)!, [[sizeOf(from), sizeOf(to)]]);
        const record = () => desk.measure('memory', 'Record the Memory of This Function', exporting);
        await desk.fillIn(exporting, 'Record the Memory of This Function');
        const peaks: [Run, Run][] = [];
        for (const isStreamed of [false, true]) {
          if (isStreamed) desk.type(exporting.file, exporting.rewrite);
          const first = await record();
          grow(small, large);
          const second = await record();
          await desk.reads(memoryText(second.memory!));
          grow(large, small);
          peaks.push([first, second]);
        }
        const [whole, streamed] = peaks.map(([first, second]) => second.memory!.peakBytes - first.memory!.peakBytes) as [number, number];
        assert.ok(streamed < whole / 3, `with ten times the data ${formatBytes(whole)} more, and ${formatBytes(streamed)} more when streamed`);
        for (const [step, runs] of [['All rows at once', peaks[0]!], ['Streamed', peaks[1]!]] as const) {
          const [first, second] = runs.map(({ memory }) => formatBytes(memory!.peakBytes));
          const text = `peak ${first} for ${formatCount(small * 10)} lines, ${second} for ${formatCount(large * 10)}`;
          note(MEMORY, step, language, { text, samples: '1 process each' }, ...runs);
        }
      });

      it('a slow search: explained, and the indexes that answer it proved', async () => {
        const proved = await desk.prove(search.file, search.at);
        const { candidates } = proved.proof!;
        assert.ok(candidates.length > 0 && candidates.every(({ outcome }) => outcome === 'proved'), JSON.stringify(candidates.map(({ title, outcome }) => [title, outcome])));
        for (const { title } of candidates) await desk.reads(title);
        const explained = candidates[0]!.trials[0]!.before;
        note(SEARCH, 'Explained', language, { text: `${explained.plan.children[0]?.operation ?? explained.plan.operation}, median ${formatDuration(explained.medianMs!)}`, samples: `${explained.samples.length} runs` }, proved);
        for (const { title, trials } of candidates) {
          const { before, after } = trials[0]!;
          note(SEARCH, title, language, { text: `median ${formatDuration(before.medianMs!)} → ${formatDuration(after.medianMs!)}`, samples: `${after.samples.length} runs each` }, proved);
        }
      });
    });
  }

  describe('in the README', () => {
    it('have figures of the shape of those that were measured now, which are written', () => {
      assert.equal(hasFailed, false, 'figures of a run that failed are not for the README');
      const numbers: ScenarioNumbers = { date: new Date().toISOString().slice(0, 10), machine, scenarios: measured };
      mkdirSync(dirname(MEASURED), { recursive: true });
      writeFileSync(MEASURED, `${JSON.stringify(numbers, null, 2)}\n`);
      assert.deepEqual(shapeOf(numbers), shapeOf(JSON.parse(readFileSync(KEPT, 'utf8')) as ScenarioNumbers));
    });
  });
});
