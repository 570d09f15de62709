import * as assert from 'node:assert/strict';
import { explained, golden, goldenWithout, READY, reportMessage } from './reports';
import { squeezed, usePanel } from './usePanel';

/** The field of the search has no text of its own. */
const SEARCH = '';

/** What these tests use of a browser's globals. */
interface PageGlobals {
  readonly scrollY: number;
  readonly sessionStorage: { readonly state: string };
  scrollTo(x: number, y: number): void;
}

describe('panel: what it does', function () {
  this.timeout(120_000);
  const panel = usePanel();

  describe('posts', () => {
    beforeEach(async () => {
      await panel.show('slow-endpoint');
      await panel.webview.forgetPosted();
    });
    const press = (id: string, name: string) => panel.card(id).getByRole('button', { name, exact: true }).click();

    it('where the code is', async () => {
      await press('n-plus-one', 'Go to code');
      const { range } = golden('slow-endpoint').recommendations.high[0]!.places[0]!;
      assert.deepEqual(await panel.webview.posted(), [{ type: 'goTo', file: 'src/orders.ts', range }]);
    });

    it('each of several places', async () => {
      await panel.card('same-function').getByRole('button', { name: 'listOrders orders.ts:20' }).click();
      assert.equal((await panel.webview.postedOf('goTo')).range.start.line, 19);
    });

    it('the fix to apply', async () => {
      await press('n-plus-one', 'Apply fix');
      assert.deepEqual(await panel.webview.posted(), [{ type: 'applyFix', findingId: 'n-plus-one' }]);
      assert.equal(await panel.card('search').getByRole('button', { name: 'Apply fix' }).count(), 0);
    });

    it('the function to profile', async () => {
      await press('waiting', 'Profile');
      assert.deepEqual(await panel.webview.posted(), [{ type: 'profile', file: 'src/jobs.ts', functionName: 'refresh' }]);
    });

    it('what tells whether a change was worth it, by the rule', async () => {
      await press('n-plus-one', 'Count queries');
      assert.deepEqual(await panel.webview.posted(), [{ type: 'validate', how: 'query count', findingId: 'n-plus-one', file: 'src/orders.ts', functionName: 'listOrders' }]);
      assert.ok(await panel.card('same-function').getByRole('button', { name: 'Run benchmark', exact: true }).isVisible());
    });

    it('that what runs is to be cancelled, from its card and from the top', async () => {
      const { page, send, posted, forgetPosted } = panel.webview;
      await send({ type: 'progress', seq: 2, running: { label: 'npm test', startedAt: Date.now() - 83_000, file: 'src/jobs.ts', functionName: 'refresh' } });
      await forgetPosted();
      const cancel = { name: 'Cancel', exact: true } as const;
      assert.match(await panel.card('waiting').innerText(), /npm test, 1 min 2[3-5] s/);
      assert.equal(await panel.card('n-plus-one').getByRole('button', cancel).count(), 0);
      await panel.card('waiting').getByRole('button', cancel).click();
      await page.locator('.progress').getByRole('button', cancel).click();
      assert.deepEqual(await posted(), [{ type: 'cancel' }, { type: 'cancel' }]);
      await send({ type: 'progress', seq: 3, running: null });
      assert.equal(await page.getByRole('button', cancel).count(), 0);
    });

    it('that a proof is to be cancelled, from the card of its finding', async () => {
      await panel.show('proved');
      await panel.webview.send({ type: 'progress', seq: 2, running: { label: 'Proving a query', startedAt: Date.now(), findingId: 'not-asked' } });
      assert.equal(await panel.card('searched').locator('.running').count(), 0);
      assert.match(await panel.card('not-asked').locator('.running').innerText(), /Proving a query, \d s/);
    });

    it('the finding whose advice is to be proved, where a planner has a say', async () => {
      assert.equal(await panel.card('n-plus-one').getByRole('button', { name: 'Prove', exact: true }).count(), 0);
      await panel.show('proved');
      await panel.webview.forgetPosted();
      await press('not-asked', 'Prove');
      await press('searched', 'Prove again');
      assert.deepEqual(await panel.webview.posted(), [{ type: 'prove', findingId: 'not-asked' }, { type: 'prove', findingId: 'searched' }]);
    });

    it('where an explained query is, and that it was read', async () => {
      const { page, send, posted, forgetPosted } = panel.webview;
      await send({ type: 'explained', seq: 2, proof: explained });
      await forgetPosted();
      const section = page.getByRole('region', { name: 'Explained query' });
      await section.getByRole('button', { name: 'Go to code' }).click();
      await section.getByRole('button', { name: 'Close' }).click();
      const start = { line: 14, character: 0 };
      assert.deepEqual(await posted(), [{ type: 'goTo', file: 'src/products.ts', range: { start, end: start } }, { type: 'closeExplained' }]);
      await send({ type: 'explained', seq: 3, proof: null });
      assert.equal(await section.count(), 0);
    });

    it('nothing while a plan is opened and closed with the keyboard', async () => {
      const { page, send, posted, forgetPosted } = panel.webview;
      await send({ type: 'explained', seq: 2, proof: explained });
      await forgetPosted();
      const node = page.locator('.plan details').first();
      const summary = node.locator('> summary');
      await summary.focus();
      await page.keyboard.press('Enter');
      assert.equal(await node.getAttribute('open'), null);
      await page.keyboard.press('Enter');
      assert.notEqual(await node.getAttribute('open'), null);
      assert.match(squeezed(await node.textContent()), /Limit .*Seq Scan products gone .*240 rows \(2 expected, 120 times too few\), 999,760 rows thrown away/);
      assert.deepEqual(await posted(), []);
    });

    it('one item to explain, once somebody was chosen to answer', async () => {
      assert.equal(await panel.card('waiting').getByRole('button', { name: 'Explain' }).count(), 0);
      await panel.webview.send(reportMessage(2, golden('slow-endpoint'), { ...READY, hasAdvisor: true }));
      await panel.webview.forgetPosted();
      await press('waiting', 'Explain');
      assert.deepEqual(await panel.webview.posted(), [{ type: 'explain', itemId: 'waiting' }]);
    });

    it('one item or all to copy', async () => {
      await press('waiting', 'Copy');
      await panel.webview.page.getByRole('button', { name: 'Copy as Markdown' }).click();
      assert.deepEqual(await panel.webview.posted(), [{ type: 'copyMarkdown', itemId: 'waiting' }, { type: 'copyMarkdown' }]);
    });

    it('one item to copy as an issue', async () => {
      await press('waiting', 'Copy as Issue');
      assert.deepEqual(await panel.webview.posted(), [{ type: 'copyIssue', itemId: 'waiting' }]);
    });

    it('the rule behind a title and the run behind a figure', async () => {
      await press('n-plus-one', 'One query per item');
      await panel.card('n-plus-one').getByRole('button', { name: 'measured, open run 20261122T202000-4d5e6f' }).first().click();
      assert.deepEqual(await panel.webview.posted(), [
        { type: 'openRule', rule: 'queries-in-loop' }, { type: 'openRun', runId: '20261122T202000-4d5e6f' },
      ]);
    });

    it('what answers an open question', async () => {
      await panel.webview.page.getByRole('button', { name: 'Open performance.json' }).click();
      await panel.webview.send(reportMessage(2, golden('nothing-known')));
      await panel.webview.page.locator('.analysis').getByRole('button', { name: 'Run a benchmark' }).first().click();
      await panel.webview.send(reportMessage(3, golden('estimates')));
      await panel.webview.page.locator('.analysis').getByRole('button', { name: 'Profile listOrders' }).click();
      assert.deepEqual((await panel.webview.posted()).filter(message => (message as { type: string }).type !== 'ack'), [
        { type: 'openConfig' }, { type: 'runBenchmark' }, { type: 'profile', file: 'src/orders.ts', functionName: 'listOrders' },
      ]);
    });

    it('a dismissal, once it has a reason', async () => {
      await press('waiting', 'Dismiss…');
      const form = panel.card('waiting').getByRole('form', { name: 'Dismiss this finding' });
      await form.getByRole('button', { name: 'Dismiss' }).click();
      assert.match(await form.getByRole('alert').innerText(), /Give a reason/);
      assert.deepEqual(await panel.webview.posted(), []);
      await form.getByRole('textbox', { name: 'Why is this right as it is?' }).fill('  Runs once a day. ');
      await form.getByRole('button', { name: 'Dismiss' }).click();
      assert.deepEqual(await panel.webview.posted(), [{ type: 'dismiss', findingId: 'waiting', reason: 'Runs once a day.' }]);
      assert.equal(await form.count(), 0);
    });
  });

  describe('by keyboard', () => {
    it('reaches every control in reading order and works each', async () => {
      await panel.show('slow-endpoint');
      const { page } = panel.webview;
      const names: string[] = [];
      for (let i = 0; i < 14; i++) {
        await page.keyboard.press('Tab');
        names.push(await focusedText());
      }
      assert.deepEqual(names, [
        '4 high', '1 deferred', 'Copy as Markdown', SEARCH, 'Filter', 'Analysis', 'measured', 'measured', 'measured', 'measured', 'measured',
        'Open performance.json', 'measured', 'Recommendations 4',
      ]);
      await page.keyboard.press('Enter');
      assert.ok(!(await panel.card('n-plus-one').isVisible()), 'Enter closes the section');
    });

    it('jumps from a count to its section', async () => {
      await panel.show('slow-endpoint');
      await panel.webview.page.getByRole('button', { name: '1 deferred' }).press('Enter');
      assert.ok(await panel.card('negligible').isVisible());
      assert.equal(await focusedText(), 'Deferred 1');
      await panel.webview.page.getByRole('button', { name: '4 high' }).press('Space');
      assert.equal(await focusedText(), 'High Priority');
    });

    it('dismisses: into the form, out by Escape, through by Enter', async () => {
      await panel.show('slow-endpoint');
      const { page } = panel.webview;
      const dismiss = panel.card('waiting').getByRole('button', { name: 'Dismiss…' });
      await dismiss.press('Enter');
      await page.keyboard.type('abc');
      assert.equal(await panel.card('waiting').getByRole('textbox').inputValue(), 'abc');
      await page.keyboard.press('Escape');
      assert.equal(await focusedText(), 'Dismiss…');
      for (const key of ['Enter', 'Space']) {
        await dismiss.press(key);
        await panel.card('waiting').getByRole('button', { name: 'Cancel' }).press(key);
        assert.equal(await focusedText(), 'Dismiss…');
      }
      await dismiss.press('Enter');
      await page.keyboard.type('Rarely runs');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.webview.postedOf('dismiss'), { type: 'dismiss', findingId: 'waiting', reason: 'Rarely runs' });
      assert.equal(await focusedText(), 'Dismiss…');
    });

    it('keeps its place when the report is updated', async () => {
      await panel.show('slow-endpoint');
      await panel.card('waiting').getByRole('button', { name: 'Go to code' }).focus();
      await panel.webview.send(reportMessage(2, golden('slow-endpoint')));
      assert.equal(await focusedText(), 'Go to code');
      assert.equal(await focusedItem(), 'waiting');
    });

    it('goes to the next card when its own is gone, and to the last when there is no next', async () => {
      await panel.show('slow-endpoint');
      await panel.card('same-function').getByRole('button', { name: 'Copy', exact: true }).focus();
      await panel.webview.send(reportMessage(2, goldenWithout('slow-endpoint', 'same-function', 'same-function-again')));
      assert.equal(await focusedItem(), 'waiting');
    });

    /** Within the panel's own tree: the first is the outermost. */
    const focused = () => panel.webview.page.locator('performance-report :focus').first();
    const focusedText = async () => squeezed((await focused().textContent())!);
    const focusedItem = () => focused().evaluate(node => node.closest('[data-item]')?.getAttribute('data-item'));
  });

  it('comes back after a reload as it was left: disclosures and scroll', async () => {
    await panel.show('slow-endpoint');
    const { page } = panel.webview;
    await page.locator('[data-key="deferred"] > summary').click();
    await page.locator('[data-key="analysis"] > summary').click();
    await panel.card('n-plus-one').locator('summary').click();
    await page.evaluate(() => (globalThis as unknown as PageGlobals).scrollTo(0, 200));
    await page.waitForFunction(() => JSON.parse((globalThis as unknown as PageGlobals).sessionStorage.state).scroll === 200);
    await page.reload();
    await panel.webview.send(reportMessage(1, golden('slow-endpoint')));
    const isOpen = (key: string) => page.locator(`[data-key="${key}"]`).evaluate(node => (node as unknown as { open: boolean }).open);
    assert.deepEqual(
      [await isOpen('deferred'), await isOpen('analysis'), await isOpen('details:n-plus-one'), await isOpen('risks')],
      [true, false, true, false],
    );
    assert.equal(await page.evaluate(() => (globalThis as unknown as PageGlobals).scrollY), 200);
  });
});
