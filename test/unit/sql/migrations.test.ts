import assert from 'node:assert/strict';
import type { Table, WorkspaceView } from '../../../src/core/workspaceView';
import { isMigrationPath } from '../../../src/workspace/schema/migrations';
import { newMigration } from '../../../src/workspace/schema/newMigration';
import { isSmallTable } from '../../../src/workspace/schema/smallTables';

const table = (file: string): Table => ({ name: 't', columns: new Map(), primaryKey: [], foreignKeys: [], indexes: [], partitionedBy: [], file, line: 0 });
const workspace = (files: readonly string[], rows?: number): WorkspaceView =>
  ({ files: (matches: (path: string) => boolean) => files.filter(matches), rowsOf: () => rows }) as unknown as WorkspaceView;
const place = (declaredIn: string, ...files: readonly string[]) => newMigration('add_x', table(declaredIn), workspace([declaredIn, ...files]));

describe('migrations', () => {
  it('follow the last one of their folder in its own style', () => {
    const cases: readonly (readonly [last: string, next: string])[] = [
      ['db/migrations/0009_a.sql', 'db/migrations/0010_add_x.sql'],
      ['db/migrations/20240131235959_a.sql', 'db/migrations/20240201000000_add_x.sql'],
      ['migrations/000012_a.up.sql', 'migrations/000013_add_x.up.sql'],
      ['flyway/V12__a.sql', 'flyway/V13__add_x.sql'],
      ['prisma/migrations/20240101000000_a/migration.sql', 'prisma/migrations/20240101000001_add_x/migration.sql'],
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
