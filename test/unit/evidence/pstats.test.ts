import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailureError } from '../../../src/core/failures';
import type { FunctionAnchor, Sources } from '../../../src/evidence/attribution';
import { type PythonFunction, costsOfCalls, parsePythonCalls } from '../../../src/evidence/pstats';

const ROOT = join(tmpdir(), 'a workspace');
const orders = join(ROOT, 'orders.py');

const fn = (file: string, line: number, name: string, nc: number, tt: number, ct: number): PythonFunction => ({ file, line, name, cc: nc, nc, tt, ct });

function costs(functions: readonly PythonFunction[], anchors?: readonly FunctionAnchor[], samplerSeconds = 0) {
  const sources: Sources = { roots: [ROOT], machinery: [join(ROOT, '.performance')], functionsOf: () => anchors };
  return costsOfCalls({ version: 1, python: '3.11.7', samplerSeconds, functions }, sources);
}

describe("cProfile's figures", () => {
  it('become shares and exact calls, without timings', () => {
    const [list, execute, total] = costs([
      fn(orders, 10, 'list_orders', 1, 0.1, 1),
      fn('~', 0, "<method 'execute' of 'sqlite3.Connection' objects>", 1001, 0.6, 0.6),
      fn(orders, 30, 'total_of', 1000, 0.3, 0.3),
    ]);
    assert.deepEqual(list, { file: 'orders.py', functionName: 'list_orders', line: 9, selfShare: 0.1, totalShare: 1, calls: 1 });
    assert.deepEqual([execute?.file, execute?.totalShare, execute?.calls], ['python:builtins', 0.6, 1001]);
    assert.deepEqual([total?.selfShare, total?.calls], [0.3, 1000]);
    assert.ok(list && !('selfMs' in list));
  });

  it('count a comprehension as part of its function, and a decorated function as itself', () => {
    const anchor: FunctionAnchor = {
      name: 'Orders.list',
      hash: 'a hash',
      range: { start: { line: 8, character: 4 }, end: { line: 20, character: 0 } },
      nameRange: { start: { line: 9, character: 8 }, end: { line: 9, character: 12 } },
    };
    const [list] = costs([fn(orders, 9, 'list', 2, 0.2, 1), fn(orders, 14, '<listcomp>', 50, 0.8, 0.8)], [anchor]);
    assert.deepEqual(list, { file: 'orders.py', functionName: 'Orders.list', line: 9, hash: 'a hash', selfShare: 1, totalShare: 1, calls: 2 });
  });

  it('leave out imports, the sampler and the driver', () => {
    const result = costs(
      [
        fn('<frozen importlib._bootstrap>', 1349, '_find_and_load', 3, 0.2, 1),
        fn(join(ROOT, 'settings.py'), 1, '<module>', 1, 0.8, 0.8),
        fn(orders, 10, 'work', 1, 1, 1.1),
        fn(join(ROOT, '.performance', 'drivers', 'work.py'), 12, 'call', 1, 0.5, 1.6),
      ],
      undefined,
      0.1,
    );
    assert.deepEqual(result.find(({ functionName }) => functionName === 'work')?.totalShare, 1);
    assert.ok(!result.some(({ file }) => file.startsWith('.performance')));
  });

  it('group packages and the library, and drop what is negligible', () => {
    const result = costs([
      fn(orders, 10, 'work', 1, 0.5, 1),
      fn('/usr/lib/python3.11/json/decoder.py', 337, 'decode', 9, 0.3, 0.4),
      fn('/usr/lib/python3.11/json/scanner.py', 20, 'scan', 9, 0.1, 0.1),
      fn(join(ROOT, '.venv/lib/python3.11/site-packages/django/db/models/query.py'), 80, '_fetch_all', 9, 0.0999, 0.0999),
      fn('/usr/lib/python3.11/os.py', 20, 'fspath', 9, 0.0001, 0.0001),
    ]);
    assert.deepEqual(
      result.map(({ file, selfShare }) => [file, Number(selfShare.toFixed(3))]),
      [['orders.py', 0.5], ['python:json', 0.4], ['site-packages/django', 0.1]],
    );
  });

  for (const [what, text] of [
    ['cut off', '{"version": 1, "functions": ['],
    ['of another shape', '{"version": 1, "functions": [{"file": "a.py"}]}'],
  ] as const) {
    it(`${what} are refused by the file's name`, () => {
      assert.throws(() => parsePythonCalls(text, 'calls.json'), (error: FailureError) => error.failure.code === 'broken-profile' && error.failure.file === 'calls.json');
    });
  }
});
