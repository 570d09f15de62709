import assert from 'node:assert/strict';
import type { ColumnRecipe, TableRecipe } from '../../../src/prove/data/recipe';
import { Rows } from '../../../src/prove/data/rows';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { planFor, workspaceOf } from './support';

const column = (name: string, overrides: Partial<ColumnRecipe> = {}): ColumnRecipe => ({
  name, shape: { kind: 'integer', start: 1, step: 1 }, draw: { kind: 'row' }, nullShare: 0, ...overrides,
});

const table = (name: string, rows: number, columns: readonly ColumnRecipe[], uniqueTuples: readonly (readonly string[])[] = []): TableRecipe => ({
  name, rows, wanted: rows, basis: 'declared', columns, uniqueTuples,
});

const all = (rows: Rows, name: string): (string | null)[][] => Array.from({ length: rows.rowsOf(name) }, (_, i) => rows.row(name, i));

describe('made-up rows', () => {
  before(loadSqlParser);

  it('are the same for the same seed, and others for another', () => {
    const recipes = [table('t', 200, [column('a', { draw: { kind: 'pool', size: 50, skew: 2 } }), column('b', { shape: { kind: 'words', count: 3 } })])];
    assert.deepEqual(all(new Rows(recipes, 1), 't'), all(new Rows(recipes, 1), 't'));
    assert.notDeepEqual(all(new Rows(recipes, 1), 't'), all(new Rows(recipes, 2), 't'));
  });

  it('respect foreign keys, composite ones too', () => {
    const parent = table('parent', 40, [column('a'), column('b', { shape: { kind: 'label', style: 'code', prefix: 'x' } })]);
    const reference = (name: string) => ({ kind: 'reference', table: 'parent', column: name, key: 0, skew: 2 }) as const;
    const child = table('child', 500, [column('parent_a', { draw: reference('a') }), column('parent_b', { draw: reference('b') })]);
    const rows = new Rows([parent, child], 3);
    const keys = new Set(all(rows, 'parent').map((row) => row.join()));
    assert.deepEqual(all(rows, 'child').filter((row) => !keys.has(row.join())), []);
    assert.ok(new Set(all(rows, 'child').map((row) => row.join())).size > 20, 'the children spread over the parents');
  });

  it('survive a circle of foreign keys', () => {
    const reference = (to: string) => ({ kind: 'reference', table: to, column: 'id', key: 0, skew: 2 }) as const;
    const rows = new Rows([table('a', 30, [column('id'), column('b_id', { draw: reference('b') })]), table('b', 20, [column('id'), column('a_id', { draw: reference('a') })])], 1);
    assert.ok(all(rows, 'a').every(([, b]) => Number(b) >= 1 && Number(b) <= 20));
    // A key that is itself a reference back to its own table never ends by itself.
    const loop = new Rows([table('x', 5, [column('id', { draw: reference('y') })]), table('y', 5, [column('id', { draw: reference('x') })])], 1);
    assert.equal(all(loop, 'x').length, 5);
  });

  it('keep tuples unique', () => {
    const pool = (size: number) => ({ kind: 'pool', size, skew: 2 }) as const;
    const rows = new Rows([table('pairs', 600, [column('a', { draw: pool(20) }), column('b', { draw: pool(30) })], [['a', 'b']])], 5);
    assert.equal(new Set(all(rows, 'pairs').map((row) => row.join())).size, 600);
  });

  it('refer to each row once where the reference is unique', () => {
    const draw = { kind: 'reference', table: 'users', column: 'id', key: 0, skew: 0 } as const;
    const rows = new Rows([table('users', 50, [column('id')]), table('profiles', 50, [column('user_id', { draw })])], 1);
    assert.equal(new Set(all(rows, 'profiles').map(([id]) => id)).size, 50);
  });

  it('are skewed: the first of many values is much more common than the middle one', () => {
    const rows = new Rows([table('t', 20_000, [column('a', { draw: { kind: 'pool', size: 100, skew: 2 } })])], 1);
    const counts = new Map<string, number>();
    for (const [value] of all(rows, 't')) counts.set(value!, (counts.get(value!) ?? 0) + 1);
    assert.ok(counts.get('1')! > 8 * counts.get('50')!, `${counts.get('1')} and ${counts.get('50')}`);
  });

  it('refer to those rows alone that were loaded', () => {
    const draw = { kind: 'reference', table: 'parent', column: 'id', key: 0, skew: 1 } as const;
    const rows = new Rows([table('parent', 1_000, [column('id')]), table('child', 100, [column('parent_id', { draw })])], 1);
    rows.setRows('parent', 10);
    assert.ok(all(rows, 'child').every(([id]) => Number(id) <= 10));
  });

  it('obey types, NULLs, enums and checks of the schema', async () => {
    const schema = `
      CREATE TYPE mood AS ENUM ('sad', 'ok');
      ALTER TYPE mood ADD VALUE 'happy';
      CREATE TABLE people (
        id bigserial PRIMARY KEY,
        email varchar(40) NOT NULL UNIQUE,
        mood mood NOT NULL,
        state text NOT NULL CHECK (state IN ('new', 'done')),
        age integer CHECK (age BETWEEN 18 AND 30),
        score integer NOT NULL CHECK (score > 5 AND score <= 8),
        code char(3) NOT NULL,
        born date,
        deleted_at timestamptz,
        uid uuid NOT NULL
      );
      SELECT * FROM people WHERE email = $1;`;
    const plan = planFor(await workspaceOf({ 'schema.sql': schema }, { people: 2_000 }), 'schema.sql', { at: 'SELECT' });
    const names = plan.tables[0]!.columns.map(({ name }) => name);
    const rows = all(new Rows(plan.tables, plan.seed), 'people').map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
    const values = (name: string) => new Set(rows.map((row) => row[name]));
    assert.deepEqual([...values('mood')].sort(), ['happy', 'ok', 'sad']);
    assert.deepEqual([...values('state')].sort(), ['done', 'new']);
    assert.deepEqual([...values('score')].sort(), ['6', '7', '8']);
    assert.equal(values('email').size, 2_000);
    assert.ok(rows.every(({ age }) => age === null || (Number(age) >= 18 && Number(age) <= 30)));
    assert.ok(rows.every(({ code }) => code!.length <= 3));
    assert.ok(rows.every(({ uid }) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/.test(uid!)));
    assert.equal(values('uid').size, 2_000);
    const empty = rows.filter((row) => row.deleted_at === null).length / rows.length;
    assert.ok(empty > 0.85 && empty < 0.95, `${empty} of the rows are not deleted`);
    assert.ok(rows.some(({ born }) => born === null) && rows.some(({ born }) => /^\d{4}-\d\d-\d\d$/.test(born ?? '')));
  });
});
