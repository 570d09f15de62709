import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { WorkspaceFiles } from '../measure';
import { listSourceFiles } from '../workspace/files';
import type { ServerContext } from './context';
import type { Session } from './session';
import { textOf, withFolder } from './sessionFiles';

/**
 * What a search for drivers looks at: the sources, tests among them, and the package manifests above them. With `only`
 * it is that file and the manifests above it, which is quick.
 */
export async function filesOf({ sessions }: ServerContext, session: Session, only?: string): Promise<WorkspaceFiles> {
  const { root } = withFolder(session);
  const files = only === undefined ? (await listSourceFiles(root.path, { exclude: sessions.settings.exclude, includeTests: true })).files : existsSync(join(root.path, only)) ? [only] : [];
  const folders = new Set(['.', ...files.flatMap(foldersAbove)]);
  const manifests = [...folders].map((folder) => posix.join(folder, 'package.json')).filter((file) => existsSync(join(root.path, file)));
  return { workspace: root.path, files: [...new Set([...files, ...manifests])], readText: (file) => textOf(session, root.path, file) };
}

function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
