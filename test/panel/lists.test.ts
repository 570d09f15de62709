import * as assert from 'node:assert/strict';
import { manyFindings } from './manyFindings';
import { reportMessage } from './reports';
import { squeezed, usePanel } from './usePanel';

/** What these tests use of a browser's globals. */
interface PageGlobals {
  readonly scrollY: number;
  readonly sessionStorage: { readonly state: string };
  readonly document: { readonly documentElement: { readonly scrollHeight: number } };
  scrollTo(x: number, y: number): void;
}

describe('panel: 500 findings', function () {
  this.timeout(120_000);
  const panel = usePanel();
  const report = manyFindings(500);

  const open = async (): Promise<void> => {
    await panel.open();
    await panel.webview.send(reportMessage(1, report));
  };
  const cards = () => panel.webview.page.locator('[data-item]');
  const scrollTo = (y: number) => panel.webview.page.evaluate(top => (globalThis as unknown as PageGlobals).scrollTo(0, top), y);
  const saved = () => panel.webview.page.evaluate(() => JSON.parse((globalThis as unknown as PageGlobals).sessionStorage.state) as unknown) as Promise<{
    scroll: number; anchor: { itemId: string; top: number }; filter: { text: string }; shown: object;
  }>;

  describe('lists', () => {
    it('begin with some and say how many there are', async () => {
      await open();
      assert.ok((await cards().count()) <= 3 * 60, `${await cards().count()} cards`);
      assert.ok(await panel.webview.page.getByRole('button', { name: '100 high' }).isVisible());
      assert.equal(await panel.webview.page.locator('[data-priority="low"] .more').textContent().then(squeezed), 'Show 30 more of 100');
    });

    it('go on when their end is scrolled near', async () => {
      await open();
      const before = await cards().count();
      await panel.webview.page.locator('.more[data-list="high"]').scrollIntoViewIfNeeded();
      await panel.webview.page.waitForFunction(
        count => (globalThis as unknown as { document: { querySelector(s: string): { shadowRoot: { querySelectorAll(s: string): { length: number } } } } })
          .document.querySelector('performance-report').shadowRoot.querySelectorAll('[data-item]').length > count,
        before,
      );
    });

    it('go on by keyboard, which moves to what has come', async () => {
      await open();
      await panel.card('high-0').getByRole('button', { name: 'Show 20 more of 500' }).press('Enter');
      assert.equal(await panel.card('high-0').locator('.places > li').count(), 40);
      const focused = panel.webview.page.locator('performance-report :focus').first();
      assert.equal(squeezed(await focused.textContent()), 'handle0 module2.ts:10');
      await panel.webview.page.locator('.more[data-list="low"]').focus();
      await panel.webview.page.keyboard.press('Enter');
      assert.match((await focused.getAttribute('data-item'))!, /^low-[369]0$/);
    });

    it('are found again after a reload where the reader was, far down', async () => {
      await open();
      const { page } = panel.webview;
      while ((await panel.card('high-70').count()) === 0) await page.locator('[data-priority="high"] .card').last().scrollIntoViewIfNeeded();
      await panel.card('high-70').scrollIntoViewIfNeeded();
      await page.waitForTimeout(400);
      const { anchor } = await saved();
      const top = () => panel.card(anchor.itemId).boundingBox().then(box => Math.round(box!.y));
      assert.equal(await top(), anchor.top);
      assert.ok(Number(anchor.itemId.replace('high-', '')) > 60, anchor.itemId);
      await page.reload();
      await panel.webview.send(reportMessage(1, report));
      await page.waitForTimeout(200);
      assert.ok(Math.abs((await top()) - anchor.top) <= 2, `${await top()} instead of ${anchor.top}`);
    });
  });

  describe('the filter', () => {
    it('narrows while it is typed, tells how much is left, and is cleared by Escape', async () => {
      await open();
      const { page } = panel.webview;
      const search = page.getByRole('textbox', { name: 'Search findings' });
      await search.focus();
      await page.keyboard.type('handle77');
      await page.getByText('4 of 500 findings match.').first().waitFor();
      assert.equal(await page.locator('[data-key="analysis"]').getAttribute('open'), null, 'the analysis makes room');
      assert.deepEqual(await cards().evaluateAll(nodes => nodes.map(node => node.getAttribute('data-item'))), ['high-77', 'medium-77', 'low-77', 'deferred-77']);
      await page.getByRole('status').getByText('4 of 500 findings match.').waitFor({ state: 'attached' });
      await page.keyboard.press('Escape');
      assert.equal(await search.inputValue(), '');
      await page.getByRole('status').getByText('Every finding is shown.').waitFor({ state: 'attached' });
      assert.notEqual(await page.locator('[data-key="analysis"]').getAttribute('open'), null);
    });

    it('takes priority, resource, evidence and file by keyboard', async () => {
      await open();
      const { page } = panel.webview;
      await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
      await page.keyboard.press('Tab');
      for (const choice of ['Deferred', 'Memory', 'Measured']) {
        await page.keyboard.type(choice);
        await page.keyboard.press('Tab');
      }
      await page.keyboard.type('area3');
      await page.getByText('1 of 500 findings match.').first().waitFor();
      assert.ok(await page.getByRole('button', { name: 'Filter (4)' }).isVisible());
      assert.ok(await panel.card('deferred-108').isVisible(), 'what is left is shown, though Deferred is closed as a rule');
    });

    it('that leaves nothing says so and can be cleared', async () => {
      await open();
      const { page } = panel.webview;
      await page.getByRole('textbox', { name: 'Search findings' }).fill('nothing like it');
      await page.getByRole('heading', { name: 'No finding matches the filter' }).waitFor();
      assert.equal(await cards().count(), 0);
      await page.locator('.guide').getByRole('button', { name: 'Clear filters' }).press('Enter');
      assert.ok((await cards().count()) > 60);
      assert.equal(await page.locator('performance-report :focus').first().getAttribute('class'), 'search');
    });

    it('is reached from anywhere by Ctrl+F', async () => {
      await open();
      await panel.card('high-1').getByRole('button', { name: 'Copy', exact: true }).focus();
      await panel.webview.page.keyboard.press('Control+f');
      assert.equal(await panel.webview.page.locator('performance-report :focus').first().getAttribute('class'), 'search');
    });

    it('comes back after a reload, and shows the places it is about', async () => {
      await open();
      const { page } = panel.webview;
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByRole('textbox', { name: 'Part of the path' }).fill('module30.ts');
      await page.getByText('1 of 500 findings match.').first().waitFor();
      await page.reload();
      await panel.webview.send(reportMessage(1, report));
      assert.equal(await page.getByRole('textbox', { name: 'Part of the path' }).inputValue(), 'module30.ts');
      assert.ok(await panel.card('high-0').getByText('10 of 500 places match the filter. The figures are those of all.').isVisible());
    });

    it('that nobody could have saved is dropped', async () => {
      await open();
      await panel.webview.page.evaluate(() => ((globalThis as unknown as { sessionStorage: { state: string } }).sessionStorage.state =
        JSON.stringify({ open: {}, scroll: 0, shown: {}, filterOpen: true, filter: { text: 'x', priority: '<b>', resource: 'any', evidence: 'any', file: '' } })));
      await panel.webview.page.reload();
      await panel.webview.send(reportMessage(1, report));
      assert.ok((await cards().count()) > 60);
    });
  });

  it('are scrolled without going further than the list does', async () => {
    await open();
    await scrollTo(400);
    await panel.webview.page.waitForFunction(() => JSON.parse((globalThis as unknown as PageGlobals).sessionStorage.state).scroll === 400);
    assert.ok((await saved()).anchor.itemId.startsWith('high-'));
  });
});
