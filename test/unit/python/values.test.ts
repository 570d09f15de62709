import assert from 'node:assert/strict';
import { lastUse, pythonFile } from './source';

/** Kind, length, library and table of the last use of `x`. */
function valueOfX(text: string): string {
  const file = pythonFile(text);
  const value = file.valueOf(lastUse(file, 'x'));
  if (value === undefined) return 'unknown';
  return [value.kind, value.length, value.library, value.table].filter((part) => part !== undefined).join(' ');
}

describe('inference in Python', () => {
  const cases: readonly [string, string, string][] = [
    ['a list literal', 'x = [1, 2, 3]\nx\n', 'list 3'],
    ['a list with an unpacked part', 'x = [1, *ys]\nx\n', 'list'],
    ['a literal that grows', 'x = [1, 2]\nx.append(3)\nx\n', 'list'],
    ['a literal that is extended', 'x = [1]\nx += ys\nx\n', 'list'],
    ['an accumulator', 'x = []\nfor y in ys:\n    x = x + y.rows\nx\n', 'list'],
    ['a comprehension', 'x = {y for y in ys}\nx\n', 'set'],
    ['a generator', 'x = (y for y in ys)\nx\n', 'iterator'],
    ['a conditional of one kind', 'x = [] if c else [1]\nx\n', 'list'],
    ['a conditional of two kinds', 'x = [] if c else ()\nx\n', 'unknown'],
    ['None steps aside', 'x = None\nif c:\n    x = {}\nx\n', 'dict 0'],
    ['the last assignment', 'x = []\nx = set(x)\nx\n', 'set'],
    ['branches that disagree', 'if c:\n    x = []\nelse:\n    x = ()\nx\n', 'unknown'],
    ['what a loop brings back', 'x = []\nfor y in ys:\n    x\n    x = set()\n', 'set'],
    ['a shadowed builtin', 'def list(y):\n    return 1\nx = list(ys)\nx\n', 'number'],
    ['an annotated parameter', 'def f(x: list[str]):\n    x\n', 'list'],
    ['an optional parameter', 'from typing import Optional\ndef f(x: Optional[dict[str, int]] = None):\n    x\n', 'dict'],
    ['a union with None', 'def f(x: "set[int] | None"):\n    x\n', 'set'],
    ['an iterable', 'from collections.abc import Iterable\ndef f(x: Iterable[str]):\n    x\n', 'iterator'],
    ['an unannotated parameter', 'def f(x):\n    x\n', 'unknown'],
    ['a range', 'x = range(10)\nx\n', 'range'],
    ['split', 'def f(line: str):\n    x = line.split(",")\n    x\n', 'list'],
    ['the keys of a dictionary', 'd = {}\nx = d.keys()\nx\n', 'set'],
    ['a file', 'with open(p) as x:\n    x\n', 'file'],
    ['a line of a file', 'with open(p) as f:\n    for x in f:\n        x\n', 'str'],
    ['a path', 'from pathlib import Path\nx = Path("a") / "b"\nx\n', 'path'],
    ['a return annotation', 'def f() -> list[int]: ...\nx = f()\nx\n', 'list'],
    ['a returned value', 'import sqlite3\ndef connect():\n    return sqlite3.connect("a")\nx = connect()\nx\n', 'connection sqlite3'],
    ['a context manager of this file', 'from contextlib import contextmanager\n@contextmanager\ndef f():\n    yield []\nwith f() as x:\n    x\n', 'list 0'],
    ['a generator function', 'def f():\n    yield []\nx = f()\nx\n', 'iterator'],
    ['an attribute of self', 'class A:\n    def __init__(self):\n        self.y = set()\n    def f(self):\n        x = self.y\n        x\n', 'set'],
    ['a cursor through an attribute', 'import psycopg2 as pg\nclass A:\n    def __init__(self):\n        self.c = pg.connect(d)\n    def f(self):\n        x = self.c.cursor()\n        x\n', 'cursor psycopg2'],
    ['a Django record', 'from shop.models import Order\nx = Order.objects.get(pk=1)\nx\n', 'record django Order'],
    ['a query set through names', 'from shop.models import Order\nqs = Order.objects.all()\nx = qs.filter(a=1)\nx\n', 'queryset django Order'],
    ['an item of a query set', 'from shop.models import Order\nfor x in Order.objects.filter(a=1):\n    x\n', 'record django Order'],
    ['a table with its declared name', 'from django.db import models\nclass Order(models.Model):\n    class Meta:\n        db_table = "orders"\nx = Order()\nx\n', 'record django orders'],
    ['an SQLAlchemy model', 'from db import Base\nimport sqlalchemy\nclass Order(Base):\n    __tablename__ = "orders"\nx = Order()\nx\n', 'record sqlalchemy orders'],
    ['a recursive name', 'def f(y):\n    x = x.next\n    x\n', 'unknown'],
  ];
  for (const [title, text, expected] of cases) it(`${title}: ${expected}`, () => assert.equal(valueOfX(text), expected));
});
