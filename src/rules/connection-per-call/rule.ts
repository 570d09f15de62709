import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What is created, as the code has it: "new Pool", "httpx.AsyncClient". */
  readonly created: string;
  /** What a call pays each time: "a pool of connections", "a connection". */
  readonly opens: string;
  /** The loop that creates one per round; absent where it is the function's own calls that do. */
  readonly loop?: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'connection-per-call',
    title: 'Client or connection created per call',
    family: 'I/O',
    resource: 'network',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) handshakes', after: 'O(1) handshakes' },
    cost: {
      unit: 'round trips',
      variable: 'calls of the function',
      assumedSize: 100,
      // TCP and TLS take about three round trips, a database's log-in as many again.
      now: (n) => 3 * n,
      after: () => 3,
      millisecondsPerUnit: 1,
    },
    why:
      'A new client begins with an empty pool: each call pays for the connection, for TLS and often for a log-in before its first byte, ' +
      'and under load the other side runs out of connections.',
    technique: 'Create one client for the process (at module level, in the application state, or by a cached function), and share it.',
    tradeoffs: 'A shared client has to be configured once, closed when the process ends, and survive a broken connection; tests need a way to replace it.',
    effortMinutes: 15,
    validation: 'load',
    conflicts: [{ view: 'simplicity', text: 'A client that lives as long as its call needs no life cycle of its own.' }],
    whenNot: 'The credentials or the server differ from call to call, or the code runs once and ends.',
    examples: {
      typescript: {
        bad: `import express from 'express';
import { Pool } from 'pg';
const app = express();

app.get('/orders', async (request, response) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  const orders = await pool.query('SELECT id, total FROM orders LIMIT 50');
  response.json(orders.rows);
});
`,
        better: `import express from 'express';
import { Pool } from 'pg';
const app = express();
const pool = new Pool({ connectionString: process.env.DATABASE_URL });

app.get('/orders', async (request, response) => {
  const orders = await pool.query('SELECT id, total FROM orders LIMIT 50');
  response.json(orders.rows);
});
`,
      },
      python: {
        bad: `import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates")
async def rates():
    async with httpx.AsyncClient(timeout=5) as client:
        response = await client.get("https://rates.example.com/today")
    return response.json()
`,
        better: `import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient(timeout=5)


@app.get("/rates")
async def rates():
    response = await client.get("https://rates.example.com/today")
    return response.json()
`,
      },
    },
    links: [
      { title: 'node-postgres: pooling', url: 'https://node-postgres.com/features/pooling' },
      { title: 'HTTPX: clients and connection pooling', url: 'https://www.python-httpx.org/advanced/clients/' },
    ],
  },

  /** Only what runs often pays often: a handler and what it reaches, or a loop. */
  link(candidate, workspace) {
    const { facts } = candidate;
    const { heat } = workspace.heatOf(candidate.file, candidate.functionName);
    if (heat === 'cold' || (heat !== 'hot' && facts.loop === undefined)) return undefined;
    return { facts };
  },

  say: ({ created, opens, loop }, cost) => ({
    message: `${created} opens ${opens} ${loop ? `once per item of ${loop}` : 'in each call'}: about ${formatCount(cost.now)} round trips for handshakes at ${formatSize(cost)}. Create it once and share it.`,
    hint: loop ? `${formatCount(cost.n)} connections` : 'connects in each call',
  }),
};
