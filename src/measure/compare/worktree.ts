import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { FailureError, failures } from '../../core/failures';
import type { WorkspaceFiles } from '../drivers/choice';
import { git } from '../git';

/** Checking a large repository out takes its time. */
const CHECKOUT_MS = 120_000;

/** What programs read that git does not keep: settings and data, not what was built from another state of the sources. */
const LOCAL_DATA = /(?:^|\/)\.env[^/]*$|\.(?:db|sqlite3?|csv|tsv|json|jsonl|ndjson|parquet|ya?ml|toml)$/i;

/** Folders of what is installed or was built, and so belongs to another state of the sources. */
const NO_DATA = /(?:^|\/)(?:node_modules|\.performance|\.?venv|dist|build|out|target|coverage|\.next|\.git)\//;

/**
 * Checks a commit out into a temporary folder, with the dependencies and local data of the workspace linked into it,
 * gives it to `use`, and removes it. `commit` may be anything git can resolve. Throws FailureError.
 */
export async function withWorktree<Result>(workspace: string, commit: string, use: (files: WorkspaceFiles) => Promise<Result>): Promise<Result> {
  const parent = await mkdtemp(join(realpathSync(tmpdir()), 'performance-engineer-'));
  try {
    const checkout = await checkOut(workspace, commit, parent);
    return await use(await prepared(workspace, checkout));
  } finally {
    rmSync(parent, { recursive: true, force: true });
    await git(workspace, ['worktree', 'prune']).catch(() => undefined);
  }
}

/** A checkout of the whole repository, and where in it and in the repository the workspace is. */
interface Checkout {
  readonly folder: string;
  readonly repository: string;
  /** '' where the workspace is the repository. */
  readonly prefix: string;
}

async function checkOut(workspace: string, commit: string, parent: string): Promise<Checkout> {
  try {
    const repository = await git(workspace, ['rev-parse', '--show-toplevel']);
    const prefix = await git(workspace, ['rev-parse', '--show-prefix']);
    const folder = join(parent, basename(repository));
    await git(workspace, ['worktree', 'add', '--detach', folder, commit], CHECKOUT_MS);
    return { folder, repository, prefix };
  } catch (error) {
    throw new FailureError(failures.noCommit(commit, error));
  }
}

async function prepared(workspace: string, { folder, repository, prefix }: Checkout): Promise<WorkspaceFiles> {
  const all = (await git(folder, ['ls-files', '-z'])).split('\0').filter((file) => file !== '');
  const packages = all.filter((file) => basename(file) === 'package.json').map((file) => dirname(file));
  for (const name of new Set(['.', ...packages])) mirrorDependencies(join(repository, name), join(folder, name), repository, folder);
  const root = join(folder, prefix);
  for (const file of await localData(workspace)) link(join(workspace, file), join(root, file));
  return {
    workspace: root,
    files: all.flatMap((file) => (file.startsWith(prefix) ? [file.slice(prefix.length)] : [])),
    readText: (file) => {
      try {
        return readFileSync(join(root, file), 'utf8');
      } catch {
        return '';
      }
    },
  };
}

/** Links each installed package; those of the workspace itself (npm workspaces link them) to their state in the checkout. */
function mirrorDependencies(from: string, to: string, repository: string, checkout: string): void {
  const installed = join(from, 'node_modules');
  if (!existsSync(installed) || !existsSync(to)) return;
  for (const name of readdirSync(installed)) {
    const nested = name.startsWith('@') && !lstatSync(join(installed, name)).isSymbolicLink();
    const names = nested ? readdirSync(join(installed, name)).map((inner) => join(name, inner)) : [name];
    for (const each of names) {
      const target = realPath(join(installed, each));
      if (target) link(inCheckout(target, repository, checkout), join(to, 'node_modules', each));
    }
  }
}

/** Undefined for a link that leads nowhere. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function inCheckout(path: string, repository: string, checkout: string): string {
  const inside = relative(realpathSync(repository), path);
  const isOwn = !inside.startsWith('..') && !inside.split(sep).includes('node_modules');
  return isOwn ? join(checkout, inside) : path;
}

async function localData(workspace: string): Promise<string[]> {
  const ignored = await git(workspace, ['ls-files', '--others', '-z', '--exclude=node_modules', '--', '.']).catch(() => '');
  return ignored.split('\0').filter((file) => LOCAL_DATA.test(file) && !NO_DATA.test(file));
}

function link(target: string, path: string): void {
  if (existsSync(path) || !existsSync(target)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, lstatSync(target).isDirectory() ? 'junction' : 'file');
}

/** Puts a generated driver to the same place of a checkout, from where its imports lead to the checkout's sources. */
export async function copyDriver(driver: string, workspace: string, checkout: string): Promise<string> {
  const copy = join(checkout, relative(workspace, driver));
  mkdirSync(dirname(copy), { recursive: true });
  await copyFile(driver, copy);
  return copy;
}
