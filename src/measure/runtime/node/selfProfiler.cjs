'use strict';
const fs = require('node:fs');
const inspector = require('node:inspector');
const path = require('node:path');
const { threadId } = require('node:worker_threads');

/** Starts V8's sampling profiler in this thread; `writeTo` stops it and names the file as Node does. */
exports.start = function start() {
  const session = new inspector.Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: Number(process.env.PERFORMANCE_ENGINEER_INTERVAL) });
  session.post('Profiler.start');
  return {
    writeTo(directory) {
      session.post('Profiler.stop', (error, result) => {
        if (!error && hasProgramCode(result.profile)) {
          const name = `CPU.self.${process.pid}.${threadId}.0.cpuprofile`;
          fs.writeFileSync(path.join(directory, name), JSON.stringify(result.profile));
        }
      });
    },
  };
};

/** Package managers and command-line wrappers run no code of the workspace; their profiles are not kept. */
function hasProgramCode(profile) {
  return profile.nodes.some(({ callFrame: { url } }) => url && !/^node:|\/node_modules\//.test(url));
}
