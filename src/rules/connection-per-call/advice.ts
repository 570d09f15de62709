import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Every call pays for the handshakes (TCP, TLS, log-in) before it sends anything, and the connections of many calls at once exhaust the sockets of this side or the limit of the other.',
  technique: 'Make one client for the process, with a pool, and use it from all calls.',
  tradeoffs: 'A shared client lives as long as the process: it must be closed at the end, and its settings are the same for all.',
  conflicts: [
    { view: 'simplicity', text: 'A client that is opened and closed where it is used needs nobody to look after it.' },
    { view: 'architecture', agrees: true, text: 'A client that is made where the program is put together and handed in can also be replaced in tests.' },
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
};
