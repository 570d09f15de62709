import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What is made, as the reader sees it: "new Pool", "httpx.AsyncClient". */
  readonly call: string;
  /** What each one brings along: "a connection pool", "a TLS connection". */
  readonly opens: string;
  /** It is made once per item of this loop. */
  readonly loop?: string;
  /** How to share one: "one Pool for the module". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'connection-per-call',
    title: 'Client or connection made for each call',
    family: 'I/O',
    resource: 'network',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) connections', after: 'O(1) connections' },
    cost: {
      unit: 'round trips',
      variable: 'calls',
      assumedSize: 100,
      // TCP, TLS and log-in, before the first byte of the call itself.
      now: (n) => 4 * n,
      after: (n) => n,
      millisecondsPerUnit: 1,
    },
    why: 'Every call pays for the handshakes (TCP, TLS, log-in) before it sends anything, and the connections of many calls at once exhaust the sockets of this side or the limit of the other.',
    technique: 'Make one client for the process, with a pool, and use it from all calls.',
    tradeoffs: 'A shared client lives as long as the process: it must be closed at the end, and its settings are the same for all.',
    effortMinutes: 15,
    validation: 'load',
    conflicts: [
      { view: 'simplicity', text: 'A client that is opened and closed where it is used needs nobody to look after it.' },
    ],
    whenNot: 'The code runs once or seldom, each call has credentials of its own, or the platform keeps nothing between calls.',
    examples: {
      typescript: {
        bad: `import { Pool } from 'pg';

export async function GET(request: Request) {
  const pool = new Pool();
  const { rows } = await pool.query('SELECT id, total FROM orders WHERE state = $1 LIMIT 50', ['open']);
  await pool.end();
  return Response.json(rows);
}
`,
        better: `import { Pool } from 'pg';

const pool = new Pool();

export async function GET(request: Request) {
  const { rows } = await pool.query('SELECT id, total FROM orders WHERE state = $1 LIMIT 50', ['open']);
  return Response.json(rows);
}
`,
      },
      python: {
        bad: `import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates")
async def rates():
    async with httpx.AsyncClient() as client:
        response = await client.get("https://rates.example.com/latest")
    return response.json()
`,
        better: `from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request


@asynccontextmanager
async def lifespan(app):
    async with httpx.AsyncClient() as client:
        yield {"client": client}


app = FastAPI(lifespan=lifespan)


@app.get("/rates")
async def rates(request: Request):
    response = await request.state.client.get("https://rates.example.com/latest")
    return response.json()
`,
      },
    },
    links: [
      { title: 'node-postgres: pooling', url: 'https://node-postgres.com/features/pooling' },
      { title: 'HTTPX: why use a client', url: 'https://www.python-httpx.org/advanced/clients/#why-use-a-client' },
      { title: 'AWS: reuse connections', url: 'https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-reusing-connections.html' },
    ],
  },

  link({ facts, file, functionName, confidence }, workspace) {
    const { heat } = workspace.heatOf(file, functionName);
    if (heat === 'cold') return undefined;
    const isOften = heat === 'hot' || facts.loop !== undefined;
    // In Python most functions that open a client for themselves log somebody in or send one message: only what requests come to counts.
    if (!isOften && file.endsWith('.py')) return undefined;
    return { facts, confidence: isOften ? confidence : 'possible' };
  },

  say(facts, cost) {
    const when = facts.loop === undefined ? 'each time this function runs' : `once per item of ${facts.loop}`;
    const handshakes = facts.opens === 'a browser' ? '' : `, and each pays for its handshakes: about ${formatCount(cost.now)} round trips where ${formatCount(cost.after)} would do, at ${formatSize(cost)}`;
    return {
      message: `${facts.call} opens ${facts.opens} ${when}${handshakes}. Share ${facts.instead}.`,
      hint: 'a connection per call',
    };
  },
};
