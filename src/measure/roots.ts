import { realpathSync } from 'node:fs';

/** A workspace's folder as it is opened and behind links: programs report the real path of a file. */
export function workspaceRoots(workspace: string): readonly string[] {
  return [...new Set([workspace, realpathSync(workspace)])];
}
