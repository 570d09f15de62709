'use strict';
const { fileURLToPath } = require('node:url');
const { generatedPlace } = require('./generatedPlace.cjs');

const SIZE = Symbol.for('performance-engineer.size');
/** Sizes kept of each collection: enough for a median. */
const KEPT = 1000;

/**
 * Asks for the size of a collection each time a place is reached: by a breakpoint whose condition notes the size and is
 * never true. Each probe is {id, file, line, column, expression}, in the source, from 0.
 */
exports.Probes = class Probes {
  constructor(session) {
    this.session = session;
    this.wanted = JSON.parse(process.env.PERFORMANCE_ENGINEER_PROBES ?? '[]');
    this.seen = new Map();
    this.isOn = true;
    globalThis[SIZE] = (id, value) => this.note(id, value);
    if (this.wanted.length > 0) session.on('Debugger.scriptParsed', ({ params }) => this.place(params));
  }

  begin() {
    this.seen.clear();
  }

  end() {
    this.isOn = false;
  }

  sizes() {
    return [...this.seen].map(([id, { count, largest, kept }]) => ({ id, count, largest, kept }));
  }

  note(id, value) {
    const size = sizeOf(value);
    if (!this.isOn || size === undefined) return false;
    const seen = this.seen.get(id) ?? { count: 0, largest: 0, kept: [] };
    this.seen.set(id, seen);
    seen.count++;
    seen.largest = Math.max(seen.largest, size);
    if (seen.kept.length < KEPT) seen.kept.push(size);
    return false;
  }

  place({ scriptId, url, sourceMapURL }) {
    for (const { id, file, line, column, expression } of this.wanted) {
      const place = sourceMapURL || pathOf(url) === file ? generatedPlace(sourceMapURL, url, file, line, column) : undefined;
      if (!place) continue;
      const note = `globalThis[Symbol.for('performance-engineer.size')](${JSON.stringify(id)}, ${expression})`;
      const condition = `(() => { try { return ${note}; } catch { return false; } })()`;
      const location = { scriptId, lineNumber: place.line, columnNumber: place.column };
      // A place where nothing can stop has no answer, and the others have theirs.
      this.session.post('Debugger.setBreakpoint', { location, condition }, () => undefined);
    }
  }
};

function pathOf(url) {
  try {
    return url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : url;
  } catch {
    return undefined;
  }
}

/** Of what is searched or looped over; anything else with a length may mean something else by it. */
function sizeOf(value) {
  if (Array.isArray(value) || typeof value === 'string' || ArrayBuffer.isView(value)) return value.length ?? value.byteLength;
  if (value instanceof Map || value instanceof Set) return value.size;
  return undefined;
}
