import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a run of the demo leaves behind; a test starts from what is in git. */
const leftOver = new Set(['.performance', '__pycache__']);

/** Copies a workspace into `parent`, under its own name, so that tests may write to it. Returns the copy's path. */
export function copyWorkspace(source: string, parent: string): string {
  const copy = path.join(parent, path.basename(source));
  fs.cpSync(source, copy, { recursive: true, filter: file => !leftOver.has(path.basename(file)) });
  return copy;
}
