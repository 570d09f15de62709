import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallFrame } from './parse';

/**
 * What a frame is to the workspace. `loading` is the work of module loaders, compilers and of the
 * measurement itself, `other` all foreign code, which is grouped by `file` and `name`.
 */
export type FrameKind =
  | { readonly kind: 'workspace'; readonly path: string }
  | { readonly kind: 'idle' }
  | { readonly kind: 'root' }
  | { readonly kind: 'loading' | 'other'; readonly file: string; readonly name: string };

/** Packages that load and compile modules on the way to the program's own code. */
const LOADERS = new Set([
  ...['tsx', 'esbuild', 'ts-node', 'typescript', 'sucrase', 'pirates', 'jest-runtime', 'jest-resolve', 'ts-jest'],
  ...['@jest/transform', '@babel/core', '@babel/register', '@swc/core', '@swc-node/register', '@swc/jest', 'vite', 'vite-node'],
]);
const LOADING_INTERNALS = /^node:internal\/(?:modules|main|bootstrap|source_map|process\/(?:esm_loader|execution))/;

/** Sorts frames into the workspace's own code and the rest. */
export class Frames {
  /** Absolute folders, as in Sources. */
  constructor(private readonly roots: readonly string[], private readonly machinery: readonly string[]) {}

  kindOf(frame: CallFrame): FrameKind {
    const { functionName: name, url } = frame;
    if (name === '(root)') return { kind: 'root' };
    if (name === '(idle)') return { kind: 'idle' };
    if (url.startsWith('node:')) return { kind: LOADING_INTERNALS.test(url) ? 'loading' : 'other', file: url, name: '' };
    const path = pathOf(url);
    if (path === undefined) return { kind: 'other', file: url, name };
    if (this.machinery.some((folder) => isInside(folder, path))) return { kind: 'loading', file: path, name: '' };
    const installed = packageOf(path);
    if (installed) return { kind: LOADERS.has(installed.name) ? 'loading' : 'other', file: `${installed.folder}/${installed.name}`, name: '' };
    if (this.relative(path) === undefined) return { kind: 'other', file: foreignName(path), name: '' };
    return { kind: 'workspace', path };
  }

  /** The path from the workspace folder with forward slashes, or undefined for a file outside it. */
  relative(path: string): string | undefined {
    const root = this.roots.find((folder) => isInside(folder, path));
    return root === undefined ? undefined : relative(root, path).split(sep).join('/');
  }
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
}

/** The file behind a frame's URL: `file:` URLs and plain paths, without the query that test runners append. */
export function pathOf(url: string): string | undefined {
  try {
    if (url.startsWith('file:')) return fileURLToPath(url.replace(/[?#].*$/, ''));
  } catch {
    return undefined;
  }
  const path = url.replace(/[?#].*$/, '');
  return isAbsolute(path) ? path : undefined;
}

/** The innermost package a path belongs to, "pg" or "@scope/name", and the kind of folder that holds it. */
function packageOf(path: string): { readonly folder: string; readonly name: string } | undefined {
  const parts = path.split(/[\\/]/);
  const at = Math.max(...['node_modules', 'site-packages', 'dist-packages'].map((folder) => parts.lastIndexOf(folder)));
  const [folder, name, inScope] = parts.slice(at);
  if (at < 0 || folder === undefined || name === undefined) return undefined;
  return { folder, name: name.startsWith('@') ? `${name}/${inScope ?? ''}` : name.replace(/\.py$/, '') };
}

/** Foreign files outside of packages: a module of Python's own library by its name, all else by its path. */
function foreignName(path: string): string {
  const module = /[\\/]lib[\\/](?:python3[^\\/]*[\\/])?([^\\/]+)/i.exec(path)?.[1];
  return path.endsWith('.py') && module ? `python:${module.replace(/\.py$/, '')}` : path;
}
