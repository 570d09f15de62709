import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { App } from './app.ts';
import type { Reply } from './routes.ts';

/** A server for the application. It is not listening yet. */
export function createOrdersServer(app: App): Server {
  return createServer((request, response) => {
    answer(app, request).then((reply) => {
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.body));
    });
  });
}

async function answer(app: App, request: IncomingMessage): Promise<Reply> {
  try {
    const body = await readJson(request);
    return app.handle({ method: request.method ?? 'GET', url: request.url ?? '/', body });
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body is not JSON.' } };
    console.error(error);
    return { status: 500, body: { error: 'Something went wrong.' } };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
