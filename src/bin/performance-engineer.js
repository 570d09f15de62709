#!/usr/bin/env node
// npm links this file when it installs, which may be before anything was built, and it stays
// executable when dist/ is built again.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '../../dist/cli.js');
if (existsSync(program)) {
  require(program);
} else {
  console.error('Performance Engineer is not built yet. Run "npm run build" in its folder and try again.');
  process.exitCode = 2;
}
