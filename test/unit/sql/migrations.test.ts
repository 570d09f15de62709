import assert from 'node:assert/strict';
import type { WorkspaceView } from '../../../src/core/workspaceView';
import { isMigrationPath } from '../../../src/workspace/schema/migrations';
import { markedTool, namedTool, type MigrationTool } from '../../../src/core/migrations';
import { migrationFiles } from '../../../src/workspace/schema/migrationText';
import { newMigration, newMigrations } from '../../../src/workspace/schema/newMigration';
import { isSmallTable } from '../../../src/workspace/schema/smallTables';

const workspace = (files: readonly string[], rows?: number, marks: Readonly<Record<string, MigrationTool>> = {}): WorkspaceView =>
  ({ files: (matches: (path: string) => boolean) => files.filter(matches), rowsOf: () => rows, migrationToolOf: (file: string) => marks[file] }) as unknown as WorkspaceView;
const place = (declaredIn: string, ...files: readonly string[]) => newMigration('add_x', declaredIn, workspace([declaredIn, ...files]));

describe('migrations', () => {
  it('follow the last one of their folder in its own style', () => {
    const cases: readonly (readonly [last: string, next: string])[] = [
      ['db/migrations/0009_a.sql', 'db/migrations/0010_add_x.sql'],
      ['db/migrations/20240131235959_a.sql', 'db/migrations/20240201000000_add_x.sql'],
      ['migrations/000012_a.up.sql', 'migrations/000013_add_x.up.sql'],
      ['flyway/V12__a.sql', 'flyway/V13__add_x.sql'],
      ['prisma/migrations/20240101000000_a/migration.sql', 'prisma/migrations/20240101000001_add_x/migration.sql'],
      ['migrations/2024-01-31-235959_a/up.sql', 'migrations/2024-02-01-000000_add_x/up.sql'],
      ['sql/V2_1__a.sql', 'sql/V2_2__add_x.sql'],
      ['sql/V2.9__a.sql', 'sql/V2.10__add_x.sql'],
      ['migrations/1-a.sql', 'migrations/2-add_x.sql'],
    ];
    for (const [last, next] of cases) assert.equal(place(last)?.file, next);
  });

  it('look at numbers, not at letters, and never at the way back', () => {
    assert.equal(place('migrations/9_a.sql', 'migrations/10_b.sql', 'migrations/11_c.down.sql')?.file, 'migrations/11_add_x.sql');
  });

  it('go where the table is declared, if there are several folders', () => {
    assert.equal(place('a/migrations/1_a.sql', 'b/migrations/7_b.sql')?.file, 'a/migrations/2_add_x.sql');
  });

  it('begin a folder where there is none, and say so', () => {
    assert.equal(place('schema.sql')?.file, 'migrations/add_x.sql');
    assert.match(place('schema.sql')!.caveat!, /schema\.sql/);
    assert.match(place('prisma/migrations/1_a/migration.sql')!.caveat!, /schema\.prisma/);
  });

  it("are left to the tool that keeps an ORM's model", () => {
    assert.equal(place('shop/models.py', 'shop/migrations/0001_initial.py'), undefined);
  });

  it('follow each other where one fix needs several', () => {
    const places = newMigrations(['a', 'b'], 'db/migrations/0009_t.sql', workspace(['db/migrations/0009_t.sql']));
    assert.deepEqual(places?.map(({ file }) => file), ['db/migrations/0010_a.sql', 'db/migrations/0011_b.sql']);
    assert.deepEqual(newMigrations(['a', 'b'], 'schema.sql', workspace(['schema.sql']))?.map(({ file }) => file), ['migrations/a.sql', 'migrations/b.sql']);
  });

  it('are written for their tool, with the way back and outside a transaction where that is needed', () => {
    const text = (last: string, mark?: MigrationTool) => {
      const { file, tool } = newMigration('x', last, workspace([last], undefined, mark ? { [last]: mark } : {}))!;
      return migrationFiles(file, tool, { up: 'UP;\n', down: 'DOWN;\n', outsideTransaction: true }).map((created) => `${created.file}: ${created.text}`);
    };
    assert.deepEqual(text('migrations/1_a.sql', 'dbmate'), ['migrations/2_x.sql: -- migrate:up transaction:false\nUP;\n\n-- migrate:down transaction:false\nDOWN;\n']);
    assert.deepEqual(text('migrations/1_a.sql', 'goose'), ['migrations/2_x.sql: -- +goose NO TRANSACTION\n-- +goose Up\nUP;\n\n-- +goose Down\nDOWN;\n']);
    assert.deepEqual(text('migrations/1_a.sql', 'sql-migrate'), ['migrations/2_x.sql: -- +migrate Up notransaction\nUP;\n\n-- +migrate Down notransaction\nDOWN;\n']);
    assert.deepEqual(text('migrations/1_a.up.sql'), ['migrations/2_x.up.sql: UP;\n', 'migrations/2_x.down.sql: DOWN;\n']);
    assert.deepEqual(text('migrations/2024-01-01-000000_a/up.sql'), [
      'migrations/2024-01-01-000001_x/up.sql: UP;\n',
      'migrations/2024-01-01-000001_x/down.sql: DOWN;\n',
      'migrations/2024-01-01-000001_x/metadata.toml: run_in_transaction = false\n',
    ]);
    assert.deepEqual(text('migrations/V1__a.sql'), ['migrations/V2__x.sql: UP;\n']);
  });

  it('tell their tool by a mark at their top, else by the names of their files', () => {
    const marks: readonly (readonly [string, MigrationTool | undefined])[] = [
      ['-- migrate:up\nX', 'dbmate'],
      ['-- +goose NO TRANSACTION\n-- +goose Up\nX', 'goose'],
      ['-- +migrate Up\nX', 'sql-migrate'],
      ['CREATE TABLE t (a int);', undefined],
    ];
    for (const [text, tool] of marks) assert.equal(markedTool(text), tool, text);
    const names = ['prisma/migrations/1_a/migration.sql', 'm/2024-01-01-000000_a/up.sql', 'sql/V1__a.sql', 'm/1_a.up.sql', 'supabase/migrations/1_a.sql', 'm/1_a.sql'];
    assert.deepEqual(names.map(namedTool), ['prisma', 'diesel', 'flyway', 'golang-migrate', 'supabase', undefined]);
  });

  it('are known by their folder or their name', () => {
    for (const path of ['db/migrations/1.sql', 'src/data-migrations/x.sql', 'V1__a.sql', 'sql/20240101_x.sql', 'x.up.sql', 'db/seeds/a.sql', 'seed.sql', 'drizzle/0001_a.sql', 'schema/delta/22/a.sql', 'store/0.10/a.sql']) {
      assert.equal(isMigrationPath(path), true, path);
    }
    for (const path of ['queries.sql', 'db/schema.sql', 'sql/1_report.sql', 'src/migrating.sql', 'store/orders.sql']) assert.equal(isMigrationPath(path), false, path);
  });
});

describe('small tables', () => {
  it('are those declared so, or not declared and small by nature', () => {
    assert.equal(isSmallTable('orders', workspace([], 999)), true);
    assert.equal(isSmallTable('orders', workspace([], 1000)), false);
    assert.equal(isSmallTable('orders', workspace([])), false);
    assert.equal(isSmallTable('public."AppSettings"', workspace([])), true);
    assert.equal(isSmallTable('roles', workspace([], 50_000)), false);
  });
});
