import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Sources } from '../evidence/attribution';
import { EVIDENCE_FOLDER } from '../evidence/store';
import { runtimeFolder } from './runtimeFiles';

/** A workspace's folder as it is opened and behind links: programs report the real path of a file. */
export function workspaceRoots(workspace: string): readonly string[] {
  return [...new Set([workspace, realpathSync(workspace)])];
}

/** Those, and where what measures has its own code. */
export function measuredFolders(workspace: string): Pick<Sources, 'roots' | 'machinery'> {
  const roots = workspaceRoots(workspace);
  return { roots, machinery: [runtimeFolder, ...roots.map((root) => join(root, EVIDENCE_FOLDER))] };
}
