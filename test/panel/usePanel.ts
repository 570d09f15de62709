import * as assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { isFromPanel } from '../../src/panel/protocol';
import type { Report } from '../../src/report/model';
import { golden, reportMessage } from './reports';
import { sharedWebviews } from './shared';
import type { Webview, WebviewOptions, Webviews } from './webview';

export interface Panel {
  /** That of the running test. */
  readonly webview: Webview;
  /** Opens the panel anew. */
  open(options?: WebviewOptions): Promise<Webview>;
  /** Opens the panel and shows a golden report in it, as message 1. */
  show(name: string, options?: WebviewOptions): Promise<Report>;
  card(itemId: string): Locator;
}

/**
 * For a `describe`: a panel for each of its tests. Whatever a test does, its page must
 * neither fail, nor do what its policy forbids, nor post what the protocol does not know.
 */
export function usePanel(): Panel {
  let webviews: Webviews;
  let webview: Webview | undefined;

  before(async () => {
    webviews = await sharedWebviews();
  });

  afterEach(async () => {
    if (webview === undefined) return;
    const problems = await webview.problems();
    const posted = await webview.posted();
    webview = undefined;
    assert.deepEqual(problems, []);
    assert.deepEqual(posted.filter(message => !isFromPanel(message)), []);
  });

  const open = async (options?: WebviewOptions): Promise<Webview> => (webview = await webviews.open(options));
  return {
    open,
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
