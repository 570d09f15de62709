import assert from 'node:assert/strict';
import { LineIndex } from '../../src/core/text';
import { readConfig } from '../../src/workspace/config';
import { parseDuration, parseRate, parseSize } from '../../src/workspace/config/units';

/** The problems with the text that each one points at. */
function problems(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  const lines = new LineIndex(text);
  return readConfig(text).problems.map(({ code, severity, message, range }) => {
    const { start, end } = lines.span(range);
    return `${severity} ${code} at ${text.slice(start, end)}: ${message}`;
  });
}

describe('performance.json', () => {
  it('reads every key and its units', () => {
    const { config, problems: none } = readConfig(`{
      "$schema": "x",
      "requirements": [{ "scope": "src/api/**", "route": "GET /orders", "latency": { "p95": "200ms", "p99": 0.5, "max": "1.5s" }, "throughput": "600/min", "memory": "512MB" }],
      "scale": { "tables": { "orders": { "rows": 1000000, "growthPerDay": 5000 } }, "collections": { "cart.items": 40 } },
      "paths": { "hot": ["src/routes/**"], "cold": ["scripts/**"] },
      "rules": { "n-plus-one-query": "off", "missing-index": "high" },
      "budgets": [{ "benchmark": "listOrders", "latency": { "p95": 20 } }]
    }`);
    assert.deepEqual(none.map(({ message }) => message), ['p99 is below p95, which no distribution can be.']);
    assert.deepEqual(JSON.parse(JSON.stringify(config)), {
      requirements: [
        { scope: 'src/api/**', route: 'GET /orders', latency: { p95: 200, p99: 0.5, max: 1500 }, throughput: 10, memory: 512e6 },
      ],
      scale: { tables: { orders: { rows: 1000000, growthPerDay: 5000 } }, collections: { 'cart.items': 40 } },
      paths: { hot: ['src/routes/**'], cold: ['scripts/**'] },
      rules: { 'n-plus-one-query': 'off', 'missing-index': 'high' },
      budgets: [{ benchmark: 'listOrders', latency: { p95: 20 } }],
    });
  });

  it('takes an empty object for an empty configuration', () => {
    const { config, problems: none } = readConfig('{}');
    assert.deepEqual(none, []);
    assert.deepEqual(JSON.parse(JSON.stringify(config?.scale)), { tables: {}, collections: {} });
  });

  it('has no collection named like a property of every object', () => {
    const { config } = readConfig('{ "scale": { "collections": { "items": 3 } } }');
    assert.equal(config?.scale.collections['toString'], undefined);
    assert.equal(readConfig('{}').config?.scale.tables['constructor'], undefined);
  });

  it('points at a syntax error and gives no configuration', () => {
    assert.equal(readConfig('{ "rules": { }').config, undefined);
    assert.deepEqual(problems('{ "rules": ] }').slice(0, 1), ['error syntax at ]: This is not valid JSON: value expected.']);
    assert.equal(problems('').length, 1);
    assert.match(problems('{} // why')[0]!, /invalid comment token/);
  });

  it('points at the key that is not known and at the value that is not admitted', () => {
    assert.deepEqual(problems({ rule: {} }), [
      'error schema at "rule": Unknown key "rule". Known here: $schema, requirements, scale, paths, rules, budgets.',
    ]);
    assert.deepEqual(problems({ requirements: [{ latency: { p95: '200 seconds' } }] }), [
      'error schema at "200 seconds": Write a duration as "200ms", "1.5s" or "2min", or as a number of milliseconds.',
    ]);
    assert.deepEqual(problems({ requirements: [{ throughput: -1 }] }), ['error schema at -1: This must be at least 0.']);
    assert.deepEqual(problems({ paths: { hot: 'src/**' } }), ['error schema at "src/**": This must be an array.']);
    assert.deepEqual(problems({ paths: { hot: [''] } }), ['error schema at "": This must not be empty.']);
    assert.deepEqual(problems({ scale: { tables: { 'a/b': {} } } }), [
      'error schema at "a/b": The key "rows" is missing here.',
    ]);
    assert.deepEqual(problems({ budgets: [{ benchmark: 'x' }] }), ['error schema at {: The key "latency" is missing here.']);
    assert.deepEqual(problems({ rules: { 'missing-index': 'maybe' } }), [
      'error schema at "maybe": This must be one of "on", "off", "high", "medium", "low".',
    ]);
    assert.deepEqual(problems('[]'), ['error schema at []: This must be an object.']);
  });

  it('refuses a mean: it is no percentile', () => {
    assert.match(problems({ requirements: [{ latency: { mean: '5ms' } }] })[0]!, /at "mean": Unknown key "mean"/);
  });

  it('reports every problem of a file', () => {
    assert.equal(problems({ rules: { a: 1 }, budgets: {}, extra: 1 }).length, 3);
  });

  it('warns of what cannot be meant and still gives a configuration', () => {
    const value = { rules: { 'n-plus-one': 'off' }, requirements: [{ scope: 'src/**' }] };
    assert.notEqual(readConfig(JSON.stringify(value)).config, undefined);
    const [unknown, empty] = problems(value);
    assert.match(unknown!, /^warning unknown-rule at "n-plus-one": There is no rule "n-plus-one"/);
    assert.match(empty!, /^warning meaning at \{[^]*: This requirement asks for nothing/);
  });

  it('reads durations, rates and sizes', () => {
    assert.deepEqual(['250us', '200ms', '1.5 s', '2min', '1h', 30].map(parseDuration), [0.25, 200, 1500, 120_000, 3_600_000, 30]);
    assert.deepEqual(['100/s', '90 / min', '7200/h', 5].map(parseRate), [100, 1.5, 2, 5]);
    assert.deepEqual(['1B', '2kB', '2KB', '512MB', '1GiB', 10].map(parseSize), [1, 2000, 2000, 512e6, 2 ** 30, 10]);
  });
});
