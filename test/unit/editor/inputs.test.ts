import assert from 'node:assert/strict';
import { LastChoices } from '../../../src/editor/measure/pick/lastChoices';
import { hasParameters, problemOfNumber, problemOfPath, problemOfRoute } from '../../../src/editor/measure/pick/inputs';

describe('what is typed before a route is driven', () => {
  it('tells routes with parameters from those without', () => {
    for (const route of ['GET /orders/:id', 'GET /orders/{id}', 'GET /orders/<int:id>', 'GET /orders/[id]', 'GET /files/*']) assert.equal(hasParameters(route), true, route);
    for (const route of ['GET /orders', 'GET /orders/42', 'GET /a-b_c.json', 'GET /']) assert.equal(hasParameters(route), false, route);
  });

  it('is a method and a path', () => {
    assert.equal(problemOfRoute(' get /orders '), undefined);
    for (const text of ['/orders', 'GET orders', 'GET', '']) assert.ok(problemOfRoute(text), text);
  });

  it('is a path with a value for each parameter', () => {
    assert.equal(problemOfPath('/orders/42?sort=a:b'), undefined);
    for (const text of ['/orders/:id', 'orders', '/a b', '']) assert.ok(problemOfPath(text), text);
  });

  it('is a whole number within its bounds', () => {
    for (const text of ['1', '1000']) assert.equal(problemOfNumber(text, 1000), undefined);
    for (const text of ['0', '1001', '1.5', 'x', '']) assert.ok(problemOfNumber(text, 1000), text);
  });
});

describe('the last choice', () => {
  const memory = new Map<string, unknown>();
  const last = new LastChoices({ get: <T>(key: string) => memory.get(key) as T, update: async (key: string, value: unknown) => void memory.set(key, value), keys: () => [...memory.keys()] });
  const items = ['a', 'b', 'c'];

  it('comes first the next time, for its question alone', () => {
    assert.deepEqual(last.lastFirst('one', items, String), ['a', 'b', 'c']);
    last.remember('one', 'c');
    assert.deepEqual(last.lastFirst('one', items, String), ['c', 'a', 'b']);
    assert.deepEqual(last.lastFirst('two', items, String), ['a', 'b', 'c']);
  });

  it('changes nothing where it is no longer there', () => {
    last.remember('one', 'gone');
    assert.deepEqual(last.lastFirst('one', items, String), ['a', 'b', 'c']);
  });
});
