'use strict';
const { dirname } = require('node:path');
const { fileURLToPath } = require('node:url');

const RUNTIME = dirname(__dirname);

/** The workspace's folder, as it is opened and behind links, each with a separator at its end. */
const ROOTS = JSON.parse(process.env.PERFORMANCE_ENGINEER_ROOTS ?? '[]');
const FOREIGN = /[\\/](?:node_modules|\.performance)[\\/]/;
/** Enough to come out of most libraries; where nothing of the workspace is among these, more are looked at. */
const FEW_FRAMES = 16;
const MANY_FRAMES = 100;
/** The caller, and who called that: a query in a helper is then known by the loop around the helper, too. */
const KEPT_FRAMES = 5;
/** tsx turns CommonJS that a module imports into a data: URL, which begins with the name of the file. */
const TSX_DATA = /^data:text\/javascript,__filename%3D(%22.*?%22)%3B/;

const NOWHERE = { key: '', frames: [] };
const keepSites = (_error, sites) => sites;
const own = new Map();

/** The frames of the workspace on the stack, innermost first: {script, line, column}, both numbers from 1. */
exports.callers = function callers() {
  const few = ownFrames(sites(FEW_FRAMES));
  return few !== NOWHERE ? few : ownFrames(sites(MANY_FRAMES));
};

/** Whether the call comes straight out of a file whose path matches: a library that calls itself is not counted twice. */
exports.isCalledFrom = function isCalledFrom(pattern) {
  const caller = sites(5).find((site) => !(site.getFileName() ?? '').startsWith(__dirname));
  return pattern.test(caller?.getFileName() ?? '');
};

function sites(limit) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = keepSites;
  Error.stackTraceLimit = limit;
  const holder = {};
  Error.captureStackTrace(holder, sites);
  const found = holder.stack;
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return Array.isArray(found) ? found : [];
}

function ownFrames(found) {
  const frames = [];
  let key = '';
  for (const site of found) {
    const script = site.getFileName();
    if (!script || !isOwn(script)) continue;
    const frame = { script, line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 };
    frames.push(frame);
    key += `${script}:${frame.line}:${frame.column}|`;
    if (frames.length === KEPT_FRAMES) break;
  }
  return frames.length === 0 ? NOWHERE : { key, frames };
}

exports.isOwn = isOwn;

function isOwn(script) {
  let known = own.get(script);
  if (known === undefined) {
    const path = pathOf(script);
    known = path !== undefined && ROOTS.some((root) => path.startsWith(root)) && !FOREIGN.test(path) && !path.startsWith(RUNTIME);
    own.set(script, known);
  }
  return known;
}

function pathOf(script) {
  try {
    if (script.startsWith('file:')) return fileURLToPath(script.replace(/[?#].*$/, ''));
    const data = TSX_DATA.exec(script);
    return data ? JSON.parse(decodeURIComponent(data[1])) : script;
  } catch {
    return undefined;
  }
}
