import * as assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser } from '../../src/build/vscode/browser';
import { isFromPanel } from '../../src/panel/protocol';
import type { Report } from '../../src/report/model';
import { golden, reportMessage } from './reports';
import { bundlePanel, openWebview, type Webview, type WebviewOptions } from './webview';

export interface Panel {
  /** The panel's bundle. */
  readonly script: string;
  /** The page of the running test. */
  readonly webview: Webview;
  /** Opens a page with the panel; the test's end closes it. */
  open(options?: WebviewOptions): Promise<Webview>;
  /** Opens a page and shows a golden report in it, as message 1. */
  show(name: string, options?: WebviewOptions): Promise<Report>;
  card(itemId: string): Locator;
}

/**
 * For a `describe`: one browser for its tests and one page for each. Whatever a test does, its page must
 * neither fail, nor do what its policy forbids, nor post what the protocol does not know.
 */
export function usePanel(): Panel {
  let browser: Browser;
  let script: string;
  let webview: Webview | undefined;

  before(async () => {
    script = await bundlePanel();
    browser = await launchBrowser(line => console.log(line));
  });
  after(() => browser?.close());

  afterEach(async () => {
    if (webview === undefined) return;
    const problems = await webview.problems();
    const posted = await webview.posted();
    await webview.page.close();
    webview = undefined;
    assert.deepEqual(problems, []);
    assert.deepEqual(posted.filter(message => !isFromPanel(message)), []);
  });

  const open = async (options?: WebviewOptions): Promise<Webview> => {
    await webview?.page.close();
    return (webview = await openWebview(browser, script, options));
  };
  return {
    open,
    get script() {
      return script;
    },
    get webview() {
      return webview!;
    },
    async show(name, options) {
      const { send } = await open(options);
      const report = golden(name);
      await send(reportMessage(1, report));
      return report;
    },
    card: itemId => webview!.page.locator(`[data-item="${itemId}"]`),
  };
}

/** Text as it is read: one space where the page has any white space. */
export function squeezed(text: string | null): string {
  return (text ?? '').replace(/\s+/gu, ' ').trim();
}
