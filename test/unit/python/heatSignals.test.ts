import assert from 'node:assert/strict';
import { detectorOf } from '../fixtures/workspaceOf';

/** "name: heat, reason" of each function of a text that has a signal. */
async function signals(text: string): Promise<string[]> {
  const detector = await detectorOf(new Map([['shop/orders.py', text]]), []);
  return detector.functions('shop/orders.py').flatMap(({ name, heat }) => (heat ? [`${name}: ${heat.heat}, ${heat.reason}`] : []));
}

describe('heat signals of Python', () => {
  const cases: [string, string, string[]][] = [
    ['Flask', '@app.route("/orders")\ndef orders():\n    return ""\n', ['orders: hot, route handler /orders']],
    ['FastAPI', '@router.get("/orders")\nasync def orders(): ...\n', ['orders: hot, route handler /orders']],
    ['a dependency', 'from fastapi import Depends\nasync def user(token=Depends(scheme)): ...\n', ['user: hot, runs on every request']],
    ['an annotated dependency', 'from fastapi import Depends\nasync def user(token: Annotated[str, Depends(scheme)]): ...\n', ['user: hot, runs on every request']],
    ['Litestar', 'from litestar import get\n@get("/orders")\nasync def orders(): ...\n', ['orders: hot, route handler /orders']],
    ['aiohttp by its type', 'from aiohttp import web\nasync def orders(request: web.Request):\n    return web.json_response([])\n', ['orders: hot, request handler']],
    ['Django', 'from django.shortcuts import render\nasync def orders(request):\n    return render(request, "orders.html")\n', ['orders: hot, request handler']],
    ['Channels', 'class Orders(AsyncWebsocketConsumer):\n    async def receive(self, text_data): ...\n', ['Orders.receive: hot, request handler']],
    ['Falcon', 'class Orders(Resource):\n    def on_get(self, req, resp): ...\n', ['Orders.on_get: hot, request handler']],
    ['Celery', '@shared_task\ndef send(order_id): ...\n', ['send: hot, task @shared_task']],
    ['Dramatiq', '@dramatiq.actor\ndef send(order_id): ...\n', ['send: hot, task @dramatiq.actor']],
    ['Graphene', 'import graphene\nclass Query(graphene.ObjectType):\n    def resolve_orders(root, info): ...\n', ['Query.resolve_orders: hot, GraphQL resolver']],
    ['Strawberry', '@strawberry.field\ndef orders(): ...\n', ['orders: hot, GraphQL resolver']],
    ['Ariadne', 'import ariadne\n@query.field("orders")\ndef orders(_, info): ...\n', ['orders: hot, GraphQL resolver']],
    ['gRPC', 'class Orders(orders_pb2_grpc.OrdersServicer):\n    def List(self, request, context): ...\n    def _read(self): ...\n', ['Orders.List: hot, answers a remote call']],
    ['a cloud function', 'def lambda_handler(event, context): ...\n', ['lambda_handler: hot, function handler']],
    ['ASGI', 'class App:\n    async def __call__(self, scope, receive, send): ...\n', ['App.__call__: hot, runs on every request']],
    ['a bot', 'import discord\n@bot.command()\nasync def orders(ctx): ...\n', ['orders: hot, answers a message']],
    ['a command', 'import click\n@cli.command()\ndef orders(): ...\n', ['orders: cold, a command is run by hand']],
    ['another event and context', 'def on_event(event, context): ...\n', []],
    ['another field', '@dataclass.field\ndef orders(): ...\n', []],
    ['a decorator of the same name', '@get("/orders")\ndef orders(): ...\n', []],
  ];
  for (const [title, text, expected] of cases) {
    it(title, async () => assert.deepEqual(await signals(text), expected));
  }
});
