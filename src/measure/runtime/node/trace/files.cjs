'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { isCalledFrom } = require('./callers.cjs');
const { recorder } = require('./recorder.cjs');
const { replace, wrapAsync } = require('./wrap.cjs');

const SYNC = ['readFileSync', 'writeFileSync', 'appendFileSync', 'copyFileSync', 'readdirSync', 'statSync', 'existsSync', 'rmSync', 'unlinkSync', 'mkdirSync', 'readSync', 'writeSync'];
const ASYNC = ['readFile', 'writeFile', 'appendFile', 'copyFile', 'readdir', 'stat', 'access', 'rm', 'unlink', 'mkdir'];
/** Module loaders read files, too; that is no I/O of the program. */
const LOADING = /^node:internal\/|[\\/]node_modules[\\/](?:tsx|esbuild|vite|vitest|jest-[\w-]+|@jest|ts-node|typescript)[\\/]/;

/** "readFile *.json": what is done to which kind of file; names may say more than is wanted. */
const shapeOf = (name, [target]) => {
  const extension = typeof target === 'string' || target instanceof URL ? path.extname(String(target)) : '';
  return extension ? `${name} *${extension}` : name;
};

exports.recordFiles = function recordFiles() {
  for (const name of SYNC) {
    replace(fs, name, (original) => function (...args) {
      // Standard output is a terminal or a pipe and not a file of the program.
      const isStream = typeof args[0] === 'number' && args[0] <= 2;
      if (recorder.isInside || isStream || isCalledFrom(LOADING)) return Reflect.apply(original, this, args);
      return recorder.timeSync('file', 'fs', () => shapeOf(name, args), original, this, args);
    });
  }
  for (const name of ASYNC) {
    wrapAsync(fs, name, 'file', 'fs', (_fs, args) => shapeOf(name, args), LOADING);
    wrapAsync(fs.promises, name, 'file', 'fs', (_fs, args) => shapeOf(name, args), LOADING);
  }
  for (const name of ['createReadStream', 'createWriteStream']) {
    replace(fs, name, (original) => function (...args) {
      const stream = Reflect.apply(original, this, args);
      const end = recorder.start('file', 'fs', shapeOf(name, args));
      stream.once('close', end);
      return stream;
    });
  }
};
