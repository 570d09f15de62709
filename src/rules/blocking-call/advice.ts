import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'One thread serves all requests. While this call runs nothing else does: every other request, timer and health check waits for it, so its time is added to the latency of all of them.',
  technique: 'Use the form that does not block, or hand the call to a worker thread or process.',
  tradeoffs: 'The function becomes asynchronous, and so do its callers; other code may run before it goes on.',
  conflicts: [
    { view: 'simplicity', text: 'A blocking call is shorter, and right in start-up code, scripts and build tools.' },
    { view: 'linter', tool: 'eslint', rule: 'n/no-sync', agrees: true, text: 'It flags start-up code and scripts too.' },
    { view: 'linter', tool: 'ruff', rule: 'ASYNC210', agrees: true, text: 'With ASYNC221, ASYNC230 and ASYNC251 it finds the calls it knows inside a coroutine; none of them looks into called functions.' },
  ],
  whenNot: 'Nothing else runs on this event loop at that time: start-up, a script, a worker process with one job.',
  examples: {
    typescript: {
      bad: `import { scryptSync } from 'node:crypto';
import express from 'express';
const app = express();

app.post('/login', (req, res) => {
  const key = scryptSync(req.body.password, req.body.user, 64);
  res.json({ key: key.toString('hex') });
});
`,
      better: `import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import express from 'express';
const app = express();

app.post('/login', async (req, res) => {
  const key = (await promisify(scrypt)(req.body.password, req.body.user, 64)) as Buffer;
  res.json({ key: key.toString('hex') });
});
`,
    },
    python: {
      bad: `import time

from fastapi import FastAPI

app = FastAPI()


@app.get("/report")
async def report():
    time.sleep(0.5)
    return {"state": "ready"}
`,
      better: `import asyncio

from fastapi import FastAPI

app = FastAPI()


@app.get("/report")
async def report():
    await asyncio.sleep(0.5)
    return {"state": "ready"}
`,
    },
  },
  links: [
    { title: "Node.js: don't block the event loop", url: 'https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop' },
    { title: 'Python: running blocking code', url: 'https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code' },
    { title: 'FastAPI: concurrency and async / await', url: 'https://fastapi.tiangolo.com/async/' },
  ],
};
