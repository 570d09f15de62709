import assert from 'node:assert/strict';
import { createDetector } from '../../../src/detect/detector';

/** The titles of the fixes that are offered for the pages in a TypeScript function's body. */
async function offered(body: string): Promise<string[]> {
  const detector = createDetector({ only: ['offset-pagination'] });
  await detector.update('src/pages.ts', `import { Pool } from 'pg';\nconst pool = new Pool();\nexport const list = (skip: number, values: number[], column: string) => ${body};\n`);
  const { findings } = detector.check();
  assert.equal(findings.length, 1, body);
  return findings[0]!.fixes.map(({ title }) => title);
}

const page = (order: string, where = ''): string => `pool.query("SELECT id FROM t ${where} ORDER BY ${order} LIMIT 5 OFFSET $1", [skip])`;

describe('continuing after the last row in a program', () => {
  it('is offered where the bound values stand in the call', async () => {
    assert.equal((await offered(page('id'))).length, 1);
    assert.equal((await offered("pool.query('SELECT id FROM t ORDER BY id LIMIT 5 OFFSET ?', [skip])")).length, 1);
  });

  it('is not where the values are made elsewhere, are fewer or more, or one is used twice', async () => {
    assert.deepEqual(await offered('pool.query("SELECT id FROM t ORDER BY id LIMIT 5 OFFSET $1", values)'), []);
    assert.deepEqual(await offered('pool.query("SELECT id FROM t ORDER BY id LIMIT 5 OFFSET $1", [...values])'), []);
    assert.deepEqual(await offered('pool.query("SELECT id FROM t ORDER BY id LIMIT 5 OFFSET ?", [skip, skip])'), []);
    assert.deepEqual(await offered(page('id', 'WHERE a > $1')), []);
  });

  it('is not where the order is not unique, goes two ways or is interpolated, or the offset is', async () => {
    assert.deepEqual(await offered(page('name')), []);
    assert.deepEqual(await offered(page('name DESC, id')), []);
    assert.deepEqual(await offered('pool.query(`SELECT id FROM t ORDER BY ${column}, id LIMIT 5 OFFSET $1`, [skip])'), []);
    assert.deepEqual(await offered('pool.query(`SELECT id FROM t ORDER BY id LIMIT 5 OFFSET ${skip}`, [])'), []);
  });

  it('is not where a name would end the string', async () => {
    assert.deepEqual(await offered("pool.query('SELECT id FROM t ORDER BY \"order\", id LIMIT 5 OFFSET $1', [skip])"), []);
  });
});
