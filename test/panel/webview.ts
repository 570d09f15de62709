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

/** Those that a webview does not begin in. */
export const OTHER_THEMES = THEMES.filter(theme => theme !== 'dark');

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
  /** Where it is shown: the sidebar unless told. */
  readonly surface?: 'sidebar' | 'editor';
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
  /** Shows the same in another theme, as when the user chooses one. */
  wear(theme: ThemeName): Promise<void>;
  /** Errors of the page and violations of its content security policy. */
  problems(): Promise<string[]>;
}

/** What test/panel/vscode.js leaves in the page. */
interface Imitation {
  readonly imitation: {
    readonly posted: unknown[];
    readonly violations: string[];
    send(data: unknown): void;
    applyTheme(name: string): void;
    rendered(): Promise<void>;
  };
}

/** The panel's script, bundled as src/build/build.ts does it. */
export const bundlePanel = (): Promise<string> => bundle('main.ts');

/** That of the charts, which the panel loads. */
export const bundleCharts = (): Promise<string> => bundle('charts/main.ts');

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [join(__dirname, '../../src/panel', entry)],
    loader: { '.css': 'text' },
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  });
  return result.outputFiles[0]!.text;
}

/** A page of the browser's that shows one webview after the other: a page costs far more than a document in it. */
interface Sheet {
  readonly page: Page;
  /** What the page loads next. */
  html: string;
  errors: string[];
  visits: number;
}

/** Webviews in one browser. What they share is a page; each starts from a new document and an empty store. */
export class Webviews {
  private readonly sheets = new Map<string, Promise<Sheet>>();

  constructor(private readonly browser: Browser, private readonly script: string, private readonly charts = '') {}

  /** The one that was opened before with the same pixel ratio and motion is gone then. */
  async open(options: WebviewOptions = {}): Promise<Webview> {
    const { theme = 'dark', width = 300, height = 900, pixelRatio = 1, reducedMotion = false, view, surface } = options;
    const key = `${pixelRatio} ${reducedMotion}`;
    const sheet = await (this.sheets.get(key) ?? this.keep(key, this.newSheet(pixelRatio, reducedMotion)));
    const nonce = randomBytes(16).toString('base64url');
    sheet.html = panelHtml({ cspSource: ORIGIN, nonce, scriptUri: `${ORIGIN}/panel.js`, view, surface });
    sheet.errors = [];
    sheet.visits += 1;
    await sheet.page.setViewportSize({ width, height });
    await sheet.page.goto(`${ORIGIN}/index.html?${sheet.visits}#${theme}`);
    return webviewOn(sheet.page, sheet.errors);
  }

  private keep(key: string, sheet: Promise<Sheet>): Promise<Sheet> {
    this.sheets.set(key, sheet);
    return sheet;
  }

  private async newSheet(pixelRatio: number, reducedMotion: boolean): Promise<Sheet> {
    const page = await this.browser.newPage({ deviceScaleFactor: pixelRatio, reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
    const sheet: Sheet = { page, html: '', errors: [], visits: 0 };
    page.on('pageerror', error => sheet.errors.push(error.message));
    await page.route(`${ORIGIN}/**`, route => {
      const script = { '/panel.js': this.script, '/charts.js': this.charts }[new URL(route.request().url()).pathname];
      return script === undefined ? route.fulfill({ contentType: 'text/html', body: sheet.html }) : route.fulfill({ contentType: 'text/javascript', body: script });
    });
    await page.addInitScript({ path: join(__dirname, 'vscode.js') });
    await page.addInitScript({ content: `imitation.themes = ${JSON.stringify(themes)}; imitation.applyTheme(location.hash.slice(1));` });
    return sheet;
  }
}

function webviewOn(page: Page, errors: readonly string[]): Webview {
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
      // As text: Playwright takes seconds to hand over a large object.
      await page.evaluate(text => (globalThis as unknown as Imitation).imitation.send(JSON.parse(text)), JSON.stringify(message));
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
    wear: theme => page.evaluate(name => (globalThis as unknown as Imitation).imitation.applyTheme(name), theme),
    problems: async () => [...errors, ...(await page.evaluate(() => (globalThis as unknown as Imitation).imitation.violations))],
  };
}
