'use strict';
const { subscribe } = require('node:diagnostics_channel');
const http = require('node:http');
const https = require('node:https');
const { callers } = require('./callers.cjs');
const { recorder } = require('./recorder.cjs');
const { requestShape } = require('./shapes.cjs');
const { replace, wrapAsync } = require('./wrap.cjs');

/** Taken before the program can put timers of its own in its place. */
const { setImmediate } = globalThis;

const BODY = ['json', 'text', 'arrayBuffer', 'blob', 'bytes', 'formData'];

/** Requests of node:http and node:https by their channels, and of fetch where it is called: its own channel knows no caller. */
exports.recordRequests = function recordRequests() {
  const ends = new WeakMap();
  const places = new WeakMap();
  for (const module of [http, https]) {
    for (const name of ['request', 'get']) {
      replace(module, name, (original) => function (...args) {
        const request = Reflect.apply(original, this, args);
        if (!places.has(request)) places.set(request, callers());
        return request;
      });
    }
  }
  // A request begins when it has a connection, and then nobody is on the stack who asked for it.
  subscribe('http.client.request.start', ({ request }) => {
    const { method, protocol, path } = request;
    const address = `${protocol}//${request.getHeader('host') ?? request.host}${path}`;
    const end = recorder.start('network', 'http', requestShape(method, address), places.get(request));
    ends.set(request, end);
    request.once('close', end);
  });
  subscribe('http.client.response.finish', ({ request }) => ends.get(request)?.());
  recordFetch(globalThis, 'fetch');
};

exports.recordUndici = function recordUndici(undici) {
  recordFetch(undici, 'fetch');
  const shapeOf = (_self, [address, options]) => requestShape(options?.method, address);
  for (const name of ['request', 'stream', 'pipeline']) wrapAsync(undici, name, 'network', 'undici', shapeOf);
};

function recordFetch(holder, library) {
  replace(holder, 'fetch', (original) => function (...args) {
    const [input, init] = args;
    const shape = requestShape(init?.method ?? input?.method, input?.url ?? input);
    const end = recorder.start('network', library, shape);
    const response = Reflect.apply(original, this, args);
    response.then((answer) => withBody(answer, end), end);
    return response;
  });
}

/** The request lasts until its body is there; until its headers, where nobody reads the body in one piece. */
function withBody(response, end) {
  let isRead = false;
  for (const name of BODY) {
    const original = response[name];
    if (typeof original !== 'function') continue;
    Object.defineProperty(response, name, {
      configurable: true,
      writable: true,
      value(...args) {
        isRead = true;
        const body = Reflect.apply(original, response, args);
        body.then(end, end);
        return body;
      },
    });
  }
  setImmediate(() => isRead || end()).unref();
}
