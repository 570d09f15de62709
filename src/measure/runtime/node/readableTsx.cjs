'use strict';
const Module = require('node:module');

const ESBUILD = /[\\/]esbuild[\\/]lib[\\/]main\.js$/;

/**
 * tsx puts each file on one line, and a profile knows lines only. Its white space is kept here,
 * so that its source maps lead back to the lines of the sources. tsx imports esbuild in the main
 * thread and in the thread of the loader hooks; both compile it through this method.
 */
exports.keepLines = function keepLines() {
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    const result = compile.call(this, content, filename, ...rest);
    if (ESBUILD.test(filename)) this.exports = withWhitespace(this.exports);
    return result;
  };
};

function withWhitespace(esbuild) {
  const keep = (transform) =>
    function (source, options, ...rest) {
      return transform.call(this, source, { ...options, minifyWhitespace: false }, ...rest);
    };
  return { ...esbuild, transform: keep(esbuild.transform), transformSync: keep(esbuild.transformSync) };
}
