import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { startCodeServer } from './codeServer';
import { installCodeServer } from './installation';
import { lastLines } from './processes';
import { createProfile, installExtension } from './profile';
import type { Say } from './say';
import { temporaryFolder } from './temporaryFolder';
import { workbenchUrl } from './workbenchUrl';

/**
 * Serves VS Code from npm with the packaged extension, prints its address, and opens it in the person's browser
 * where there is one. Returns only when the server ends, which on its own it does not: a signal ends this process.
 * The server runs with the person's own home folder, because that is where their Node and Python live.
 * @throws Error when VS Code cannot be installed or started, or when it ended.
 */
export async function serveInBrowser(folder: string, vsix: string, say: Say): Promise<never> {
  const installation = await installCodeServer(say);
  const profile = await createProfile(path.join(temporaryFolder().path, 'profile'));
  await installExtension(installation, profile, vsix);
  const server = await startCodeServer(installation, { profile, trusted: true });
  const url = workbenchUrl(server.origin, { folder });
  say(`\nVS Code is open with the extension at\n\n  ${url}\n\nAnybody on this machine can use it. Press Ctrl+C to stop.`);
  openWithSystem(url);
  const { code, output } = await server.ended;
  throw new Error(`VS Code's server ended with exit code ${code}.\n${lastLines(output)}`);
}

/** The address is printed anyway, so a system without an opener, or one that fails, needs no word. */
function openWithSystem(url: string): void {
  const opener = openerFor(url);
  if (opener !== null) {
    spawn(opener.command, opener.args, { stdio: 'ignore', detached: true })
      .on('error', () => undefined)
      .unref();
  }
}

function openerFor(url: string): { command: string; args: string[] } | null {
  switch (process.platform) {
    case 'darwin':
      return { command: 'open', args: [url] };
    case 'win32':
      return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
    default:
      return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? { command: 'xdg-open', args: [url] } : null;
  }
}
