'use strict';
/**
 * Loaded before anything else into every Node process of a memory run, through NODE_OPTIONS. It samples what is
 * allocated, and for the calls of a driver also what of it is still there after garbage was collected.
 * It writes `memory.<pid>.<thread>.json` when the process ends.
 */
const fs = require('node:fs');
const inspector = require('node:inspector');
const path = require('node:path');
const { isMainThread, threadId } = require('node:worker_threads');

const output = process.env.PERFORMANCE_ENGINEER_MEMORY;
/** Bytes between two samples: with 32 KiB a program takes 1.0 to 1.18 times as long. */
const SAMPLING_INTERVAL = 32 * 1024;
const WITH_GARBAGE = { samplingInterval: SAMPLING_INTERVAL, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };

if (output) {
  const write = fs.writeFileSync;
  require('./readableTsx.cjs').keepLines();
  const session = new inspector.Session();
  session.connect();
  session.post('HeapProfiler.enable');
  const written = { version: 1 };
  const start = (options) => session.post('HeapProfiler.startSampling', options);
  const stop = (name) => session.post('HeapProfiler.stopSampling', (error, answer) => {
    if (!error) written[name] = answer.profile.head;
  });
  start(WITH_GARBAGE);
  globalThis[Symbol.for('performance-engineer.recorder')] = {
    beginCalls(calls) {
      written.calls = calls;
      session.post('HeapProfiler.stopSampling');
      start(WITH_GARBAGE);
    },
    end: () => stop('allocated'),
    beginRetained() {
      session.post('HeapProfiler.collectGarbage');
      start({ samplingInterval: SAMPLING_INTERVAL });
    },
    endRetained() {
      session.post('HeapProfiler.collectGarbage');
      stop('retained');
    },
  };
  process.on('exit', () => {
    if (!written.allocated) stop('allocated');
    written.peakBytes = process.resourceUsage().maxRSS * 1024;
    write(path.join(output, `memory.${process.pid}.${threadId}.json`), JSON.stringify(written));
    require('./scriptMaps.cjs').writeTo(output);
  });
  if (isMainThread) exitOnTermination();
}

/** Test runners end their workers with SIGTERM, whose default action would lose the samples. */
function exitOnTermination() {
  process.once('SIGTERM', () => {
    if (process.listenerCount('SIGTERM') === 0) process.exit(143);
  });
}
