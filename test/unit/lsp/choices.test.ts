import assert from 'node:assert/strict';
import { EMPTY_CONFIG, type PerformanceConfig } from '../../../src/core/config';
import type { FileFacts, FunctionFact } from '../../../src/core/facts';
import { appScripts, comparableWith, routesOf } from '../../../src/lsp/choiceRequests';

const position = { line: 0, character: 0 };
const fact = (name: string, parameters = 1, exported = true): FunctionFact => ({
  name, exportedAs: exported ? [name] : [], range: { start: position, end: position }, nameRange: { start: position, end: position }, hash: name,
  isAsync: false, parameters: Array.from({ length: parameters }, (_, i) => ({ name: `p${i}`, optional: false })), effects: [], calls: [],
});

describe('the scripts that may start an app', () => {
  const of = (scripts: Record<string, unknown>, folder = '') => ({ folder, text: JSON.stringify({ scripts }) });

  it('are listed with the likeliest first, whatever package they are of', () => {
    const found = appScripts([of({ dev: 'tsx watch', work: 'node work.js' }), of({ start: 'node a.js', 'start:worker': 'node b.js' }, 'app')]);
    assert.deepEqual(found.map(({ name, package: folder }) => [folder, name]), [['app', 'start'], ['app', 'start:worker'], ['', 'dev'], ['', 'work']]);
  });

  it('are none of those that end by themselves', () => {
    assert.deepEqual(appScripts([of({ test: 'x', prestart: 'x', build: 'x', 'db:migrate': 'x', bench: 'x', lint: 'x', broken: 1 })]), []);
  });

  it('are none where the manifest is broken', () => assert.deepEqual(appScripts([{ folder: '', text: '{' }]), []));
});

describe('the routes that can be driven', () => {
  const config: PerformanceConfig = {
    ...EMPTY_CONFIG,
    requirements: [
      { route: 'GET /orders', latency: { p95: 200 }, throughput: 20 },
      { route: 'get /orders', latency: {}, throughput: 50, memory: 1024 },
      { scope: 'src/**', latency: { p50: 1 } },
    ],
  };
  const facts = [{ functions: [fact('POST /orders'), fact('GET /orders'), fact('list')], references: [{ from: '', callee: { kind: 'local', name: 'x' }, route: 'GET /orders/:id' }] }] as unknown as FileFacts[];

  it('are those of performance.json with what it asks, then those of the code, reading ones first, each once', () => {
    assert.deepEqual(routesOf(facts, config), [
      { route: 'get /orders', declared: 'p95 200 ms, 20 requests a second; 50 requests a second, 1 KiB of memory', ratePerSecond: 50 },
      { route: 'GET /orders/:id' },
      { route: 'POST /orders' },
    ]);
  });

  it('are those of the code where nothing is declared', () => {
    assert.deepEqual(routesOf(facts, EMPTY_CONFIG).map(({ route }) => route), ['GET /orders', 'GET /orders/:id', 'POST /orders']);
  });
});

describe('what a function can be compared with', () => {
  const all = [
    { file: 'b.ts', fact: fact('far', 3) },
    { file: 'b.ts', fact: fact('near') },
    { file: 'a.ts', fact: fact('same') },
    { file: 'a.ts', fact: fact('subject') },
    { file: 'a.ts', fact: fact('hidden', 1, false) },
    { file: 'a.ts', fact: fact('Orders.list', 1, false) },
    { file: 'b.ts', fact: fact('OtherOrders.list', 1, false) },
    { file: 'c.py', fact: fact('python') },
  ];
  const namesFor = (file: string, name: string) => comparableWith(all.find((one) => one.file === file && one.fact.name === name)!, all).map(({ fact: { name: found } }) => found);

  it('are exported functions of its language, with as many parameters and of its file first', () => assert.deepEqual(namesFor('a.ts', 'subject'), ['same', 'near', 'far']));
  it('are, for a method, methods of its name', () => assert.deepEqual(namesFor('a.ts', 'Orders.list'), ['OtherOrders.list']));
  it('are none where it is the only one of its language', () => assert.deepEqual(namesFor('c.py', 'python'), []));
});
