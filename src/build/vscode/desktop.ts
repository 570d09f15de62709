import * as path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { scrubbedEnvironment } from './environment';
import { editorCache, projectRoot } from './paths';
import { type Ended, lastLines, runToEnd, startGroup } from './processes';
import { createProfile } from './profile';
import type { Say } from './say';
import { temporaryFolder } from './temporaryFolder';

const onWindows = process.platform === 'win32';

/** Why no window of a desktop VS Code can be seen here, or null where one can. */
export function withoutDesktop(): string | null {
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) {
    return 'This terminal belongs to a remote VS Code, which cannot open a window for an extension under development.';
  }
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  return process.platform === 'linux' && !display ? 'There is no display for a desktop VS Code.' : null;
}

/**
 * Opens `folder` in the installed VS Code, with the extension as it is in this checkout.
 * @returns whether a window was opened; if not, the reason was said.
 */
export async function openInstalled(folder: string, say: Say): Promise<boolean> {
  const code = await findInstalled();
  if (code === null) {
    say('There is no "code" command on this machine.');
    return false;
  }
  if (!isSupported(code.version)) {
    say(`The installed VS Code ${code.version} is too old; the extension needs ${requiredVersion()}.`);
    return false;
  }
  const superuser = isSuperuser() ? ['--user-data-dir', path.join(editorCache, 'user-data')] : [];
  const args = ['--new-window', ...developmentArguments(), ...superuser, folder];
  const result = await runCode(code.command, args);
  if (result.code !== 0) {
    say(`The installed VS Code ended with exit code ${result.code}: ${lastLines(result.output, 1)}`);
    return false;
  }
  say(`VS Code ${code.version} is open with the extension.`);
  return true;
}

/**
 * Downloads VS Code with @vscode/test-electron (once) and keeps its window open until the person closes it.
 * @returns whether a window was opened; if not, the reason was said.
 */
export async function openDownloaded(folder: string, say: Say): Promise<boolean> {
  say('Downloading VS Code (once)...');
  const executable = await downloadAndUnzipVSCode({ cachePath: editorCache, version: 'stable' }).catch((error: Error) => {
    say(`VS Code could not be downloaded: ${error.message.split('\n')[0]}`);
    return null;
  });
  if (executable === null) {
    return false;
  }
  const temporary = temporaryFolder();
  const profile = await createProfile(path.join(temporary.path, 'profile'));
  const own = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  const args = [...developmentArguments(), ...own, '--disable-workspace-trust', '--disable-updates', folder];
  say('VS Code is open with the extension. Close its window, or press Ctrl+C here, to stop.');
  const { code, output } = await startGroup(executable, args, { env: scrubbedEnvironment() }).ended;
  temporary.remove();
  if (code !== 0) {
    say(`The downloaded VS Code ended with exit code ${code}: ${lastLines(output, 1)}`);
  }
  return code === 0;
}

function developmentArguments(): string[] {
  return [`--extensionDevelopmentPath=${projectRoot}`, ...sandboxArguments()];
}

/** Chromium's sandbox refuses to run for the superuser of a Linux system, as in a container. */
export function sandboxArguments(): string[] {
  return isSuperuser() ? ['--no-sandbox'] : [];
}

function isSuperuser(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

async function findInstalled(): Promise<{ command: string; version: string } | null> {
  const candidates = ['code', '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'];
  for (const command of candidates) {
    const { code, output } = await runCode(command, [...sandboxArguments(), '--version']);
    const version = /^\d+\.\d+\.\d+/m.exec(output)?.[0];
    if (code === 0 && version !== undefined) {
      return { command, version };
    }
  }
  return null;
}

/** On Windows "code" is a batch file, which only a shell starts. A path there cannot contain a quotation mark. */
function runCode(command: string, args: readonly string[]): Promise<Ended> {
  const options = { env: scrubbedEnvironment(), timeoutMs: 60_000, shell: onWindows };
  return onWindows
    ? runToEnd(`"${command}"`, args.map(arg => `"${arg}"`), options)
    : runToEnd(command, args, options);
}

function requiredVersion(): string {
  const manifest = require(path.join(projectRoot, 'package.json')) as { engines: { vscode: string } };
  return manifest.engines.vscode.replace('^', '');
}

/** Major and minor decide; every version since the required one has kept VS Code's API. */
function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [requiredMajor = 0, requiredMinor = 0] = requiredVersion().split('.').map(Number);
  return major > requiredMajor || (major === requiredMajor && minor >= requiredMinor);
}
