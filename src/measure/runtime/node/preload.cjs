'use strict';
/**
 * Loaded before anything else into every Node process of a profiled run, through NODE_OPTIONS.
 * `--cpu-prof` profiles the first process. NODE_OPTIONS may not carry that flag, so the processes
 * it starts (test workers, package scripts) profile themselves, also from before their first
 * import: a profiler that is attached to warm code blames the wrong frames.
 */
const { isMainThread } = require('node:worker_threads');

const output = process.env.PERFORMANCE_ENGINEER_OUTPUT;

if (output) {
  require('./readableTsx.cjs').keepLines();
  const hasProfiler = process.execArgv.some((argument) => argument.startsWith('--cpu-prof'));
  const profiler = hasProfiler ? undefined : require('./selfProfiler.cjs').start();
  process.on('exit', () => {
    profiler?.writeTo(output);
    require('./scriptMaps.cjs').writeTo(output);
  });
  if (isMainThread) exitOnTermination();
}

/** Test runners end their workers with SIGTERM, whose default action would lose the profile. */
function exitOnTermination() {
  process.once('SIGTERM', () => {
    if (process.listenerCount('SIGTERM') === 0) process.exit(143);
  });
}
