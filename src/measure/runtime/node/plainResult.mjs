/**
 * What a call returned, as JSON that another process can compare: {"value": tree} or {"why": "..."} where it
 * cannot be compared. What JSON does not know is {"$": kind, "of": ...}. plain_result.py writes the same form.
 */
import { createHash } from 'node:crypto';

/** A result of more parts than these is not worth carrying from process to process. */
const MOST_PARTS = 200_000;

export function plainResult(result) {
  const state = { parts: 0, above: new Set() };
  try {
    return { value: plain(result, state) };
  } catch (error) {
    if (error instanceof NotComparable) return { why: error.message };
    throw error;
  }
}

class NotComparable extends Error {}

function plain(value, state) {
  if (++state.parts > MOST_PARTS) throw new NotComparable('it is too large');
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : tagged('number', String(value));
    case 'bigint':
      return tagged('number', String(value));
    case 'undefined':
      return tagged('undefined');
    case 'function':
    case 'symbol':
      throw new NotComparable(`it holds a ${typeof value}`);
    default:
      return value === null ? null : within(value, state);
  }
}

/** Objects that hold themselves are told by where they begin again. */
function within(value, state) {
  if (state.above.has(value)) return tagged('cycle');
  state.above.add(value);
  try {
    return ofObject(value, state);
  } finally {
    state.above.delete(value);
  }
}

function ofObject(value, state) {
  if (Array.isArray(value)) return Array.from(value, (item) => plain(item, state));
  if (value instanceof Date) return tagged('date', Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString());
  if (value instanceof RegExp) return tagged('pattern', String(value));
  if (value instanceof Error) return tagged('error', [value.name, value.message]);
  if (value instanceof Map) return tagged('map', [...value].map(([key, item]) => [plain(key, state), plain(item, state)]));
  if (value instanceof Set) return tagged('set', sorted([...value].map((item) => plain(item, state))));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return tagged('bytes', digest(value));
  if (typeof value.next === 'function' || typeof value.pipe === 'function' || typeof value.getReader === 'function') {
    throw new NotComparable('it is a stream or an iterator, whose items come later');
  }
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, plain(value[key], state)]));
}

function tagged(kind, of) {
  return { $: kind, ...(of === undefined ? {} : { of }) };
}

function sorted(values) {
  return values.map((value) => [JSON.stringify(value), value]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}

function digest(value) {
  const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return `${bytes.length} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex')}`;
}
