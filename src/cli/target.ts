import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CONFIG_FILE } from '../core/config';
import { UsageError } from './arguments';

/** What a command line names, with absolute paths. */
export interface Target {
  /** Paths in the output are relative to this folder. */
  readonly root: string;
  /** The folder that performance.json speaks of: the root, or one above it. Measurements are kept there. */
  readonly workspace: string;
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** @throws UsageError naming a path that does not exist. */
export function resolveTarget(paths: readonly string[], cwd: string): Target {
  const absolute = (paths.length === 0 ? ['.'] : paths).map((path) => resolve(cwd, path));
  const missing = absolute.findIndex((path) => !existsSync(path));
  if (missing !== -1) throw new UsageError(`${paths[missing]} does not exist. Give folders or files that do.`);
  const folders = absolute.filter((path) => statSync(path).isDirectory());
  const files = absolute.filter((path) => !folders.includes(path));
  const root = rootOf(absolute, folders, cwd);
  return { root, workspace: workspaceOf(root), folders, files };
}

/** A path relative to `folder`, with forward slashes. */
export function relativePath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

function rootOf(paths: readonly string[], folders: readonly string[], cwd: string): string {
  if (paths.length === 1 && folders.length === 1) return paths[0]!;
  const parents = paths.map((path) => (folders.includes(path) ? path : dirname(path)));
  if (parents.every((path) => isInside(cwd, path))) return cwd;
  let common = parents[0]!;
  while (!parents.every((path) => isInside(common, path))) common = dirname(common);
  return common;
}

/** The nearest folder with a performance.json, no further up than the repository; without one the root itself. */
function workspaceOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG_FILE))) return folder;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return root;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way.split(sep)[0] !== '..' && resolve(folder, way) === path);
}
