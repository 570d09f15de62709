import * as assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToPanel } from '../../src/panel/protocol';
import { changesSince, snapshotOf } from '../../src/report/changes';
import { audit, auditColours } from './audit';
import { manyFindings } from './manyFindings';
import { explained, golden, goldenWithout, READY, reportMessage } from './reports';
import { themes } from './themes.json';
import { sharedWebviews } from './shared';
import { OTHER_THEMES, THEMES, type Webview, type Webviews } from './webview';

const ROOT = join(__dirname, '../..');
const PICTURES = join(ROOT, 'out/panel');

interface Scene {
  readonly messages: readonly ToPanel[];
  /** Opens each disclosure and a form. */
  readonly unfold?: boolean;
  /** What the user has done. */
  readonly act?: (webview: Webview) => Promise<void>;
}

const CHANGED = goldenWithout('slow-endpoint', 'edited');

/** Everything the panel can look like. */
const SCENES: Readonly<Record<string, Scene>> = {
  unfolded: { messages: [reportMessage(1, golden('slow-endpoint'))], unfold: true },
  proved: { messages: [reportMessage(1, golden('proved'))], unfold: true },
  explained: { messages: [reportMessage(1, golden('decided')), { type: 'explained', seq: 2, proof: explained }] },
  unobserved: { messages: [reportMessage(1, golden('unobserved'))], unfold: true },
  estimates: { messages: [reportMessage(1, golden('estimates'))], unfold: true },
  hostile: { messages: [reportMessage(1, golden('hostile'))], unfold: true },
  changed: { messages: [reportMessage(1, CHANGED, READY, changesSince(snapshotOf(goldenWithout('slow-endpoint', 'waiting')), CHANGED))] },
  continued: { messages: [reportMessage(1, manyFindings(25))] },
  filtered: { messages: [reportMessage(1, golden('slow-endpoint'))], act: webview => filter(webview, 'queries') },
  'filtered out': { messages: [reportMessage(1, golden('slow-endpoint'))], act: webview => filter(webview, 'nothing like it') },
  empty: { messages: [reportMessage(1, golden('nothing-known'))] },
  loading: { messages: [reportMessage(1, null)] },
  restricted: { messages: [reportMessage(1, golden('decided'), { ...READY, trusted: false })] },
  folderless: { messages: [reportMessage(1, null, { hasWorkspace: false, trusted: true, hasAdvisor: false })] },
  busy: {
    messages: [
      reportMessage(1, golden('decided')),
      { type: 'error', seq: 2, code: 'no-python', message: 'Python was not found. Install it, or set python.defaultInterpreterPath.' },
      { type: 'progress', seq: 3, running: null },
    ],
  },
  progress: { messages: [reportMessage(1, golden('decided')), { type: 'progress', seq: 2, running: { label: 'npm run bench', startedAt: Date.now() - 83_000, file: 'src/orders.ts', functionName: 'listOrders' } }] },
  trend: { messages: [reportMessage(1, golden('improving'))], act: ({ page }) => page.getByRole('heading', { name: 'Targets over Time' }).click() },
};

describe('panel in each theme', function () {
  this.timeout(180_000);
  let webviews: Webviews;
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    webviews = await sharedWebviews();
  });

  for (const [name, { messages, unfold = false, act }] of Object.entries(SCENES)) {
    it(`${name} has nothing for axe to find, in any theme`, async () => {
      // Tall enough for all of it, so that no card is skipped for being off the screen.
      const webview = await webviews.open({ height: 12_000, reducedMotion: true });
      for (const message of messages) await webview.send(message);
      if (unfold) await unfoldAll(webview);
      await act?.(webview);
      assert.equal(await audit(webview.page), '');
      for (const theme of OTHER_THEMES) {
        await webview.wear(theme);
        assert.equal(await auditColours(webview.page), '', theme);
      }
    });
  }

  for (const width of [300, 640]) {
    it(`is pictured in each, ${width} pixels wide`, async () => {
      const surface = width > 500 ? 'editor' : 'sidebar';
      const webview = await webviews.open({ width, surface, pixelRatio: 2, reducedMotion: true });
      const pictured = async (name: string): Promise<void> => {
        for (const theme of THEMES) {
          await webview.wear(theme);
          const picture = await webview.page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}.png`), fullPage: true });
          assert.ok(picture.byteLength > 10_000);
        }
      };
      await webview.send(SCENES['changed']!.messages[0]!);
      await pictured('report');
      await webview.send({ type: 'explained', seq: 2, proof: explained });
      await pictured('plan');
      await webview.send({ type: 'explained', seq: 3, proof: null });
      await filter(webview, 'queries');
      await pictured('filtered');
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

async function filter({ page }: Webview, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('textbox', { name: 'Search findings' }).fill(text);
  await page.getByText(/ findings match\.$/).first().waitFor();
}
