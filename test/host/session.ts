import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../src/build/vscode/browser';
import { type CodeServer, startCodeServer } from '../../src/build/vscode/codeServer';
import { installCodeServer } from '../../src/build/vscode/installation';
import { createProfile, installExtension, type Profile, type Settings } from '../../src/build/vscode/profile';
import { temporaryFolder } from '../../src/build/vscode/temporaryFolder';

export interface SessionOptions {
  /** The packaged extension to install. */
  readonly vsix: string;
  /** User settings over the quiet defaults. */
  readonly settings?: Settings;
  readonly trusted: boolean;
  readonly testDriver?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** In CSS pixels; 1440 x 900 unless told. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A VS Code server of its own with the extension installed, and a browser page that shows nothing yet. */
export interface Session {
  readonly server: CodeServer;
  readonly page: Page;
  readonly profile: Profile;
  /** Ends the browser and the server with all it started, and removes the profile. */
  dispose(): Promise<void>;
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const installation = await installCodeServer(say);
  const folder = temporaryFolder();
  const profile = await createProfile(path.join(folder.path, 'profile'), options.settings);
  await installExtension(installation, profile, options.vsix);
  const server = await startCodeServer(installation, {
    profile,
    trusted: options.trusted,
    testDriver: options.testDriver,
    env: { HOME: profile.home, USERPROFILE: profile.home, ...options.env },
  });
  try {
    const browser = await launchBrowser(say);
    const page = await browser.newPage({ viewport: options.viewport ?? { width: 1440, height: 900 } });
    const dispose = async (): Promise<void> => {
      await browser.close();
      await server.stop();
      folder.remove();
    };
    return { server, page, profile, dispose };
  } catch (error) {
    await server.stop();
    folder.remove();
    throw error;
  }
}

function say(line: string): void {
  console.log(line);
}
