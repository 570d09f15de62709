'use strict';
/**
 * Loaded before anything else into every Node process of a traced run, through NODE_OPTIONS. It records what leaves
 * the process (queries, requests, files) and what it costs to turn data into text and back: shape, place in the
 * workspace's code, count and time. It writes `trace.<pid>.<thread>.json` when the process ends.
 */
const fs = require('node:fs');
const path = require('node:path');
const { isMainThread, threadId } = require('node:worker_threads');

const output = process.env.PERFORMANCE_ENGINEER_TRACE;

if (output) {
  const write = fs.writeFileSync;
  const { recorder } = require('./trace/recorder.cjs');
  require('./readableTsx.cjs').keepLines();
  require('./trace/modules.cjs').install();
  recorder.begin();
  // A driver's loop says when the window begins and ends; without one the whole process is recorded.
  globalThis[Symbol.for('performance-engineer.recorder')] = recorder;
  process.on('exit', () => {
    write(path.join(output, `trace.${process.pid}.${threadId}.json`), JSON.stringify(recorder.toJSON()));
    require('./scriptMaps.cjs').writeTo(output);
  });
  if (isMainThread) exitOnTermination();
}

/** Test runners end their workers with SIGTERM, whose default action would lose the trace. */
function exitOnTermination() {
  process.once('SIGTERM', () => {
    if (process.listenerCount('SIGTERM') === 0) process.exit(143);
  });
}
