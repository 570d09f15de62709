import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname as posixDirname } from 'node:path/posix';
import type { WorkspaceFiles } from '../measure';
import { listSourceFiles } from '../workspace/files';

/** What a search for drivers looks at. Tests drive functions and benchmarks stand among them, so those are listed too. */
export async function workspaceFiles(workspace: string): Promise<WorkspaceFiles> {
  const { files } = await listSourceFiles(workspace, { includeTests: true });
  const manifests = foldersOf(files).map((folder) => (folder === '.' ? 'package.json' : `${folder}/package.json`));
  return {
    workspace,
    files: [...files, ...manifests.filter((file) => existsSync(join(workspace, file)))],
    readText: (file) => {
      try {
        return readFileSync(join(workspace, file), 'utf8');
      } catch {
        return '';
      }
    },
  };
}

/** The folders that hold the files, and those above them. */
function foldersOf(files: readonly string[]): string[] {
  const folders = new Set(['.']);
  for (const file of files) {
    for (let folder = posixDirname(file); !folders.has(folder); folder = posixDirname(folder)) folders.add(folder);
  }
  return [...folders];
}
