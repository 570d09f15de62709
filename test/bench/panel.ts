import type { CDPSession } from 'playwright-core';
import { launchBrowser } from '../../src/build/vscode/browser';
import { manyFindings } from '../panel/manyFindings';
import { reportMessage } from '../panel/reports';
import { bundlePanel, type Webview, Webviews } from '../panel/webview';
import type { Line } from './report';

const FINDINGS = 5000;
const ROUNDS = 7;

/** What can be felt begins at a tenth of a second; a report may take longer than a key, because nobody waits for it. */
const PAINT_BUDGET_MS = 1000;
const FILTER_BUDGET_MS = 100;

/** How long the browser's main thread works until a large report, and what a filter leaves of it, is on the screen. */
export async function largeReport(): Promise<Line[]> {
  const browser = await launchBrowser(line => console.log(line));
  try {
    const webviews = new Webviews(browser, await bundlePanel());
    const paints: number[] = [];
    const filters: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const webview = await webviews.open();
      const clock = await mainThread(webview);
      await hand(webview);
      paints.push(await clock(() => webview.page.evaluate(() => (globalThis as unknown as Handed).show())));
      const search = webview.page.getByRole('textbox', { name: 'Search findings' });
      await search.focus();
      // The first key reads every item, the ones after it what was read.
      for (const key of 'handle') filters.push(await clock(() => webview.page.keyboard.type(key)));
    }
    return [
      line(`panel: ${FINDINGS.toLocaleString('en')} findings painted`, paints, PAINT_BUDGET_MS),
      line(`panel: ${FINDINGS.toLocaleString('en')} findings filtered, a key`, filters, FILTER_BUDGET_MS),
    ];
  } finally {
    await browser.close();
  }
}

interface Handed {
  /** Gives the panel its report and waits until it is painted. */
  show(): Promise<void>;
  readonly imitation: { send(message: unknown): void; rendered(): Promise<void>; readonly posted: readonly { readonly type: string }[] };
}

/** Puts the report into the page, so that what is timed begins where VS Code hands it over. */
async function hand({ page }: Webview): Promise<void> {
  await page.evaluate(text => {
    const handed = globalThis as unknown as { show: Handed['show'] } & Omit<Handed, 'show'>;
    const message: unknown = JSON.parse(text);
    handed.show = async () => {
      handed.imitation.send(message);
      while (!handed.imitation.posted.some(({ type }) => type === 'ack')) await new Promise(resolve => setTimeout(resolve, 5));
      await handed.imitation.rendered();
    };
  }, JSON.stringify(reportMessage(1, manyFindings(FINDINGS))));
}

type Clock = (work: () => Promise<unknown>) => Promise<number>;

/** Processor time of the page's main thread until the work is on the screen, in milliseconds. */
async function mainThread({ page }: Webview): Promise<Clock> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async work => {
    const before = await taskSeconds(session);
    await work();
    await page.evaluate(() => (globalThis as unknown as Handed).imitation.rendered());
    return ((await taskSeconds(session)) - before) * 1000;
  };
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value;
}

function line(name: string, samples: readonly number[], budget: number): Line {
  const sorted = [...samples].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1]!;
  return {
    name,
    figure: `median ${median.toFixed(0)} ms, max ${sorted.at(-1)!.toFixed(0)} ms`,
    budget: `${budget} ms`,
    met: median <= budget,
    detail: `${samples.length} samples of the main thread's processor time`,
  };
}
