'use strict';
/**
 * Loaded before anything else into every Node process of a benchmark run, through NODE_OPTIONS. The libraries that
 * measure (tinybench, and with it Vitest; mitata; Benchmark.js) print what they make of their samples; this keeps the
 * samples. It writes `samples.<pid>.<thread>.json` when the process ends.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { isMainThread, threadId } = require('node:worker_threads');

const output = process.env.PERFORMANCE_ENGINEER_BENCHMARKS;

if (output) {
  const write = fs.writeFileSync;
  const { Samples } = require('./samples.cjs');
  const samples = new Samples();
  // What the module hooks append to a library's own text calls one of these.
  globalThis[Symbol.for('performance-engineer.benchmarks')] = samples;
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    const result = Reflect.apply(compile, this, [content, filename, ...rest]);
    if (/[\\/]node_modules[\\/]benchmark[\\/]benchmark\.js$/.test(filename)) samples.benchmarkJs(this.exports);
    if (/[\\/]node_modules[\\/]tinybench[\\/]dist[\\/][^\\/]*\.cjs$/.test(filename)) samples.tinybench(this.exports);
    return result;
  };
  process.on('exit', () => {
    if (samples.results.length > 0) write(path.join(output, `samples.${process.pid}.${threadId}.json`), JSON.stringify({ version: 1, benchmarks: samples.results }));
  });
  if (isMainThread) {
    // Test runners end their workers with SIGTERM, whose default action would lose the samples.
    process.once('SIGTERM', () => {
      if (process.listenerCount('SIGTERM') === 0) process.exit(143);
    });
  }
}
