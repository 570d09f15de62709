import type { ValueShape } from './recipe';
import { noise } from './randomness';
import { wordsFor } from './words';

/** The day before which all made-up moments lie: a fixed one, so that the same plan gives the same rows. */
const LAST_MOMENT = Date.UTC(2026, 0, 1);
const SPAN_MS = 3 * 365 * 24 * 3600 * 1000;

/**
 * The k-th different value of a shape, as text that PostgreSQL reads for the column's type.
 * `of` is how many different ones there are: moments are spread over their span by it.
 */
export function valueOf(shape: ValueShape, k: number, of: number, seed: number): string {
  switch (shape.kind) {
    case 'integer':
      return String(shape.start + k * shape.step);
    case 'decimal':
      return (shape.start + k * shape.step).toFixed(shape.digits);
    case 'boolean':
      return k === 0 ? 'false' : 'true';
    case 'list':
      return shape.values[k % shape.values.length]!;
    case 'uuid':
      return uuid(k, seed);
    case 'moment':
      return moment(shape.part, k, of);
    case 'interval':
      return `${(k % 72) + 1} hours`;
    case 'words':
      return cut(wordsFor(seed, k, shape.count), shape.longest);
    case 'label':
      return label(shape, k, seed);
    case 'json':
      return `{"k": ${k % 100}, "name": "${wordsFor(seed, k, 1)}"}`;
    case 'bytes':
      return `\\x${hex(k, seed, 16)}`;
    case 'inet':
      return `10.${(k >> 16) & 255}.${(k >> 8) & 255}.${k & 255}`;
    case 'array':
      return `{${[0, 1].map((i) => `"${valueOf(shape.of, (k + i * 7) % Math.max(1, of), of, seed).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
    case 'constant':
      return shape.text;
  }
}

function moment(part: 'date' | 'time' | 'timestamp', k: number, of: number): string {
  const at = new Date(LAST_MOMENT - SPAN_MS + Math.floor((SPAN_MS * (k + 1)) / (of + 1))).toISOString();
  if (part === 'date') return at.slice(0, 10);
  return part === 'time' ? at.slice(11, 19) : at.slice(0, 23).replace('T', ' ');
}

function label({ style, prefix, longest }: Extract<ValueShape, { kind: 'label' }>, k: number, seed: number): string {
  const number = k.toString(36);
  if (longest !== undefined && longest < prefix.length + number.length + 1 + ENDINGS[style]) {
    return number.padStart(Math.min(longest, 6), '0').slice(-longest);
  }
  switch (style) {
    case 'email':
      return `${prefix}.${number}@example.com`;
    case 'url':
      return `https://example.com/${prefix}/${number}`;
    case 'hash':
      return cut(`${hex(k, seed, 24)}${number}`, longest);
    case 'code':
      return `${prefix}-${number}`;
  }
}

/** Characters beside the prefix and the number. */
const ENDINGS = { email: 12, url: 20, hash: 24, code: 0 } as const;

function uuid(k: number, seed: number): string {
  const digits = `${hex(k, seed, 20)}${k.toString(16).padStart(12, '0')}`;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

function hex(k: number, seed: number, digits: number): string {
  let text = '';
  for (let i = 0; text.length < digits; i++) text += Math.floor(noise(seed, 500 + i, k) * 2 ** 32).toString(16).padStart(8, '0');
  return text.slice(0, digits);
}

function cut(text: string, longest: number | undefined): string {
  return longest === undefined || text.length <= longest ? text : text.slice(0, longest).trimEnd();
}
