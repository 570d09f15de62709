import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What tests measure with and this project does not use itself. Git ignores it; delete it to have it anew. */
const CACHE = resolve(__dirname, '../../.cache');
const INSTALL_MS = 5 * 60_000;

type Versions = Readonly<Record<string, string>>;

/** Packages of npm at these versions, installed once. @returns their `node_modules` */
export function npmPackages(versions: Versions): string {
  return join(once('npm', versions, (folder) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: versions }));
    run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], folder);
  }), 'node_modules');
}

/** Packages of PyPI at these versions, installed once. @returns the folder for PYTHONPATH */
export function pythonPackages(versions: Versions): string {
  return once('pypi', versions, (folder) => {
    const wanted = Object.entries(versions).map(([name, version]) => `${name}==${version}`);
    run('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder, ...wanted], folder);
  });
}

/** A Node of a major version, from npm's package of that name. @returns the program */
export function nodeVersion(version: string): string {
  return join(npmPackages({ node: version }), 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** An installation takes its name when it is complete, so that one that was cut off is made anew. */
function once(kind: string, versions: Versions, install: (folder: string) => void): string {
  const key = createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `${kind}-${key}`);
  if (existsSync(folder)) return folder;
  const aside = `${folder}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    install(aside);
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return folder;
}

function run(program: string, argv: readonly string[], cwd: string): void {
  execFileSync(program, [...argv], { cwd, stdio: ['ignore', 'ignore', 'inherit'], timeout: INSTALL_MS });
}
