import assert from 'node:assert/strict';
import { detectorOf } from '../fixtures/workspaceOf';

/** "name: reason" of each hot function of a text. */
async function hotFunctions(text: string, file = 'src/code.ts'): Promise<string[]> {
  const detector = await detectorOf(new Map([[file, text]]), []);
  return detector.functions(file).flatMap(({ name, heat }) => (heat?.heat === 'hot' ? [`${name}: ${heat.reason}`] : []));
}

describe('heat signals of TypeScript', () => {
  const cases: [string, string, string[], string?][] = [
    ['Express', `app.get('/orders', async (req, res) => { res.json([]); });`, ['GET /orders: route handler GET /orders']],
    ['a route behind a wrapper', `router.post('/orders', asyncHandler(async (req, res) => { res.json([]); }));`, ['POST /orders: route handler POST /orders']],
    ['a chained route', `router.route('/orders').get(async (req, res) => {});`, ['GET /orders: route handler GET /orders']],
    ['a Koa route that is no path', `router.post('orders.list', auth(), async (ctx) => { ctx.body = 1; });`, ['POST orders.list: route handler POST orders.list']],
    ['Hono with OpenAPI', `api.openapi(getRoute, async (c) => c.json({}));`, ['route getRoute: route handler']],
    ['a handler by its parameters', `export function list(req, res) { res.json([]); }`, ['list: request handler']],
    ['a handler by its type', `import { FastifyRequest } from 'fastify';\nconst list = async (request: FastifyRequest) => [];`, ['list: request handler']],
    ['Koa by its type', `import Koa from 'koa';\nconst list = async (ctx: Koa.Context) => { ctx.body = 1; };`, ['list: request handler']],
    ['NestJS', `class Orders { @Get('orders') list() {} }`, ['Orders.list: @Get handler']],
    ['a Next.js route', `export const GET = withAuth(async ({ req }) => new Response());`, ['GET: route handler GET /api/orders/[id]'], 'app/api/(shop)/orders/[id]/route.ts'],
    ['a Next.js API route', `export default async function handler(query) {}`, ['handler: API route'], 'src/pages/api/orders.ts'],
    ['a Next.js page', `export default async function Page() { return null; }`, ['Page: rendered on the server for a request'], 'app/orders/page.tsx'],
    ['server actions of a file', `'use server';\nexport async function save() {}\nfunction helper() {}`, ['save: server action']],
    ['one server action', `async function save() { 'use server'; }`, ['save: server action']],
    ['an action client', `export const saveAction = authActionClient.inputSchema(schema).action(async ({ ctx }) => {});`, ['saveAction: server action']],
    ['tRPC', `export const router = t.router({ list: publicProcedure.input(z).query(async ({ ctx }) => []) });`, ['list: tRPC procedure']],
    ['one tRPC procedure', `export const listRoute = authenticatedProcedure.mutation(async ({ ctx }) => []);`, ['listRoute: tRPC procedure']],
    ['GraphQL resolvers', `const resolvers = { Query: { orders: async (parent, args, context) => [] } };`, ['resolvers.orders: GraphQL resolver']],
    ['a GraphQL field', `import gql from 'graphql-tag';\nconst Order = { items: async (order, args, ctx) => [] };`, ['Order.items: GraphQL resolver']],
    ['BullMQ', `import { Worker } from 'bullmq';\nnew Worker('emails', async (job) => {});`, ['worker emails: runs for each job of a queue']],
    ['a NestJS processor', `class Emails extends WorkerHost { async process(job) {} }`, ['Emails.process: runs for each job of a queue']],
    ['KafkaJS', `import { Kafka } from 'kafkajs';\nawait consumer.run({ eachMessage: async ({ message }) => {} });`, ['eachMessage: runs for each message of a queue']],
    ['Lambda', `export const handler = async (event) => {};`, ['handler: function handler']],
    ['a worker at the edge', `export default { async fetch(request, env) { return new Response(); } };`, ['fetch: request handler']],
    ['Nitro', `export default defineEventHandler(async (event) => []);`, ['default: request handler']],
    ['a socket message', `socket.on('save', async (order) => {});`, ['on save: answers the message save']],
    ['a cache is no router', `cache.get('orders', async () => []);`, []],
    ['another Worker', `new Worker('emails', async (job) => {});`, []],
    ['an emitter', `process.on('exit', () => {});`, []],
    ['a helper of a page', `export function total() { return 1; }`, [], 'app/orders/page.tsx'],
    ['a client component', `'use client';\nexport default function Page() { return null; }`, [], 'app/orders/page.tsx'],
    ['a context of something else', `const draw = (context: Context) => {};`, []],
  ];
  for (const [title, text, expected, file] of cases) {
    it(title, async () => assert.deepEqual(await hotFunctions(text, file), expected));
  }
});
