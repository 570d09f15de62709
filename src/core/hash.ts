import { createHash } from 'node:crypto';

/** A short content hash, hexadecimal. It names things; it protects nothing. */
export function contentHash(text: string, length = 16): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * The hash of a function's text without its white space, so that re-indenting keeps its measurements.
 * It is taken of every function of the workspace, so it is a plain 53-bit mix in one pass (cyrb53's
 * construction) instead of a digest.
 */
export function functionHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || (code >= 9 && code <= 13)) continue;
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (4294967296 * (0x1fffff & low) + (high >>> 0)).toString(16).padStart(14, '0');
}
