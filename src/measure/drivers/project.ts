import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { WorkspaceFiles } from './choice';

export interface Package {
  /** Its folder, relative to the workspace; '' is the workspace folder. */
  readonly folder: string;
  readonly scripts: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The folders from that of `file` up to the workspace folder. */
export function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) folders.push(folder);
  return [...folders, ''];
}

/** The packages around a file, innermost first. */
export function packagesAbove(file: string, { files, readText }: WorkspaceFiles): Package[] {
  const known = new Set(files);
  return foldersAbove(file).flatMap((folder) => {
    const path = posix.join(folder, 'package.json');
    return known.has(path) ? [{ folder, scripts: manifest(readText(path)).scripts ?? {} }] : [];
  });
}

/** The names of all packages that those around a file depend on. */
export function dependenciesAround(file: string, workspace: WorkspaceFiles): ReadonlySet<string> {
  return new Set(
    packagesAbove(file, workspace).flatMap(({ folder }) => {
      const { dependencies, devDependencies } = manifest(workspace.readText(posix.join(folder, 'package.json')));
      return [...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})];
    }),
  );
}

/** Where commands about a JavaScript file run: the folder of its package. */
export function scriptFolder(file: string, workspace: WorkspaceFiles): string {
  return packagesAbove(file, workspace)[0]?.folder ?? '';
}

/**
 * Where imports of a Python file begin: above its packages, or, without __init__.py files,
 * the outermost folder from which another file imports it.
 */
export function pythonImportFolder(file: string, { files, readText }: WorkspaceFiles): string {
  const known = new Set(files);
  const folders = foldersAbove(file);
  const above = folders.findIndex((folder) => !known.has(posix.join(folder, '__init__.py')));
  const texts = files.filter((other) => other.endsWith('.py') && other !== file).map(readText);
  const imported = folders.slice(above).filter((folder) => texts.some((text) => importsModule(text, pythonModule(file, folder))));
  return imported.pop() ?? folders[above]!;
}

/** Where commands about a Python file run: the folder that holds its project's configuration. */
export function pythonFolder(file: string, workspace: WorkspaceFiles): string {
  const isProject = (folder: string) => PYTHON_PROJECT.some((name) => existsSync(join(workspace.workspace, folder, name)));
  const packages = new Set(workspace.files.flatMap((other) => (posix.basename(other) === '__init__.py' ? [posix.dirname(other)] : [])));
  const parents = new Set([...packages].map((folder) => posix.dirname(folder).replace(/^\.$/, '')));
  const isAbovePackages = (folder: string) => parents.has(folder) && !packages.has(folder);
  const folders = foldersAbove(file);
  return folders.find(isProject) ?? folders.find(isAbovePackages) ?? pythonImportFolder(file, workspace);
}

const PYTHON_PROJECT = ['pyproject.toml', 'pytest.ini', 'setup.cfg', 'setup.py', 'tox.ini', 'manage.py'];

/** The name under which a file is imported from a folder: "a/b/c.py" from "a" is "b.c". */
export function pythonModule(file: string, folder: string): string {
  return posix.relative(folder, file).replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
}

function importsModule(text: string, module: string): boolean {
  const at = module.lastIndexOf('.');
  const [parent, name] = [module.slice(0, Math.max(at, 0)), module.slice(at + 1)];
  const whole = new RegExp(`^[ \\t]*(?:from|import)[ \\t]+${module.replaceAll('.', '\\.')}\\b`, 'm');
  const part = new RegExp(`^[ \\t]*from[ \\t]+${parent.replaceAll('.', '\\.')}[ \\t]+import\\b[^#\\n]*\\b${name}\\b`, 'm');
  return whole.test(text) || (parent !== '' && part.test(text));
}

function manifest(text: string): Manifest {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    // A package.json that is being edited has no scripts for now; npm itself will say what is wrong.
    return {};
  }
}
