import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { npmCommand, npmEnvironment } from '../../../src/build/vscode/installation';
import { lastLines, runToEnd } from '../../../src/build/vscode/processes';

/** Where the bench keeps what it compares with. Git ignores it. */
export const CACHE = resolve(__dirname, '../../../.cache/bench');

const TIMEOUT_MS = 10 * 60_000;

/** eslint-plugin-unicorn 63 is the last that runs on Node 20. */
export const NPM_TOOLS: Readonly<Record<string, string>> = {
  '@astral-sh/ruff-wasm-nodejs': '0.17.4',
  '@typescript-eslint/parser': '8.73.0',
  eslint: '9.39.1',
  'eslint-plugin-sonarjs': '4.2.2',
  'eslint-plugin-unicorn': '63.0.0',
  typescript: '5.9.3',
};

/** squawk's package on PyPI carries its binary; the one on npm downloads it when it is installed. */
export const PYTHON_TOOLS: Readonly<Record<string, string>> = { pylint: '4.1.4', 'squawk-cli': '2.70.0', sqlfluff: '4.5.0' };

/** Something that a line compares with cannot be had here; the line is left out and says why. */
export class Unavailable extends Error {}

/** Installs the linters that npm has, once. @returns the folder that holds their node_modules. @throws Unavailable */
export function npmTools(): Promise<string> {
  return once('npm-tools', NPM_TOOLS, async (folder) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: NPM_TOOLS }));
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  });
}

/** Installs the linters that PyPI has, once. @returns the folder of their programs. @throws Unavailable */
export async function pythonTools(): Promise<string> {
  const folder = await once('python-tools', PYTHON_TOOLS, async (made) => {
    await run(python(), ['-m', 'venv', made], made);
    const wanted = Object.entries(PYTHON_TOOLS).map(([name, version]) => `${name}==${version}`);
    await run(join(made, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted], made);
  });
  return join(folder, 'bin');
}

/** Unpacks packages from npm without installing them. @returns the folder, with a folder for each. @throws Unavailable */
export function npmSources(packages: Readonly<Record<string, string>>): Promise<string> {
  return once('npm-sources', packages, async (folder) => {
    for (const [name, version] of Object.entries(packages)) {
      const packed = await npm(['pack', `${name}@${version}`, '--silent', '--ignore-scripts'], folder);
      mkdirSync(join(folder, name), { recursive: true });
      await run('tar', ['-xzf', packed.trim().split('\n').at(-1)!, '-C', name, '--strip-components=1'], folder);
    }
  });
}

/** Unpacks packages from PyPI without installing them. @returns the folder, with a folder for each. @throws Unavailable */
export function pythonSources(packages: Readonly<Record<string, string>>): Promise<string> {
  return once('python-sources', packages, async (folder) => {
    for (const [name, version] of Object.entries(packages)) {
      const wheels = join(folder, `${name}.wheels`);
      await run(python(), ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '-d', wheels, `${name}==${version}`], folder);
      await run('sh', ['-c', `"$0" -m zipfile -e "$1"/*.whl "$2"`, python(), wheels, join(folder, name)], folder);
      rmSync(wheels, { recursive: true });
    }
  });
}

/** Makes a folder of the cache, unless it was made of the same versions before. */
async function once(name: string, versions: Readonly<Record<string, string>>, make: (folder: string) => Promise<void>): Promise<string> {
  if (process.platform === 'win32') throw new Unavailable('comparisons with other programs need a POSIX shell');
  const hash = createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `${name}-${hash}`);
  if (existsSync(join(folder, 'made'))) return folder;
  console.log(`Fetching ${Object.keys(versions).join(', ')} (once)...`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await make(folder);
  writeFileSync(join(folder, 'made'), '');
  return folder;
}

function npm(args: readonly string[], folder: string): Promise<string> {
  const { command, args: first } = npmCommand();
  return run(command, [...first, ...args, '--prefix', folder], folder);
}

const python = (): string => process.env.PYTHON ?? 'python3';

/** @throws Unavailable with what the program said. */
async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await runToEnd(command, [...args], { cwd, env: npmEnvironment(), timeoutMs: TIMEOUT_MS });
  if (code !== 0) throw new Unavailable(`${[command, ...args].join(' ')} failed: ${lastLines(output)}`);
  return output;
}
