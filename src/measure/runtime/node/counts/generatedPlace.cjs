'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Where a place of a source is in the script that was compiled from it; undefined where it is not in there. All from 0. */
exports.generatedPlace = function generatedPlace(sourceMapURL, scriptUrl, file, line, column) {
  if (!sourceMapURL) return { line, column };
  const map = read(sourceMapURL, scriptUrl);
  const source = map?.sources.findIndex((name) => absolute(name, map.sourceRoot, scriptUrl) === file) ?? -1;
  if (source < 0) return undefined;
  let best;
  for (const segment of segments(map.mappings)) {
    if (segment.source !== source || segment.sourceLine !== line || segment.sourceColumn > column) continue;
    if (!best || segment.sourceColumn > best.sourceColumn) best = segment;
  }
  return best && { line: best.line, column: best.column };
};

function read(url, scriptUrl) {
  try {
    const inline = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url);
    if (inline) return JSON.parse(inline[1] ? Buffer.from(inline[2], 'base64').toString() : decodeURIComponent(inline[2]));
    return JSON.parse(fs.readFileSync(new URL(url, base(scriptUrl)), 'utf8'));
  } catch {
    return undefined;
  }
}

function absolute(name, root, scriptUrl) {
  if (name?.startsWith('file:')) return fileURLToPath(name);
  if (!name || path.isAbsolute(name)) return name;
  const relative = root ? path.posix.join(root, name) : name;
  return path.isAbsolute(relative) ? relative : fileURLToPath(new URL(relative, base(scriptUrl)));
}

const base = (scriptUrl) => (scriptUrl.startsWith('file:') ? scriptUrl : pathToFileURL(scriptUrl).href);

/** The mappings of a source map (version 3), decoded. */
function* segments(mappings) {
  let [source, sourceLine, sourceColumn] = [0, 0, 0];
  for (const [line, text] of mappings.split(';').entries()) {
    let column = 0;
    for (const segment of text.split(',')) {
      const [step, sourceStep, lineStep, columnStep] = numbers(segment);
      if (step === undefined) continue;
      column += step;
      if (sourceStep === undefined) continue;
      source += sourceStep;
      sourceLine += lineStep;
      sourceColumn += columnStep;
      yield { line, column, source, sourceLine, sourceColumn };
    }
  }
}

function numbers(segment) {
  const found = [];
  let [value, shift] = [0, 0];
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return found;
}
