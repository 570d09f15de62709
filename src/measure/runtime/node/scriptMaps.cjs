'use strict';
const fs = require('node:fs');
const inspector = require('node:inspector');
const path = require('node:path');
const { threadId } = require('node:worker_threads');

/**
 * Writes which scripts this thread compiled and where their source maps are. A loader's output
 * is on no disk, so only the engine knows its map; script ids are those of the thread's profile.
 */
exports.writeTo = function writeTo(directory) {
  const scripts = [];
  const session = new inspector.Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url, sourceMapURL } }) => {
    if (sourceMapURL && !url.includes('/node_modules/')) scripts.push({ scriptId, url, sourceMapURL });
  });
  session.post('Debugger.enable');
  session.disconnect();
  if (scripts.length > 0) {
    const name = `scripts.${process.pid}.${threadId}.json`;
    fs.writeFileSync(path.join(directory, name), JSON.stringify(scripts));
  }
};
