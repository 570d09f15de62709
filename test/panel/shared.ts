import { launchBrowser } from '../../src/build/vscode/browser';
import { bundlePanel, Webviews } from './webview';

let shared: Promise<Webviews> | undefined;
let close = async (): Promise<void> => undefined;

/** One browser and one bundle for every test of this process. */
export function sharedWebviews(): Promise<Webviews> {
  return (shared ??= start());
}

async function start(): Promise<Webviews> {
  const [script, browser] = await Promise.all([bundlePanel(), launchBrowser(line => console.log(line))]);
  close = () => browser.close();
  return new Webviews(browser, script);
}

// Outside of every `describe`: when the last test of the process has ended.
after(() => close());
