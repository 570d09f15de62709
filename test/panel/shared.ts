import { launchBrowser } from '../../src/build/vscode/browser';
import { bundleCharts, bundlePanel, Webviews } from './webview';

let shared: Promise<Webviews> | undefined;
let close = async (): Promise<void> => undefined;

/** One browser and one bundle for every test of this process. */
export function sharedWebviews(): Promise<Webviews> {
  return (shared ??= start());
}

async function start(): Promise<Webviews> {
  const [script, charts, browser] = await Promise.all([bundlePanel(), bundleCharts(), launchBrowser(line => console.log(line))]);
  close = () => browser.close();
  return new Webviews(browser, script, charts);
}

// Outside of every `describe`: when the last test of the process has ended.
after(() => close());
