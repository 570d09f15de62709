import { rmSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { undoAtExit } from './ending';
import { searchPathName } from './environment';
import { editorCache } from './paths';
import { lastLines, runToEnd } from './processes';
import type { Say } from './say';

/** code-server 4.139.1 is VS Code 1.139.1 and runs on Node 24 only, hence a Node of its own. */
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';
const npmTimeoutMs = 10 * 60_000;

/** A VS Code server from npm, ready to be started. */
export interface CodeServerInstallation {
  /** The Node binary it needs. */
  readonly node: string;
  /** The script that Node is to run. */
  readonly entry: string;
}

/**
 * Installs code-server from npm, once per version; later calls find it in the cache.
 * It is put together in a folder of its own and renamed when it works, so neither an interrupted installation
 * nor two at the same time leave half a server behind.
 * @throws Error with the end of npm's output and the next step.
 */
export async function installCodeServer(say: Say): Promise<CodeServerInstallation> {
  const folder = path.join(
    editorCache,
    `code-server-${codeServerVersion}-node-${nodeVersion}-${process.platform}-${process.arch}`,
  );
  if (!(await isComplete(folder))) {
    say(`Installing VS Code from npm (code-server ${codeServerVersion}, once, about 740 MB on disk)...`);
    const started = Date.now();
    await fs.mkdir(editorCache, { recursive: true });
    const partial = await fs.mkdtemp(`${folder}.partial-`);
    const discard = undoAtExit(() => rmSync(partial, { recursive: true, force: true }));
    try {
      await installInto(partial);
      await fs.writeFile(stampOf(partial), `${new Date().toISOString()}\n`);
      await putInPlace(partial, folder);
    } finally {
      discard();
    }
    say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  }
  return filesOf(folder);
}

function filesOf(folder: string): CodeServerInstallation {
  const node = process.platform === 'win32' ? 'node.exe' : 'node';
  return {
    node: path.join(folder, 'node_modules', nodePackage(), 'bin', node),
    entry: path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/** The package with the binary itself: unlike the package "node", it needs no install script. */
function nodePackage(): string {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${system}-${process.arch}`;
}

function stampOf(folder: string): string {
  return path.join(folder, 'installed');
}

async function isComplete(folder: string): Promise<boolean> {
  return fs.access(stampOf(folder)).then(() => true, () => false);
}

async function installInto(folder: string): Promise<void> {
  await fs.writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const { node, entry } = filesOf(folder);
  const editor = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  await npmInstall(folder, [`${nodePackage()}@${nodeVersion}`]);
  // Native modules come with binaries; their install scripts would only ask for a compiler.
  const onNode24 = path.dirname(node);
  await npmInstall(folder, [`code-server@${codeServerVersion}`, '--ignore-scripts'], onNode24);
  await npmInstall(editor, ['--omit=dev', '--ignore-scripts'], onNode24);
  await npmInstall(path.join(editor, 'extensions'), ['--omit=dev', '--ignore-scripts'], onNode24);
  const check = await runToEnd(node, [entry, '--version'], { timeoutMs: 60_000 });
  if (check.code !== 0) {
    throw installationError('it was installed but does not start', check.output);
  }
}

async function npmInstall(folder: string, args: readonly string[], firstOnPath?: string): Promise<void> {
  const npm = npmCommand();
  const flags = ['--prefix', folder, '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = await runToEnd(npm.command, [...npm.args, 'install', ...args, ...flags], {
    cwd: folder,
    env: npmEnvironment(firstOnPath),
    timeoutMs: npmTimeoutMs,
  });
  if (result.code !== 0) {
    throw installationError(`npm install ${args[0]} failed`, result.output);
  }
}

/** The npm that runs this script, if one does: on Windows a bare "npm" is a batch file, which needs a shell. */
export function npmCommand(): { command: string; args: string[] } {
  const running = process.env['npm_execpath'];
  return running !== undefined && path.basename(running) === 'npm-cli.js'
    ? { command: 'node', args: [running] }
    : { command: 'npm', args: [] };
}

/** npm's own settings stay (registry, proxy, cache), but not those that point it at this checkout. */
export function npmEnvironment(firstOnPath?: string): NodeJS.ProcessEnv {
  const pathName = searchPathName();
  const searched = [firstOnPath, process.env[pathName]].filter(part => part !== undefined).join(path.delimiter);
  const env: NodeJS.ProcessEnv = { ...process.env, [pathName]: searched };
  for (const name of ['npm_config_local_prefix', 'npm_config_prefix', 'NODE_OPTIONS']) {
    delete env[name];
  }
  return env;
}

/** Somebody else may have finished first; then theirs is as good as ours. */
async function putInPlace(partial: string, folder: string): Promise<void> {
  try {
    await fs.rename(partial, folder);
  } catch (error) {
    if (await isComplete(folder)) {
      return;
    }
    throw error;
  }
}

function installationError(reason: string, output: string): Error {
  return new Error(
    `VS Code could not be installed from npm (code-server ${codeServerVersion}): ${reason}.\n${lastLines(output)}\n` +
      'Next step: check that "npm ping" answers, then run the same command again; nothing half installed was left behind.',
  );
}
