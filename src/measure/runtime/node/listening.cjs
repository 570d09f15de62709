'use strict';
/**
 * Loaded before anything else into every Node process of a service that is put under load, through NODE_OPTIONS.
 * It writes where the process listens: one line of JSON for each server.
 */
const fs = require('node:fs');
const net = require('node:net');

const output = process.env.PERFORMANCE_ENGINEER_LISTENING;

if (output) {
  const append = fs.appendFileSync;
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (...args) {
    this.once('listening', () => {
      const address = this.address();
      if (address !== null && typeof address === 'object') append(output, `${JSON.stringify({ pid: process.pid, port: address.port })}\n`);
    });
    return Reflect.apply(listen, this, args);
  };
}
