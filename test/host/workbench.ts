import type { FrameLocator, Page } from 'playwright-core';
import type { Profile, Settings } from '../../src/build/vscode/profile';
import { demoWorkspace } from '../../src/build/vscode/paths';
import { temporaryFolder } from '../../src/build/vscode/temporaryFolder';
import { workbenchUrl } from '../../src/build/vscode/workbenchUrl';
import { buildPackage } from './buildPackage';
import { openSession } from './session';
import { copyWorkspace } from './workspace';

const readyTimeoutMs = 60_000;

export interface WorkbenchOptions {
  /** The folder to open, absolute, as it is: tests write to it. Without one, a copy of the demo is opened. */
  readonly workspace?: string;
  /** The packaged extension to install. Without one it is built, once per process. */
  readonly vsix?: string;
  /** User settings over the quiet defaults, for example `{ 'workbench.colorTheme': 'Default High Contrast' }`. */
  readonly settings?: Settings;
  /** True unless told: the folder counts as trusted. */
  readonly trusted?: boolean;
  /** In CSS pixels; 1440 x 900 unless told. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A VS Code window to be used as a person would: with mouse and keyboard, through Playwright. */
export interface Workbench {
  readonly page: Page;
  /** The server's address, without a slash at the end. */
  readonly serverUrl: string;
  /** The folder that is open. */
  readonly workspace: string;
  /** The editor's own folders, for what it has written. */
  readonly profile: Profile;
  /** The document of a webview of ours. VS Code shows it in a frame within a frame. */
  webviewFrame(): FrameLocator;
  /** Opens a file by its path in the workspace, as with "Go to File". */
  openFile(path: string): Promise<void>;
  /** Runs a command by its title, as from the command palette. */
  runCommand(title: string): Promise<void>;
  /** Ends the browser and the server, and removes what they wrote. */
  dispose(): Promise<void>;
}

/** Opens a VS Code window with the packaged extension installed. The caller disposes of it. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const vsix = options.vsix ?? (await builtPackage());
  const folder = temporaryFolder();
  const workspace = options.workspace ?? copyWorkspace(demoWorkspace, folder.path);
  const session = await openSession({ ...options, vsix, trusted: options.trusted ?? true });
  const { page, server } = session;
  const dispose = async (): Promise<void> => {
    await session.dispose();
    folder.remove();
  };
  try {
    await page.goto(workbenchUrl(server.origin, { folder: workspace }));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: readyTimeoutMs });
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    page,
    serverUrl: server.origin,
    workspace,
    profile: session.profile,
    webviewFrame: () => webviewFrame(page),
    openFile: path => pick(page, path, path.split('/').at(-1)!),
    runCommand: title => pick(page, `>${title}`, title),
    dispose,
  };
}

let built: Promise<string> | undefined;

function builtPackage(): Promise<string> {
  built ??= buildPackage();
  return built;
}

function webviewFrame(page: Page): FrameLocator {
  return page
    .frameLocator('iframe.webview.ready[src*="extensionId=performance-engineer."]')
    .frameLocator('iframe#active-frame');
}

/** What takes the focus meanwhile closes the quick input; a person would open it again. */
const PICK_ATTEMPTS = 4;
const pickTimeoutMs = 10_000;

/** Types into the quick input that F1 opens, and takes the first row that shows `label`. */
async function pick(page: Page, text: string, label: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-box input').fill(text, { timeout: pickTimeoutMs });
      await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click({ timeout: pickTimeoutMs });
      return;
    } catch (error) {
      if (attempt === PICK_ATTEMPTS) throw error;
      await page.keyboard.press('Escape');
    }
  }
}
