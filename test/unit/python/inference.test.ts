import assert from 'node:assert/strict';
import { valueIn } from './samples';

const kindOf = (sample: string, text: string): string | undefined => valueIn(sample, text)?.kind;

describe('what Python values are', () => {
  it('reads literals and constructors', () => {
    assert.deepEqual(valueIn('x = ["a", "b"]\nx\n', 'x'), { kind: 'list', length: 2 });
    assert.equal(valueIn('x = [1, *more]\nx\n', 'x')?.length, undefined);
    assert.equal(kindOf('x = {}\nx\n', 'x'), 'dict');
    assert.equal(kindOf('x = {1}\nx\n', 'x'), 'set');
    assert.equal(kindOf('x = b"1"\nx\n', 'x'), 'bytes');
    assert.equal(kindOf('x = set()\nx\n', 'x'), 'set');
    assert.equal(kindOf('x = (y for y in z)\nx\n', 'x'), 'iterator');
  });

  it('reads annotations', () => {
    const annotated = (type: string): string | undefined => kindOf(`from typing import *\nimport sqlite3, collections.abc as abc\ndef f(x: ${type}):\n    return x\n`, 'x');
    assert.equal(annotated('list[str]'), 'list');
    assert.equal(annotated('"list[str]"'), 'list');
    assert.equal(annotated('sqlite3.Connection'), 'connection');
    assert.equal(annotated('set[int] | None'), 'set');
    assert.equal(annotated('str | list[str]'), undefined);
    assert.equal(annotated('abc.Iterator[int]'), 'iterator');
    assert.equal(annotated('Whatever'), undefined);
  });

  it('forgets the length of a list that grows', () => {
    assert.equal(valueIn('x = []\nx.append(1)\nx\n', 'x')?.length, undefined);
    assert.equal(valueIn('x = []\nx += y\nx\n', 'x')?.length, undefined);
    assert.equal(valueIn('x = [1]\nx.copy()\nx\n', 'x')?.length, 1);
  });

  it('knows only what all ways to a place agree on', () => {
    assert.equal(kindOf('if a:\n    x = []\nelse:\n    x = [1]\nx\n', 'x'), 'list');
    assert.equal(kindOf('if a:\n    x = []\nelse:\n    x = ()\nx\n', 'x'), undefined);
    assert.equal(kindOf('x = ""\nx = []\nx\n', 'x'), 'list');
    assert.equal(kindOf('x = None\nif a:\n    x = set(b)\nx\n', 'x'), 'set');
    assert.equal(kindOf('x = []\nfor y in z:\n    print(x)\n    x = set(x)\n', 'x'), undefined);
  });

  it('follows attributes, calls of this file and what a loop hands out', () => {
    assert.equal(kindOf('class A:\n    def __init__(self):\n        self.x = []\n    def f(self):\n        return self.x\n', 'self.x'), 'list');
    assert.equal(kindOf('def f():\n    return set(a)\nx = f()\nx\n', 'x'), 'set');
    assert.equal(kindOf('def f() -> list[int]: ...\nx = f()\nx\n', 'x'), 'list');
    assert.equal(kindOf('def f(rows: list[set[int]]):\n    for row in rows:\n        print(row)\n', 'row'), 'set');
    assert.equal(kindOf('with open(p) as f:\n    for line in f:\n        print(line)\n', 'line'), 'str');
    assert.equal(kindOf('import sqlite3\nc = sqlite3.connect(p).cursor()\nc\n', 'c'), 'cursor');
  });

  it('comes to an end where values go round in circles', () => {
    assert.equal(kindOf('x = x.next\nx\n', 'x'), undefined);
    assert.equal(kindOf('def f():\n    return g()\ndef g():\n    return f()\nx = f()\nx\n', 'x'), undefined);
    assert.equal(kindOf('class A(A):\n    pass\nx = A()\nx\n', 'x'), 'object');
  });
});
