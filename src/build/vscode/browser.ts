import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { projectRoot } from './paths';
import { lastLines, runToEnd } from './processes';
import type { Say } from './say';

const downloadTimeoutMs = 5 * 60_000;

/** One way to come by a browser: null means that it does not apply or did not work, and the next one is tried. */
type Way = (say: Say) => Promise<string | null>;

/**
 * Finds a Chromium that runs, or installs one, in this order: CHROMIUM_PATH, the system's own,
 * Playwright's download, Debian's package.
 * @returns the path of its executable.
 * @throws Error with the next step when every way failed.
 */
export async function findBrowser(say: Say): Promise<string> {
  const ways: Way[] = [fromEnvironment, fromSystem, fromPlaywright, fromDebian];
  for (const way of ways) {
    const executable = await way(say);
    if (executable !== null) {
      return executable;
    }
  }
  throw new Error(
    'No Chromium was found and none could be installed.\n' +
      'Next step: install Chromium or Google Chrome, or set CHROMIUM_PATH to the executable of one, and run the same command again.',
  );
}

/** Starts a headless browser. The caller closes it; it does not outlive this process either way. */
export async function launchBrowser(say: Say): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(say),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    // Signals are this program's business (see ending.ts): two handlers would race.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

async function fromEnvironment(say: Say): Promise<string | null> {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted === undefined || wanted === '') {
    return null;
  }
  if (await runs(wanted)) {
    return wanted;
  }
  say(`CHROMIUM_PATH is ${wanted}, which does not run; looking for another browser.`);
  return null;
}

async function fromSystem(): Promise<string | null> {
  for (const candidate of systemCandidates()) {
    if (await runs(candidate)) {
      return candidate;
    }
  }
  return null;
}

function systemCandidates(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        name => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
        .filter(root => root !== undefined)
        .flatMap(root => [
          path.join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          path.join(root, 'Chromium', 'Application', 'chrome.exe'),
          path.join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ]);
    default:
      return (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean).flatMap(folder =>
        ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(name => path.join(folder, name)),
      );
  }
}

/** Playwright's command line downloads the build that belongs to this version of the library. */
async function fromPlaywright(say: Say): Promise<string | null> {
  const expected = chromium.executablePath();
  if (await runs(expected)) {
    return expected;
  }
  say("No Chromium on this machine. Trying Playwright's download...");
  const cli = path.join(projectRoot, 'node_modules', 'playwright-core', 'cli.js');
  const result = await runToEnd(process.execPath, [cli, 'install', 'chromium', '--no-shell', '--no-progress'], {
    timeoutMs: downloadTimeoutMs,
  });
  if (result.code !== 0) {
    say(`Playwright's download failed: ${reasonIn(result.output)}`);
    return null;
  }
  if (await runs(expected)) {
    return expected;
  }
  say("Playwright's Chromium was downloaded but does not run; system libraries are probably missing.");
  return null;
}

async function fromDebian(say: Say): Promise<string | null> {
  if (process.getuid?.() !== 0 || !(await isDebian())) {
    return null;
  }
  say('Trying the Debian package "chromium" (apt-get)...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const result = await runToEnd('apt-get', args, { env, timeoutMs: downloadTimeoutMs });
    if (result.code !== 0) {
      say(`apt-get ${args[0]} failed: ${reasonIn(result.output)}`);
      return null;
    }
  }
  return (await runs('/usr/bin/chromium')) ? '/usr/bin/chromium' : null;
}

/** Ubuntu's package of the same name only points at a snap. */
async function isDebian(): Promise<boolean> {
  const release = await fs.readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID=debian$/m.test(release);
}

/**
 * A file alone proves nothing: it may be a stub that asks for a snap, or lack libraries.
 * On Windows asking for the version would open a window, so there the file has to do.
 */
async function runs(executable: string): Promise<boolean> {
  const present = await fs.access(executable, fs.constants.X_OK).then(() => true, () => false);
  if (!present || process.platform === 'win32') {
    return present;
  }
  const result = await runToEnd(executable, ['--version'], { timeoutMs: 30_000 });
  return result.code === 0 && /\d+\.\d+/.test(result.output);
}

function reasonIn(output: string): string {
  const lines = output.split('\n').map(line => line.trim()).filter(Boolean);
  return lines.find(line => /error|E:|getaddrinfo|ECONN/i.test(line)) ?? lastLines(output, 1);
}
