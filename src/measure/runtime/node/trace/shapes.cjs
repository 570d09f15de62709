'use strict';

const LONGEST_SHAPE = 500;
/** A program that puts its values into the text of statements has more texts than are worth keeping. */
const MOST_CACHED = 2000;
const cache = new Map();

/** Comments, strings, numbers that stand alone, placeholders, and white space. Double quotes enclose names. */
const PARTS = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|(?<![\w$])(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b|\$\d+\b|(?<![:\w]):[a-z_]\w*|@[a-z_]\w*|\?\d*|\s+/gi;

/** A statement without its values: "SELECT * FROM items WHERE id = ?". What a user types never reaches the evidence. */
exports.sqlShape = function sqlShape(text) {
  if (typeof text !== 'string') return '(statement)';
  let shape = cache.get(text);
  if (shape === undefined) {
    shape = text
      .replace(PARTS, (part) => (/^(?:--|\/\*|\s)/.test(part) ? ' ' : '?'))
      .replace(/\s+/g, ' ')
      .replace(/\(\s*\?(?:\s*,\s*\?)*\s*\)(?:\s*,\s*\(\s*\?(?:\s*,\s*\?)*\s*\))*/g, '(?)')
      .trim()
      .slice(0, LONGEST_SHAPE);
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(text, shape);
  }
  return shape;
};

const VARIABLE_SEGMENT = /^(?:\d+|[\da-f]{8,}|[\da-f]{8}-[\da-f-]{27,}|[A-Za-z0-9_-]{24,})$/i;

/** "GET https://host/orders/:id": without the values in the path, and without the query. */
exports.requestShape = function requestShape(method, address) {
  try {
    const url = new URL(String(address));
    const path = url.pathname.split('/').map((segment) => (VARIABLE_SEGMENT.test(segment) ? ':id' : segment)).join('/');
    return `${String(method ?? 'GET').toUpperCase()} ${url.protocol}//${url.host}${path}`.slice(0, LONGEST_SHAPE);
  } catch {
    return `${method ?? 'GET'} (address)`;
  }
};

/** "GET user:?": a command and its first key, without the values in it. */
exports.commandShape = function commandShape(name, key) {
  const text = Buffer.isBuffer(key) ? key.toString('latin1') : key;
  const shape = typeof text === 'string' || typeof text === 'number' ? String(text).replace(/\d+|[\da-f]{8}-[\da-f-]{27,}/gi, '?') : '';
  return `${String(name).toUpperCase()} ${shape}`.trim().slice(0, 120);
};
