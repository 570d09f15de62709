import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { panelHtml } from '../../src/panel/html';
import type { ToConversation } from '../../src/panel/conversation/protocol';
import type { FromPanel, ToPanel } from '../../src/panel/protocol';
import { themes } from './themes.json';

export type ThemeName = keyof typeof themes;
export const THEMES = Object.keys(themes) as ThemeName[];

const ORIGIN = 'https://webview.test';

export interface WebviewOptions {
  readonly theme?: ThemeName;
  /** Pixels; a sidebar is about 300. */
  readonly width?: number;
  readonly height?: number;
  /** Pixels of the screen for one of the page. */
  readonly pixelRatio?: number;
  readonly reducedMotion?: boolean;
  /** The report unless told. */
  readonly view?: 'report' | 'conversation';
}


/** A page that treats the panel as VS Code's webview does: its policy, its theme, its script interface. */
export interface Webview {
  readonly page: Page;
  /** What the panel has posted so far, unchecked. */
  posted(): Promise<unknown[]>;
  /** The last message of a type; waits until there is one. */
  postedOf<K extends FromPanel['type']>(type: K): Promise<Extract<FromPanel, { type: K }>>;
  forgetPosted(): Promise<void>;
  /** Sends a message and waits until the panel has acknowledged and shown it. */
  send(message: ToPanel | ToConversation): Promise<void>;
  /** Sends anything at all, and waits as long as an answer would take. */
  sendRaw(data: unknown): Promise<void>;
  /** Errors of the page and violations of its content security policy. */
  problems(): Promise<string[]>;
}

/** What test/panel/vscode.js leaves in the page. */
interface Imitation {
  readonly imitation: {
    readonly posted: unknown[];
    readonly violations: string[];
    send(data: unknown): void;
    rendered(): Promise<void>;
  };
}

/** The panel's script, bundled as src/build/build.ts does it. */
export async function bundlePanel(): Promise<string> {
  const result = await build({
    entryPoints: [join(__dirname, '../../src/panel/main.ts')],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  });
  return result.outputFiles[0]!.text;
}

export async function openWebview(browser: Browser, script: string, options: WebviewOptions = {}): Promise<Webview> {
  const { theme = 'dark', width = 300, height = 900, pixelRatio = 1, reducedMotion = false, view } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: pixelRatio,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  const nonce = randomBytes(16).toString('base64url');
  const html = panelHtml({ cspSource: ORIGIN, nonce, scriptUri: `${ORIGIN}/panel.js`, view });
  await page.route(`${ORIGIN}/**`, route =>
    route.request().url().endsWith('/panel.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({ contentType: 'text/html', body: html }),
  );
  await page.addInitScript({ path: join(__dirname, 'vscode.js') });
  await page.addInitScript({ content: `imitation.applyTheme(${JSON.stringify(themes[theme])})` });
  await page.goto(`${ORIGIN}/index.html`);

  return {
    page,
    posted: () => page.evaluate(() => (globalThis as unknown as Imitation).imitation.posted),
    async postedOf(type) {
      const found = await page.waitForFunction(
        wanted => (globalThis as unknown as Imitation).imitation.posted.findLast(message => (message as FromPanel).type === wanted),
        type,
      );
      return found.jsonValue() as Promise<never>;
    },
    forgetPosted: () => page.evaluate(() => void ((globalThis as unknown as Imitation).imitation.posted.length = 0)),
    async send(message) {
      await page.evaluate(data => (globalThis as unknown as Imitation).imitation.send(data), message as unknown);
      await page.waitForFunction(
        seq => (globalThis as unknown as Imitation).imitation.posted.some(posted => {
          const answer = posted as FromPanel;
          return answer.type === 'ack' && answer.seq === seq;
        }),
        message.seq,
      );
      await page.evaluate(() => (globalThis as unknown as Imitation).imitation.rendered());
    },
    async sendRaw(data) {
      await page.evaluate(async value => {
        const { imitation } = globalThis as unknown as Imitation;
        imitation.send(value);
        await imitation.rendered();
      }, data);
    },
    problems: async () => [...errors, ...(await page.evaluate(() => (globalThis as unknown as Imitation).imitation.violations))],
  };
}
