'use strict';
const Module = require('node:module');
const { recordFiles } = require('./files.cjs');
const { recordJson } = require('./json.cjs');
const { recordRequests, recordUndici } = require('./requests.cjs');
const databases = require('./databases.cjs');
const { replace } = require('./wrap.cjs');

/** What to do with a package's exports once they are loaded. */
const PACKAGES = { ...databases.packages, undici: recordUndici, 'jest-runtime': recordJest };

/** The package a file belongs to, for modules that load CommonJS by its path. */
const PACKAGE_PATH = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

exports.install = function install() {
  recordFiles();
  recordJson();
  recordRequests();
  databases.recordNodeSqlite();
  // Modules import these functions by name.
  Module.syncBuiltinESMExports();
  const load = Module._load;
  Module._load = function (request, ...rest) {
    const exports = Reflect.apply(load, this, [request, ...rest]);
    patch(request, exports);
    return exports;
  };
  const compile = Module.prototype._compile;
  // Loaders with hooks of their own (tsx) do not come through _load.
  Module.prototype._compile = function (content, filename, ...rest) {
    const result = Reflect.apply(compile, this, [content, filename, ...rest]);
    patch(filename, this.exports);
    return result;
  };
};

const patched = new WeakSet();

function patch(request, exports) {
  const name = PACKAGES[request] ? request : packageOf(request);
  const record = name && PACKAGES[name];
  if (!record || exports === null || (typeof exports !== 'object' && typeof exports !== 'function') || patched.has(exports)) return;
  patched.add(exports);
  record(exports);
}

/** "mysql2" and "mysql2/promise" are the same package; a package's inner files are asked, too, and have nothing to wrap. */
function packageOf(request) {
  const path = PACKAGE_PATH.exec(request)?.[1]?.replaceAll('\\', '/');
  if (path) return path;
  if (request.startsWith('.') || request.startsWith('/')) return undefined;
  const [first, second] = request.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Jest loads modules by itself, into a world of their own. */
function recordJest(exported) {
  replace((exported.default ?? exported).prototype, 'requireModule', (original) => function (from, name, ...rest) {
    const exports = Reflect.apply(original, this, [from, name, ...rest]);
    if (name) patch(name, exports);
    return exports;
  });
}
