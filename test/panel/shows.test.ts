import * as assert from 'node:assert/strict';
import { FIELD_LABELS, type Recommendation, SCALABILITY_LABELS, type Statement } from '../../src/report/model';
import { INPUTS } from '../unit/report/golden/inputs';
import { golden, reportMessage } from './reports';
import { squeezed, usePanel } from './usePanel';
import { bundlePanel } from './webview';

/** Minified, everything included. */
const SCRIPT_BUDGET_BYTES = 150 * 1024;

describe('panel: what it shows', function () {
  this.timeout(120_000);
  const panel = usePanel();

  it('stays within its size', async () => {
    const bytes = Buffer.byteLength(await bundlePanel());
    assert.ok(bytes <= SCRIPT_BUDGET_BYTES, `${bytes} bytes`);
  });

  it('says ready and shows that it waits', async () => {
    const { page, posted } = await panel.open();
    assert.deepEqual(await posted(), [{ type: 'ready' }]);
    assert.ok(await page.getByText('Reading the workspace…').isVisible());
  });

  describe('shows', () => {
    for (const name of Object.keys(INPUTS)) {
      it(`every section of "${name}" in order`, async () => {
        const report = await panel.show(name);
        const headings = await panel.webview.page.locator('h2:not(.guide-title), .priority h3').allInnerTexts();
        assert.deepEqual(headings, [
          'Analysis', 'Recommendations', 'High Priority', 'Medium Priority', 'Low Priority',
          'Deferred', 'Risks / Trade-offs', 'Conflicts Noted', ...(report.scalability ? ['Scalability'] : []), ...(report.metrics ? ['Metrics'] : []),
          ...(report.trend ? ['Targets over Time'] : []),
          ...(report.failures.length > 0 ? ['Left Out'] : []),
        ]);
      });

      it(`what Markdown and JSON say of "${name}": items, fields and the origin of each figure`, async () => {
        const report = await panel.show(name);
        const cards = await shownCards();
        const recommended = Object.values(report.recommendations).flat();
        assert.deepEqual(cards.map(({ id }) => id), [...recommended, ...report.deferred].map(({ id }) => id));
        for (const [i, item] of recommended.entries()) assertCard(item, cards[i]!);
        for (const [i, item] of report.deferred.entries()) assert.ok(cards[recommended.length + i]!.values.includes(squeezed(item.change)), item.id);
      });
    }

    interface ShownCard {
      readonly id: string;
      readonly terms: readonly string[];
      readonly values: readonly string[];
    }

    /** Every card at once: a question to the browser costs more than its answer. */
    async function shownCards(): Promise<readonly ShownCard[]> {
      const cards = await panel.webview.page.locator('[data-item]').evaluateAll(nodes => nodes.map(node => ({
        id: node.getAttribute('data-item')!,
        terms: [...node.querySelectorAll('dt')].map(each => each.textContent!),
        values: [...node.querySelectorAll('dd')].map(each => each.textContent!),
      })));
      return cards.map(({ id, terms, values }) => ({ id, terms, values: values.map(squeezed) }));
    }

    function assertCard(item: Recommendation, { terms, values }: ShownCard): void {
      assert.deepEqual(terms, [...FIELD_LABELS.map(([, label]) => label), 'Why this priority', 'Arithmetic']);
      const expected = [...FIELD_LABELS.map(([key]) => item.fields[key]), [{ text: item.reason }], item.arithmetic];
      assert.deepEqual(values, expected.map(marked));
    }

  });

  /** As the panel writes it: each figure is followed by its evidence. */
  const marked = (statement: Statement): string =>
    squeezed(statement.map(piece => ('evidence' in piece ? `${piece.text} ${piece.evidence}` : piece.text)).join(''));

  it('shows what stands in the way of growing, and code to copy that fits the side bar', async () => {
    const { scalability } = await panel.show('growing');
    const said = squeezed((await panel.webview.page.locator('[data-section="scalability"] dl').textContent())!);
    const lines = SCALABILITY_LABELS.flatMap(([key]) => scalability![key].statements);
    assert.deepEqual(lines.filter(line => !said.includes(marked(line))), []);
    const { metrics } = await panel.show('unobserved');
    const { page } = panel.webview;
    assert.equal(await page.locator('[data-section="metrics"] pre').textContent(), metrics!.snippet.code);
    await page.locator('[data-section="metrics"] summary').click();
    assert.equal(await page.evaluate(() => (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement.scrollWidth), 300);
  });

  it('keeps markup in names and code as text', async () => {
    await panel.show('hostile');
    const { page } = panel.webview;
    assert.equal(await page.locator('img, b, i, u, a, script:not([src])').count(), 0);
    assert.ok(await panel.card('markup').getByText('<script>alert(1)</script>').isVisible());
    assert.ok(await panel.card('markup').getByText('src/`tick`/<b>&amp;.ts:10').isVisible());
    assert.equal(await page.evaluate(() => (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement.scrollWidth), 300);
  });

  describe('receives', () => {
    it('and acknowledges each message by its number', async () => {
      await panel.show('decided');
      await panel.webview.send({ type: 'progress', seq: 7, running: { label: 'Profiling listOrders', startedAt: Date.now() - 83_000 } });
      assert.deepEqual(await panel.webview.posted(), [{ type: 'ready' }, { type: 'ack', seq: 1 }, { type: 'ack', seq: 7 }]);
    });

    it('nothing that does not fit the protocol', async () => {
      const report = await panel.show('decided');
      const before = await panel.webview.page.locator('main').innerText();
      await panel.webview.forgetPosted();
      for (const message of [
        null, 'report', { type: 'report', seq: 2 }, { ...reportMessage(2, report), extra: true },
        { type: 'report', seq: 2, report: { ...report, version: 2 }, changes: null, state: { hasWorkspace: true, trusted: true, hasAdvisor: false } },
        { type: 'report', seq: 2, report, changes: null, state: { hasWorkspace: 'yes', trusted: true, hasAdvisor: false } },
        { type: 'report', seq: 2, report, changes: { since: '', added: [{ title: 1, where: '' }], gone: [], risen: [], fallen: [] }, state: { hasWorkspace: true, trusted: true, hasAdvisor: false } },
        { type: 'error', seq: 2, code: 'x', message: { html: '<b>' } }, { type: 'eval', seq: 2, code: 'alert(1)' },
      ]) {
        await panel.webview.sendRaw(message);
      }
      assert.equal(await panel.webview.page.locator('main').innerText(), before);
      assert.deepEqual(await panel.webview.posted(), []);
    });

    it('no message that a newer one has overtaken', async () => {
      await panel.open();
      await panel.webview.send(reportMessage(5, golden('nothing-known')));
      await panel.webview.send(reportMessage(4, golden('slow-endpoint')));
      assert.ok(await panel.webview.page.getByText('No findings', { exact: true }).isVisible());
    });

    it('progress, and announces it', async () => {
      await panel.show('decided');
      await panel.webview.send({ type: 'progress', seq: 2, running: { label: 'Profiling listOrders', startedAt: Date.now() - 83_000 } });
      assert.equal(await panel.webview.page.getByRole('status').innerText(), 'Profiling listOrders');
      assert.ok(await panel.webview.page.getByRole('progressbar', { name: 'Profiling listOrders' }).isVisible());
      await panel.webview.send({ type: 'progress', seq: 3, running: null });
      assert.equal(await panel.webview.page.getByRole('progressbar').count(), 0);
      assert.match(await panel.webview.page.getByRole('status').innerText(), /^Report updated: 2 high, 0 medium, 1 low, 0 deferred\.$/);
    });

    it('what is running when a page comes up again, with the time it has taken by then', async () => {
      for (const seconds of [8, 61]) {
        await panel.show('decided');
        await panel.webview.send({ type: 'progress', seq: 2, running: { label: 'npm test', startedAt: Date.now() - seconds * 1000 } });
        assert.match(await panel.webview.page.locator('.progress').innerText(), seconds === 8 ? /npm test, (?:8|9|10) s/ : /npm test, 1 min \d s/);
      }
    });

    it('an error, which stays until it is closed', async () => {
      await panel.show('decided');
      await panel.webview.send({ type: 'error', seq: 2, code: 'no-python', message: 'Python was not found. Install it <or> name it.' });
      const alert = panel.webview.page.getByRole('alert');
      assert.match(await alert.innerText(), /Install it <or> name it\./);
      await alert.getByRole('button', { name: 'Close' }).press('Enter');
      assert.equal(await alert.count(), 0);
      assert.equal(squeezed((await panel.webview.page.locator('performance-report :focus').textContent())!), 'Analysis');
    });
  });

  describe('teaches the next step', () => {
    const state = (hasWorkspace: boolean, trusted: boolean) => ({ hasWorkspace, trusted, hasAdvisor: false });

    it('without a folder', async () => {
      const { send, page, postedOf } = await panel.open();
      await send(reportMessage(1, null, state(false, true)));
      await page.getByRole('button', { name: 'Open Folder' }).click();
      assert.deepEqual(await postedOf('openFolder'), { type: 'openFolder' });
    });

    it('without findings', async () => {
      await panel.show('nothing-known');
      assert.ok(await panel.webview.page.getByText('No findings', { exact: true }).isVisible());
      assert.ok(await panel.webview.page.getByText('Choose Profile above a function').isVisible());
    });

    it('without a measurement', async () => {
      await panel.show('estimates');
      const notice = panel.webview.page.getByRole('complementary', { name: 'Not measured yet' });
      await notice.getByRole('button', { name: 'Profile listOrders' }).click();
      assert.equal((await panel.webview.postedOf('profile')).functionName, 'listOrders');
      await panel.webview.send(reportMessage(2, golden('slow-endpoint')));
      assert.equal(await notice.count(), 0);
    });

    it('in Restricted Mode, where nothing that runs code is offered', async () => {
      const { send, page, postedOf } = await panel.open();
      for (const [index, name] of ['estimates', 'nothing-known', 'slow-endpoint'].entries()) {
        await send(reportMessage(index + 1, golden(name), state(true, false)));
        assert.equal(await page.getByRole('button', { name: /Profile|benchmark/ }).count(), 0, name);
      }
      await page.getByRole('complementary', { name: 'Restricted Mode' }).getByRole('button').click();
      assert.deepEqual(await postedOf('manageTrust'), { type: 'manageTrust' });
    });
  });

  it('stands still for those who ask for it', async () => {
    const transition = () => panel.webview.page.locator('.chevron').first().evaluate(node =>
      (globalThis as unknown as { getComputedStyle(node: unknown): { transitionDuration: string } }).getComputedStyle(node).transitionDuration);
    await panel.show('decided', { reducedMotion: true });
    assert.equal(await transition(), '0s');
    await panel.show('decided');
    assert.notEqual(await transition(), '0s');
  });
});
