import { createHash } from 'node:crypto';

/** A short content hash, hexadecimal. It names things; it protects nothing. */
export function contentHash(text: string, length = 16): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * The hash of a function's text without its white space, so that re-indenting keeps its measurements.
 * It is taken of every function of the workspace and only ever compared with an earlier one of the
 * same function, so FNV-1a in one pass and the number of characters do. Offsets spare a copy of the text.
 */
export function functionHash(text: string, start = 0, end = text.length): string {
  let hash = 0x811c9dc5;
  let length = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || (code >= 9 && code <= 13)) continue;
    hash = Math.imul(hash ^ code, 0x01000193);
    length++;
  }
  return `${(hash >>> 0).toString(16).padStart(8, '0')}${length.toString(16)}`;
}
