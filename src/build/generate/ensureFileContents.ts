import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that a script writes; `text: undefined` means that it must not exist. */
export interface GeneratedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string | undefined;
}

/**
 * Makes the file hold exactly what was generated. A stale file is repaired, so the test that
 * reports it fails once and passes on the next run.
 * @returns whether the file was stale.
 */
export function ensureFileContents({ path, text }: GeneratedFile): boolean {
  const current = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (current === text) return false;
  if (text === undefined) {
    rmSync(path);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return true;
}
