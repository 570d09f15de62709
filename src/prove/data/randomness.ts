/**
 * A number in [0, 1) that depends on nothing but its arguments (the finaliser of MurmurHash3), so that any value of
 * any row can be had without those before it, and is the same on every machine.
 */
export function noise(seed: number, salt: number, row: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35) ^ Math.imul(row + 1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** An index below `size`: all alike with skew 1; the larger the skew, the more often one of the first. */
export function skewed(uniform: number, size: number, skew: number): number {
  return Math.min(size - 1, Math.floor(size * (skew === 1 ? uniform : uniform ** skew)));
}

/** A number for a name, so that each column has its own noise. */
export function saltOf(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
