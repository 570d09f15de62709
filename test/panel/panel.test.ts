import * as assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../src/build/vscode/browser';
import { isFromPanel } from '../../src/panel/protocol';
import { FIELD_LABELS, type Recommendation, type Report, type Statement } from '../../src/report/model';
import { INPUTS } from '../unit/report/golden/inputs';
import { golden, goldenWithout, reportMessage } from './reports';
import { bundlePanel, openWebview, type Webview, type WebviewOptions } from './webview';

/** Minified, everything included. */
const SCRIPT_BUDGET_BYTES = 150 * 1024;

describe('panel', function () {
  this.timeout(120_000);
  let browser: Browser;
  let script: string;
  let webview: Webview;

  before(async () => {
    script = await bundlePanel();
    browser = await launchBrowser(line => console.log(line));
  });
  after(() => browser?.close());

  const open = async (options?: WebviewOptions): Promise<Webview> => (webview = await openWebview(browser, script, options));

  /** Whatever a test does, the page must neither fail nor do what its policy forbids. */
  afterEach(async () => {
    const problems = await webview?.problems();
    const posted = await webview?.posted();
    await webview?.page.close();
    assert.deepEqual(problems, []);
    assert.deepEqual(posted?.filter(message => !isFromPanel(message)), []);
  });

  const show = async (name: string, options?: WebviewOptions): Promise<Report> => {
    const { send } = await open(options);
    const report = golden(name);
    await send(reportMessage(1, report));
    return report;
  };

  const card = (id: string) => webview.page.locator(`[data-item="${id}"]`);

  it('stays within its size', async () => {
    await open();
    assert.ok(Buffer.byteLength(script) <= SCRIPT_BUDGET_BYTES, `${Buffer.byteLength(script)} bytes`);
  });

  it('says ready and shows that it waits', async () => {
    const { page, posted } = await open();
    assert.deepEqual(await posted(), [{ type: 'ready' }]);
    assert.ok(await page.getByText('Reading the workspace…').isVisible());
  });

  describe('shows', () => {
    for (const name of Object.keys(INPUTS)) {
      it(`every section of "${name}" in order`, async () => {
        const report = await show(name);
        const headings = await webview.page.locator('h2:not(.guide-title), h3').allInnerTexts();
        assert.deepEqual(headings, [
          'Analysis', 'Recommendations', 'High Priority', 'Medium Priority', 'Low Priority',
          'Deferred', 'Risks / Trade-offs', 'Conflicts Noted', ...(report.failures.length > 0 ? ['Left Out'] : []),
        ]);
      });

      it(`what Markdown and JSON say of "${name}": items, fields and the origin of each figure`, async () => {
        const report = await show(name);
        for (const item of Object.values(report.recommendations).flat()) await assertCard(item);
        for (const item of report.deferred) {
          assert.ok((await flat(card(item.id).locator('dl'))).includes(squeezed(item.change)), item.id);
        }
        const ids = await webview.page.locator('[data-item]').evaluateAll(cards => cards.map(node => node.getAttribute('data-item')));
        assert.deepEqual(ids, [...Object.values(report.recommendations).flat(), ...report.deferred].map(({ id }) => id));
      });
    }

    async function assertCard(item: Recommendation): Promise<void> {
      const terms = await card(item.id).locator('dt').allTextContents();
      assert.deepEqual(terms, [...FIELD_LABELS.map(([, label]) => label), 'Why this priority', 'Arithmetic']);
      const values = await card(item.id).locator('dd').all();
      const expected = [...FIELD_LABELS.map(([key]) => item.fields[key]), [{ text: item.reason }], item.arithmetic];
      for (const [i, statement] of expected.entries()) assert.equal(await flat(values[i]!), marked(statement));
    }

    const flat = async (locator: { textContent(): Promise<string | null> }) => squeezed((await locator.textContent())!);

    /** As the panel writes it: each figure is followed by its evidence. */
    const marked = (statement: Statement): string =>
      squeezed(statement.map(piece => ('evidence' in piece ? `${piece.text} ${piece.evidence}` : piece.text)).join(''));
  });

  it('keeps markup in names and code as text', async () => {
    await show('hostile');
    const { page } = webview;
    assert.equal(await page.locator('img, b, i, u, a, script:not([src])').count(), 0);
    assert.ok(await card('markup').getByText('<script>alert(1)</script>').isVisible());
    assert.ok(await card('markup').getByText('src/`tick`/<b>&amp;.ts:10').isVisible());
    assert.equal(await page.evaluate(() => (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement.scrollWidth), 300);
  });

  describe('posts', () => {
    beforeEach(async () => {
      await show('slow-endpoint');
      await webview.forgetPosted();
    });
    const press = (id: string, name: string) => card(id).getByRole('button', { name, exact: true }).click();

    it('where the code is', async () => {
      await press('n-plus-one', 'Go to code');
      const { range } = golden('slow-endpoint').recommendations.high[0]!.places[0]!;
      assert.deepEqual(await webview.posted(), [{ type: 'goTo', file: 'src/orders.ts', range }]);
    });

    it('each of several places', async () => {
      await card('same-function').getByRole('button', { name: 'listOrders orders.ts:20' }).click();
      assert.equal((await webview.postedOf('goTo')).range.start.line, 19);
    });

    it('the fix to apply', async () => {
      await press('n-plus-one', 'Apply fix');
      assert.deepEqual(await webview.posted(), [{ type: 'applyFix', findingId: 'n-plus-one' }]);
      assert.equal(await card('search').getByRole('button', { name: 'Apply fix' }).count(), 0);
    });

    it('the function to profile', async () => {
      await press('waiting', 'Profile');
      assert.deepEqual(await webview.posted(), [{ type: 'profile', file: 'src/jobs.ts', functionName: 'refresh' }]);
    });

    it('one item or all to copy', async () => {
      await press('waiting', 'Copy');
      await webview.page.getByRole('button', { name: 'Copy as Markdown' }).click();
      assert.deepEqual(await webview.posted(), [{ type: 'copyMarkdown', itemId: 'waiting' }, { type: 'copyMarkdown' }]);
    });

    it('the rule behind a title and the run behind a figure', async () => {
      await press('n-plus-one', 'One query per item');
      await card('n-plus-one').getByRole('button', { name: 'measured, open run 20261122T202000-4d5e6f' }).first().click();
      assert.deepEqual(await webview.posted(), [
        { type: 'openRule', rule: 'queries-in-loop' }, { type: 'openRun', runId: '20261122T202000-4d5e6f' },
      ]);
    });

    it('what answers an open question', async () => {
      await webview.page.getByRole('button', { name: 'Open performance.json' }).click();
      await webview.send(reportMessage(2, golden('nothing-known')));
      await webview.page.locator('.analysis').getByRole('button', { name: 'Run a benchmark' }).first().click();
      await webview.send(reportMessage(3, golden('estimates')));
      await webview.page.locator('.analysis').getByRole('button', { name: 'Profile listOrders' }).click();
      assert.deepEqual((await webview.posted()).filter(message => (message as { type: string }).type !== 'ack'), [
        { type: 'openConfig' }, { type: 'runBenchmark' }, { type: 'profile', file: 'src/orders.ts', functionName: 'listOrders' },
      ]);
    });

    it('a dismissal, once it has a reason', async () => {
      await press('waiting', 'Dismiss…');
      const form = card('waiting').getByRole('form', { name: 'Dismiss this finding' });
      await form.getByRole('button', { name: 'Dismiss' }).click();
      assert.match(await form.getByRole('alert').innerText(), /Give a reason/);
      assert.deepEqual(await webview.posted(), []);
      await form.getByRole('textbox', { name: 'Why is this right as it is?' }).fill('  Runs once a day. ');
      await form.getByRole('button', { name: 'Dismiss' }).click();
      assert.deepEqual(await webview.posted(), [{ type: 'dismiss', findingId: 'waiting', reason: 'Runs once a day.' }]);
      assert.equal(await form.count(), 0);
    });
  });

  describe('receives', () => {
    it('and acknowledges each message by its number', async () => {
      await show('decided');
      await webview.send({ type: 'progress', seq: 7, label: 'Profiling listOrders' });
      assert.deepEqual(await webview.posted(), [{ type: 'ready' }, { type: 'ack', seq: 1 }, { type: 'ack', seq: 7 }]);
    });

    it('nothing that does not fit the protocol', async () => {
      const report = await show('decided');
      const before = await webview.page.locator('main').innerText();
      await webview.forgetPosted();
      for (const message of [
        null, 'report', { type: 'report', seq: 2 }, { ...reportMessage(2, report), extra: true },
        { type: 'report', seq: 2, report: { ...report, version: 2 }, state: { hasWorkspace: true, trusted: true } },
        { type: 'report', seq: 2, report, state: { hasWorkspace: 'yes', trusted: true } },
        { type: 'error', seq: 2, code: 'x', message: { html: '<b>' } }, { type: 'eval', seq: 2, code: 'alert(1)' },
      ]) {
        await webview.sendRaw(message);
      }
      assert.equal(await webview.page.locator('main').innerText(), before);
      assert.deepEqual(await webview.posted(), []);
    });

    it('no message that a newer one has overtaken', async () => {
      await open();
      await webview.send(reportMessage(5, golden('nothing-known')));
      await webview.send(reportMessage(4, golden('slow-endpoint')));
      assert.ok(await webview.page.getByText('No findings', { exact: true }).isVisible());
    });

    it('progress, and announces it', async () => {
      await show('decided');
      await webview.send({ type: 'progress', seq: 2, label: 'Profiling listOrders' });
      assert.equal(await webview.page.getByRole('status').innerText(), 'Profiling listOrders');
      assert.ok(await webview.page.getByRole('progressbar', { name: 'Profiling listOrders' }).isVisible());
      await webview.send({ type: 'progress', seq: 3, label: null });
      assert.equal(await webview.page.getByRole('progressbar').count(), 0);
      assert.match(await webview.page.getByRole('status').innerText(), /^Report updated: 2 high, 0 medium, 1 low, 0 deferred\.$/);
    });

    it('an error, which stays until it is closed', async () => {
      await show('decided');
      await webview.send({ type: 'error', seq: 2, code: 'no-python', message: 'Python was not found. Install it <or> name it.' });
      const alert = webview.page.getByRole('alert');
      assert.match(await alert.innerText(), /Install it <or> name it\./);
      await alert.getByRole('button', { name: 'Close' }).press('Enter');
      assert.equal(await alert.count(), 0);
      assert.equal(squeezed((await webview.page.locator('performance-report :focus').textContent())!), 'Analysis');
    });
  });

  describe('teaches the next step', () => {
    const state = (hasWorkspace: boolean, trusted: boolean) => ({ hasWorkspace, trusted });

    it('without a folder', async () => {
      const { send, page, postedOf } = await open();
      await send(reportMessage(1, null, state(false, true)));
      await page.getByRole('button', { name: 'Open Folder' }).click();
      assert.deepEqual(await postedOf('openFolder'), { type: 'openFolder' });
    });

    it('without findings', async () => {
      await show('nothing-known');
      assert.ok(await webview.page.getByText('No findings', { exact: true }).isVisible());
      assert.ok(await webview.page.getByText('Choose Profile above a function').isVisible());
    });

    it('without a measurement', async () => {
      await show('estimates');
      const notice = webview.page.getByRole('complementary', { name: 'Not measured yet' });
      await notice.getByRole('button', { name: 'Profile listOrders' }).click();
      assert.equal((await webview.postedOf('profile')).functionName, 'listOrders');
      await webview.send(reportMessage(2, golden('slow-endpoint')));
      assert.equal(await notice.count(), 0);
    });

    it('in Restricted Mode, where nothing that runs code is offered', async () => {
      const { send, page, postedOf } = await open();
      for (const [index, name] of ['estimates', 'nothing-known', 'slow-endpoint'].entries()) {
        await send(reportMessage(index + 1, golden(name), state(true, false)));
        assert.equal(await page.getByRole('button', { name: /Profile|benchmark/ }).count(), 0, name);
      }
      await page.getByRole('complementary', { name: 'Restricted Mode' }).getByRole('button').click();
      assert.deepEqual(await postedOf('manageTrust'), { type: 'manageTrust' });
    });
  });

  describe('by keyboard', () => {
    it('reaches every control in reading order and works each', async () => {
      await show('slow-endpoint');
      const { page } = webview;
      const names: string[] = [];
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press('Tab');
        names.push(await focusedText());
      }
      assert.deepEqual(names, [
        '4 high', '1 deferred', 'Copy as Markdown', 'Analysis', 'measured', 'measured', 'measured', 'measured', 'measured',
        'Open performance.json', 'measured', 'Recommendations 4',
      ]);
      await page.keyboard.press('Enter');
      assert.ok(!(await card('n-plus-one').isVisible()), 'Enter closes the section');
    });

    it('jumps from a count to its section', async () => {
      await show('slow-endpoint');
      await webview.page.getByRole('button', { name: '1 deferred' }).press('Enter');
      assert.ok(await card('negligible').isVisible());
      assert.equal(await focusedText(), 'Deferred 1');
      await webview.page.getByRole('button', { name: '4 high' }).press('Space');
      assert.equal(await focusedText(), 'High Priority');
    });

    it('dismisses: into the form, out by Escape, through by Enter', async () => {
      await show('slow-endpoint');
      const { page } = webview;
      const dismiss = card('waiting').getByRole('button', { name: 'Dismiss…' });
      await dismiss.press('Enter');
      await page.keyboard.type('abc');
      assert.equal(await card('waiting').getByRole('textbox').inputValue(), 'abc');
      await page.keyboard.press('Escape');
      assert.equal(await focusedText(), 'Dismiss…');
      for (const key of ['Enter', 'Space']) {
        await dismiss.press(key);
        await card('waiting').getByRole('button', { name: 'Cancel' }).press(key);
        assert.equal(await focusedText(), 'Dismiss…');
      }
      await dismiss.press('Enter');
      await page.keyboard.type('Rarely runs');
      await page.keyboard.press('Enter');
      assert.deepEqual(await webview.postedOf('dismiss'), { type: 'dismiss', findingId: 'waiting', reason: 'Rarely runs' });
      assert.equal(await focusedText(), 'Dismiss…');
    });

    it('keeps its place when the report is updated', async () => {
      await show('slow-endpoint');
      await card('waiting').getByRole('button', { name: 'Go to code' }).focus();
      await webview.send(reportMessage(2, golden('slow-endpoint')));
      assert.equal(await focusedText(), 'Go to code');
      assert.equal(await focusedItem(), 'waiting');
    });

    it('goes to the next card when its own is gone, and to the last when there is no next', async () => {
      await show('slow-endpoint');
      await card('same-function').getByRole('button', { name: 'Copy' }).focus();
      await webview.send(reportMessage(2, goldenWithout('slow-endpoint', 'same-function', 'same-function-again')));
      assert.equal(await focusedItem(), 'waiting');
    });

    /** Within the panel's own tree: the first is the outermost. */
    const focused = () => webview.page.locator('performance-report :focus').first();
    const focusedText = async () => squeezed((await focused().textContent())!);
    const focusedItem = () => focused().evaluate(node => node.closest('[data-item]')?.getAttribute('data-item'));
  });

  it('comes back after a reload as it was left: disclosures and scroll', async () => {
    await show('slow-endpoint');
    const { page } = webview;
    await page.locator('[data-key="deferred"] > summary').click();
    await page.locator('[data-key="analysis"] > summary').click();
    await card('n-plus-one').locator('summary').click();
    await page.mouse.wheel(0, 300);
    await page.waitForFunction(() => JSON.parse((globalThis as unknown as { sessionStorage: { state: string } }).sessionStorage.state).scroll > 0);
    const left = await page.evaluate(() => (globalThis as unknown as { scrollY: number }).scrollY);
    await page.reload();
    await webview.send(reportMessage(1, golden('slow-endpoint')));
    const isOpen = (key: string) => page.locator(`[data-key="${key}"]`).evaluate(node => (node as unknown as { open: boolean }).open);
    assert.deepEqual(
      [await isOpen('deferred'), await isOpen('analysis'), await isOpen('details:n-plus-one'), await isOpen('risks')],
      [true, false, true, false],
    );
    assert.equal(await page.evaluate(() => (globalThis as unknown as { scrollY: number }).scrollY), left);
  });

  it('stands still for those who ask for it', async () => {
    const transition = () => webview.page.locator('.chevron').first().evaluate(node =>
      (globalThis as unknown as { getComputedStyle(node: unknown): { transitionDuration: string } }).getComputedStyle(node).transitionDuration);
    await show('decided', { reducedMotion: true });
    assert.equal(await transition(), '0s');
    await webview.page.close();
    await show('decided');
    assert.notEqual(await transition(), '0s');
  });
});

/** Text as it is read: one space where the page has any white space. */
function squeezed(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
