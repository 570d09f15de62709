'use strict';
/**
 * Loaded before anything else into every Node process of a counting run, through NODE_OPTIONS. It counts how often each
 * function and block of the workspace runs, and how large the collections are that it was asked about. Counting slows
 * a program down by up to thirteen times, so no time of such a run means anything.
 * It writes `counts.<pid>.<thread>.json` when the process ends.
 */
const fs = require('node:fs');
const inspector = require('node:inspector');
const path = require('node:path');
const { isMainThread, threadId } = require('node:worker_threads');

const output = process.env.PERFORMANCE_ENGINEER_COUNTS;

if (output) {
  const write = fs.writeFileSync;
  const session = new inspector.Session();
  session.connect();
  require('./readableTsx.cjs').keepLines();
  const { Coverage } = require('./counts/coverage.cjs');
  const { Probes } = require('./counts/probes.cjs');
  const coverage = new Coverage(session);
  const probes = new Probes(session);
  session.post('Debugger.enable');
  let calls;
  globalThis[Symbol.for('performance-engineer.recorder')] = {
    beginCalls(count) {
      calls = count;
      coverage.begin();
      probes.begin();
    },
    end() {
      coverage.end();
      probes.end();
    },
  };
  process.on('exit', () => {
    const counts = { version: 1, calls, scripts: coverage.scripts(), sizes: probes.sizes() };
    if (counts.scripts.length > 0) {
      write(path.join(output, `counts.${process.pid}.${threadId}.json`), JSON.stringify(counts));
      require('./scriptMaps.cjs').writeTo(output);
    }
  });
  if (isMainThread) exitOnTermination();
}

/** Test runners end their workers with SIGTERM, whose default action would lose the counts. */
function exitOnTermination() {
  process.once('SIGTERM', () => {
    if (process.listenerCount('SIGTERM') === 0) process.exit(143);
  });
}
