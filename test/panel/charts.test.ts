import * as assert from 'node:assert/strict';
import { join } from 'node:path';
import { isToPanel } from '../../src/panel/protocol';
import { audit, auditColours } from './audit';
import { golden, reportMessage } from './reports';
import { beforeAndAfter, chartMessage, COMPARED_ID, flame, histogram, list, PROFILED_ID, runsMessage, untimed } from './runs';
import { squeezed, usePanel } from './usePanel';
import { bundleCharts, OTHER_THEMES, THEMES } from './webview';

const PICTURES = join(__dirname, '../../out/panel');
const SCRIPT_BUDGET_BYTES = 110 * 1024;

describe('panel: runs and charts', function () {
  this.timeout(120_000);
  const panel = usePanel();

  /** The report with its runs, and a chart over it. */
  async function show(chart?: typeof flame, options = {}): Promise<void> {
    const { send, page } = await panel.open({ height: 2400, ...options });
    await send(reportMessage(1, golden('decided')));
    await send(runsMessage(2));
    if (chart) await send(chartMessage(3, chart));
    if (chart?.kind === 'flame') await page.getByRole('tree').waitFor();
    else await page.locator('canvas').first().waitFor({ state: 'attached' });
    await panel.webview.forgetPosted();
  }
  const item = (name: RegExp) => panel.webview.page.getByRole('treeitem', { name });
  const focused = () => panel.webview.page.evaluate(() => {
    type Focus = { shadowRoot?: { activeElement: Focus | null } | null; getAttribute(name: string): string | null; textContent: string };
    let at = (globalThis as unknown as { document: { activeElement: Focus } }).document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at.getAttribute('aria-label') ?? at.textContent;
  });

  it('draw with a script of their own, which stays within its size', async () => {
    const bytes = Buffer.byteLength(await bundleCharts());
    assert.ok(bytes <= SCRIPT_BUDGET_BYTES, `${bytes} bytes`);
  });

  it('load that script with the first chart, and not before', async () => {
    const { page, send } = await panel.open();
    await send(reportMessage(1, golden('decided')));
    assert.equal(await page.locator('script').count(), 1);
    await send(chartMessage(2, histogram));
    assert.equal(await page.locator('script').count(), 2);
    await page.locator('canvas').waitFor();
  });

  describe('the flame chart', () => {
    it('is a tree to a screen reader, with the share and the place of each frame', async () => {
      await show(flame);
      assert.deepEqual(
        await panel.webview.page.getByRole('treeitem').evaluateAll(nodes => nodes.map(node => `${node.getAttribute('aria-level')} ${node.getAttribute('aria-label')}`)),
        [
          '1 all: 90 samples, 90 ms',
          '2 main, src/main.ts:1: 100 % of the time, 5.6 % itself, 90 ms, the code has changed since',
          '3 handle, src/server.ts:24: 94.4 % of the time, 1.1 % itself, 85 ms',
          '4 listOrders, src/orders.ts:15: 83.3 % of the time, 33.3 % itself, 75 ms',
          '5 query, node_modules/pg: 27.8 % of the time, 27.8 % itself, 25 ms',
          '5 priceOf, src/<b>prices</b>.ts:8: 22.2 % of the time, 22.2 % itself, 20 ms',
          '4 parse, node:internal/json: 10 % of the time, 10 % itself, 9 ms',
        ],
      );
      assert.ok(await panel.webview.page.getByText('Left out: waiting, 10 % of the samples.').isVisible());
    });

    it('shows no times where the profiler has changed them', async () => {
      await show(untimed);
      const names = await panel.webview.page.getByRole('treeitem').evaluateAll(nodes => nodes.map(node => node.getAttribute('aria-label')!));
      assert.deepEqual([names[0], names[2]], ['all: 90 samples', 'handle, src/server.ts:24: 94.4 % of the time, 1.1 % itself']);
    });

    it('leads to the code by a click and by the keyboard', async () => {
      await show(flame);
      await item(/^listOrders/).click();
      const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
      await item(/^listOrders/).press('ArrowUp');
      assert.match(await focused(), /^handle/);
      await panel.webview.page.keyboard.press('Enter');
      assert.deepEqual(await panel.webview.posted(), [{ type: 'goTo', file: 'src/orders.ts', range: at(14) }, { type: 'goTo', file: 'src/server.ts', range: at(23) }]);
    });

    it('is walked with the arrows, and zoomed with space and Escape', async () => {
      await show(flame);
      const { keyboard } = panel.webview.page;
      await item(/^all/).focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await keyboard.press(key);
      assert.match(await focused(), /^listOrders/);
      await keyboard.press('ArrowRight');
      assert.match(await focused(), /^parse/);
      await keyboard.press('ArrowLeft');
      await keyboard.press('Space');
      assert.equal(await item(/^parse/).count(), 0, 'what is beside the zoomed frame is out of the picture');
      assert.match(await focused(), /^listOrders/);
      assert.equal(await panel.webview.page.getByRole('button', { name: 'Zoom out' }).count(), 1);
      await keyboard.press('Escape');
      assert.equal(await item(/^parse/).count(), 1);
      await keyboard.press('End');
      assert.match(await focused(), /^parse/);
      assert.deepEqual(await panel.webview.posted(), []);
    });

    it('says how much of the time matches a search', async () => {
      await show(flame);
      const { page } = panel.webview;
      await page.getByRole('searchbox', { name: /flame chart/ }).fill('src/');
      assert.equal(squeezed(await page.locator('performance-flame-chart [role="status"]').textContent()), '4 frames match, 100 % of the time.');
      await page.getByRole('searchbox', { name: /flame chart/ }).fill('pg');
      assert.equal(squeezed(await page.locator('performance-flame-chart [role="status"]').textContent()), '1 frame matches, 27.8 % of the time.');
      await page.getByRole('searchbox', { name: /flame chart/ }).fill('nowhere');
      assert.equal(squeezed(await page.locator('performance-flame-chart [role="status"]').textContent()), 'Nothing matches.');
    });

    it('says the same in a table', async () => {
      await show(flame);
      const { page } = panel.webview;
      await page.getByText('The same as a table').click();
      const rows = await page.getByRole('region', { name: /Functions/ }).locator('tbody tr').allInnerTexts();
      assert.deepEqual(rows.map(squeezed), ['listOrders src/orders.ts:15 83.3 % 33.3 %', 'node_modules/pg 27.8 % 27.8 %']);
    });

    it('keeps its zoom when the same is sent again, and goes when it is closed', async () => {
      await show(flame);
      const { page, send } = panel.webview;
      await item(/^parse/).click();
      await send(chartMessage(4, structuredClone(flame)));
      assert.equal(await item(/^listOrders/).count(), 0);
      await page.getByRole('region', { name: 'Flame chart' }).getByRole('button', { name: 'Close' }).click();
      assert.deepEqual(await panel.webview.posted(), [{ type: 'ack', seq: 4 }, { type: 'closeChart' }]);
      await send(chartMessage(5, null));
      assert.equal(await page.getByRole('tree').count(), 0);
    });

    it('moves without motion where that is asked for', async () => {
      await show(flame, { reducedMotion: true });
      assert.equal(await item(/^parse/).evaluate(node => (globalThis as unknown as { getComputedStyle(of: unknown): { transitionDuration: string } }).getComputedStyle(node).transitionDuration), '0s');
    });
  });

  describe('the distribution', () => {
    it('is drawn, described, and in a table', async () => {
      await show(histogram);
      const { page } = panel.webview;
      const name = await page.getByRole('img', { name: /^Histogram/ }).getAttribute('aria-label');
      assert.match(name!, /^Histogram of listOrders\. measured: p50 5\.\d+ ms, p95 \d.*, p99 \d.*\.$/);
      const rows = (await page.getByRole('region', { name: 'Figures of listOrders' }).locator('tr').allInnerTexts()).map(squeezed);
      assert.match(rows.join('; '), /^measured; p50 5\.\d+ ms; p95 \d.*; p99 \d.*; max \d.*; samples 400$/);
    });

    it('is that of before and after, with the verdict', async () => {
      await show(beforeAndAfter);
      const { page } = panel.webview;
      const section = page.getByRole('region', { name: 'Before and after' });
      assert.match(squeezed(await section.locator('table').innerText()), /^commit 1a2b3c4 as it is now p50 8\.\d+ ms 5\.\d+ ms p95 .* samples 400 400$/);
      assert.ok(await section.getByText(/^faster: 0\.6\d*x the time/).isVisible());
    });
  });

  describe('the list of runs', () => {
    const run = (id: string) => panel.webview.page.locator(`[data-run="${id}"]`);
    const unfold = () => panel.webview.page.getByRole('heading', { name: 'Runs', exact: true }).click();

    it('has the newest first, with what each found and what is stale', async () => {
      await show();
      await unfold();
      const { page } = panel.webview;
      assert.deepEqual(await page.locator('[data-run]').evaluateAll(nodes => nodes.map(node => node.getAttribute('data-run'))), list.runs.map(({ id }) => id));
      const text = squeezed(await run(COMPARED_ID).textContent());
      assert.match(text, /^listOrders comparison stale .* listOrders: p50 8\.\d+ ms → 5\.\d+ ms, faster/);
      assert.match(squeezed(await run(PROFILED_ID).textContent()), /listOrders: self 33\.3 %, total 83\.3 % of 90 samples\./);
    });

    it('shows how a benchmark went, and where the machine changed', async () => {
      await show();
      await unfold();
      const history = panel.webview.page.getByRole('list', { name: 'Benchmarks over their runs' });
      assert.match(squeezed(await history.textContent()), /^listOrders orders\.bench\.ts p50 5\.\d+ ms \(half of the samples from .*\); .*; 4 runs; the machine changed once: figures/);
      assert.ok(await panel.webview.page.getByRole('img', { name: /^p50 over 4 runs/ }).isVisible());
    });

    it('leads to code, charts, the stored profile and the export', async () => {
      await show();
      await unfold();
      for (const name of ['Go to code', 'Flame chart', 'Open profile', 'Export…']) await run(PROFILED_ID).getByRole('button', { name }).click();
      await run(COMPARED_ID).getByRole('button', { name: 'Before and after' }).click();
      const start = { line: 14, character: 0 };
      assert.deepEqual(await panel.webview.posted(), [
        { type: 'goTo', file: 'src/orders.ts', range: { start, end: start } },
        { type: 'openChart', kind: 'flame', runId: PROFILED_ID },
        { type: 'openRun', runId: PROFILED_ID },
        { type: 'exportRun', runId: PROFILED_ID },
        { type: 'openChart', kind: 'distribution', runId: COMPARED_ID },
      ]);
      await panel.webview.send(chartMessage(9, beforeAndAfter));
      assert.equal(squeezed(await focused()), 'Before and after of listOrders');
    });

    it('leads from a card to the charts of the runs that it quotes', async () => {
      const { send, page } = await panel.open();
      const report = golden('slow-endpoint');
      const [quoted] = report.recommendations.high[0]!.fields.current.flatMap(piece => ('runId' in piece ? [piece.runId] : []));
      await send(reportMessage(1, report));
      await send(runsMessage(2, { ...list, histories: [], runs: list.runs.map(each => (each.id === PROFILED_ID ? { ...each, id: quoted! } : each)) }));
      await panel.card(report.recommendations.high[0]!.id).getByRole('button', { name: 'Flame chart' }).click();
      assert.deepEqual(await panel.webview.postedOf('openChart'), { type: 'openChart', kind: 'flame', runId: quoted });
      assert.equal(await page.locator('script').count(), 1);
    });
  });

  it('are refused where they do not fit the protocol', () => {
    assert.ok([runsMessage(1), chartMessage(1, flame), chartMessage(1, histogram), chartMessage(1, beforeAndAfter)].every(isToPanel));
    assert.ok(flame.kind === 'flame');
    const { graph } = flame;
    const wrong = [
      { ...flame, kind: 'pie' }, { ...flame, places: [] }, { ...flame, isTimed: 1 }, { ...flame, graph: { ...graph, totalUs: -1 } },
      { ...flame, graph: { ...graph, frames: graph.frames.map(frame => ({ ...frame, parent: graph.frames.length })) } },
      { ...histogram, distributions: [{ name: 'x', now: { samples: ['1'] } }] },
    ];
    for (const chart of wrong) assert.ok(!isToPanel({ type: 'chart', seq: 1, chart }), JSON.stringify(chart).slice(0, 80));
    assert.ok(!isToPanel({ type: 'runs', seq: 1, runs: { ...list, earlier: -1 } }));
  });

  for (const [name, chart] of Object.entries({ flame, histogram, beforeAndAfter })) {
    it(`${name} has nothing for axe to find, in any theme`, async () => {
      await show(chart, { reducedMotion: true });
      const { page, wear } = panel.webview;
      await page.locator('details').evaluateAll(all => all.forEach(node => ((node as unknown as { open: boolean }).open = true)));
      assert.equal(await audit(page), '');
      for (const theme of OTHER_THEMES) {
        await wear(theme);
        assert.equal(await auditColours(page), '', theme);
      }
    });

    it(`${name} is pictured in each`, async () => {
      for (const width of [300, 900]) {
        await show(chart, { width, height: 1400, surface: width > 500 ? 'editor' : 'sidebar', pixelRatio: 2, reducedMotion: true });
        const { page, wear } = panel.webview;
        if (chart === histogram) await page.getByRole('heading', { name: 'Runs', exact: true }).click();
        for (const theme of THEMES) {
          await wear(theme);
          for (const section of ['chart', ...(chart === histogram ? ['runs'] : [])]) {
            const picture = await page.locator(`[data-section="${section}"]`).screenshot({ path: join(PICTURES, `${section === 'runs' ? 'runs' : name}-${width}-${theme}.png`) });
            assert.ok(picture.byteLength > 10_000);
          }
        }
      }
    });
  }
});
