import * as assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../src/build/vscode/browser';
import type { ToPanel } from '../../src/panel/protocol';
import { audit } from './audit';
import { explained, golden, READY, reportMessage } from './reports';
import { themes } from './themes.json';
import { bundlePanel, openWebview, THEMES, type Webview } from './webview';

const ROOT = join(__dirname, '../..');
const PICTURES = join(ROOT, 'out/panel');

interface Scene {
  readonly messages: readonly ToPanel[];
  /** Opens each disclosure and a form. */
  readonly unfold?: boolean;
}

/** Everything the panel can look like. */
const SCENES: Readonly<Record<string, Scene>> = {
  unfolded: { messages: [reportMessage(1, golden('slow-endpoint'))], unfold: true },
  proved: { messages: [reportMessage(1, golden('proved'))], unfold: true },
  explained: { messages: [reportMessage(1, golden('decided')), { type: 'explained', seq: 2, proof: explained }] },
  estimates: { messages: [reportMessage(1, golden('estimates'))], unfold: true },
  hostile: { messages: [reportMessage(1, golden('hostile'))], unfold: true },
  empty: { messages: [reportMessage(1, golden('nothing-known'))] },
  loading: { messages: [reportMessage(1, null)] },
  restricted: { messages: [reportMessage(1, golden('decided'), { ...READY, trusted: false })] },
  folderless: { messages: [reportMessage(1, null, { hasWorkspace: false, trusted: true, hasAdvisor: false })] },
  busy: {
    messages: [
      reportMessage(1, golden('decided')),
      { type: 'error', seq: 2, code: 'no-python', message: 'Python was not found. Install it, or set python.defaultInterpreterPath.' },
      { type: 'progress', seq: 3, label: null },
    ],
  },
  progress: { messages: [reportMessage(1, golden('decided')), { type: 'progress', seq: 2, label: 'Profiling listOrders' }] },
};

describe('panel in each theme', function () {
  this.timeout(180_000);
  let browser: Browser;
  let script: string;

  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    script = await bundlePanel();
    browser = await launchBrowser(line => console.log(line));
  });
  after(() => browser?.close());

  for (const theme of THEMES) {
    for (const [name, { messages, unfold = false }] of Object.entries(SCENES)) {
      it(`${name} has nothing for axe to find in ${theme}`, async () => {
        // Tall enough for all of it, so that no card is skipped for being off the screen.
        const webview = await openWebview(browser, script, { theme, height: 12_000, reducedMotion: true });
        for (const message of messages) await webview.send(message);
        if (unfold) await unfoldAll(webview);
        assert.equal(await audit(webview.page), '');
        await webview.page.close();
      });
    }

    it(`is pictured in ${theme}, as narrow as a sidebar and as wide as an editor`, async () => {
      for (const width of [300, 640]) {
        const webview = await openWebview(browser, script, { theme, width, pixelRatio: 2, reducedMotion: true });
        await webview.send(reportMessage(1, golden('slow-endpoint')));
        const picture = await webview.page.screenshot({ path: join(PICTURES, `report-${width}-${theme}.png`), fullPage: true });
        assert.ok(picture.byteLength > 10_000);
        await webview.send({ type: 'explained', seq: 2, proof: explained });
        await webview.page.screenshot({ path: join(PICTURES, `plan-${width}-${theme}.png`), fullPage: true });
        await webview.page.close();
      }
    });
  }

  it('takes every colour from the theme, with a fallback', () => {
    const folder = join(ROOT, 'src/panel/styles');
    const known = new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables)));
    for (const file of readdirSync(folder)) {
      const css = readFileSync(join(folder, file), 'utf8');
      assert.deepEqual(css.match(/var\(--vscode-[\w-]+\)/g), null, `${file}: without a fallback`);
      for (const [name] of css.matchAll(/--vscode-[\w-]+/g)) assert.ok(known.has(name), `${file}: no theme knows ${name}`);
      const outsideFallback = css.replace(/var\(.*\)/g, '');
      assert.deepEqual(outsideFallback.match(/#[0-9a-f]{3,8}\b|rgba?\(/gi), null, `${file}: a colour of its own`);
    }
  });
});

async function unfoldAll({ page }: Webview): Promise<void> {
  await page.locator('details').evaluateAll(all => all.forEach(node => ((node as unknown as { open: boolean }).open = true)));
  await page.getByRole('button', { name: 'Dismiss…' }).first().click();
}
