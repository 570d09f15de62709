import assert from 'node:assert/strict';
import { createDetector } from '../../../src/detect/detector';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { fileOf } from './samples';

const LOOP = `import sqlite3

def items(connection: sqlite3.Connection, orders):
    for order in orders:
        connection.execute("SELECT sku FROM items WHERE order_id = ?", (order.id,))
`;

/** "line rule" for each finding; a matcher that fails fails the test. */
async function findings(text: string): Promise<string[]> {
  const detector = createDetector({});
  await detector.update('shop/orders.py', text);
  const { findings: found, failures } = detector.check();
  assert.deepEqual(failures, []);
  return found.map(({ range, rule }) => `${range.start.line + 1} ${rule}`);
}

describe('Python as people type it', () => {
  before(loadSqlParser);

  it('finds the same under any line end, indentation and byte order mark', async () => {
    assert.deepEqual(await findings(LOOP), ['5 n-plus-one-query']);
    assert.deepEqual(await findings(LOOP.replace(/\n/g, '\r\n')), ['5 n-plus-one-query']);
    assert.deepEqual(await findings(LOOP.replace(/ {4}/g, '\t')), ['5 n-plus-one-query']);
    assert.deepEqual(await findings(LOOP.replace('        connection', '\tconnection').replace('    for', '    for')), ['5 n-plus-one-query']);
    assert.deepEqual(await findings(`\ufeff${LOOP}`), ['5 n-plus-one-query']);
    assert.deepEqual(await findings(LOOP.replace('\ndef', '\f\ndef')), ['5 n-plus-one-query']);
    assert.deepEqual(await findings(LOOP.trimEnd()), ['5 n-plus-one-query']);
  });

  it('reads the rest of a file with an unfinished line', async () => {
    for (const unfinished of ['def broken(', 'x = [1, 2', 'class A(', 'if x ==', 'return f(a, b=', 'from shop import', '"""never closed', "print 'Python 2'", 'for x in:', '@', '\\']) {
      assert.deepEqual(await findings(`${LOOP}\n${unfinished}\n`), ['5 n-plus-one-query'], unfinished);
    }
  });

  it('reads the rest of a file with newer syntax', async () => {
    const newer = ['type Row = dict[str, int]', 'def first[T](rows: list[T]) -> T: ...', 'class Box[T]: ...', 'x = f"{row["name"]}"', 'if (n := len(a)) > 1: pass', 'def f(a, /, *, b): ...', 'try:\n    pass\nexcept* OSError:\n    pass', 'match a:\n    case {"b": [1, *_]} if a:\n        pass', 'with (open(a) as b, open(c) as d):\n    pass', 'with a as (b, c):\n    pass', 'x = t"{a}"', 'async def f(): return [b async for b in c]'];
    for (const statement of newer) {
      assert.deepEqual(await findings(LOOP.replace('def items', `${statement}\n\ndef items`).replace(/\n$/, `\n\n${statement}\n`)), [`${5 + statement.split('\n').length + 1} n-plus-one-query`], statement);
    }
  });

  it('survives every beginning of a file', async () => {
    const detector = createDetector({});
    for (let end = 0; end <= LOOP.length; end++) {
      await detector.update('shop/orders.py', LOOP.slice(0, end));
      assert.deepEqual(detector.check().failures, [], JSON.stringify(LOOP.slice(0, end)));
    }
  });

  it('reads Python 2', async () => {
    const old = `import MySQLdb\n\ndef show(orders):\n    db = MySQLdb.connect()\n    cursor = db.cursor()\n    for order in orders:\n        cursor.execute("SELECT sku FROM items WHERE order_id = %s" % order.id)\n        print "order", order.id\n    try:\n        pass\n    except ValueError, error:\n        raise ValueError, "no"\n`;
    assert.deepEqual(await findings(old), ['7 n-plus-one-query']);
  });

  it('finds nothing where there is nothing', async () => {
    for (const text of ['', '\n', '\ufeff', '\f', '\0', '# only a comment', '   ', '\r\n\r\n', '"""A docstring."""']) {
      assert.deepEqual(await findings(text), [], JSON.stringify(text));
    }
  });

  it('keeps the tree and its places in step with the text', () => {
    const text = '# é 😀\r\nname = "ß"\r\ncall(name)\r\n';
    const file = fileOf(text);
    const [call] = file.root.descendants('CallExpression');
    assert.equal(call!.text, 'call(name)');
    assert.equal(file.lineOf(call!), 2);
    assert.deepEqual(file.tree.comments.map(({ start, end }) => text.slice(start, end)), ['# é 😀']);
  });

  it('reads deep nesting', async () => {
    const depth = 300;
    assert.deepEqual(await findings(`x = ${'['.repeat(depth)}${']'.repeat(depth)}\n`), []);
    assert.deepEqual(await findings(`x = ${'f('.repeat(depth)}${')'.repeat(depth)}\n`), []);
    assert.deepEqual(await findings(`x = ${Array.from({ length: 2_000 }, () => 'a').join(' + ')}\n`), []);
  });
});
