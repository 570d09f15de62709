import assert from 'node:assert/strict';
import type { Schema } from '../../../src/core/workspaceView';
import { createDetector } from '../../../src/detect/detector';
import { WorkspaceKnowledge } from '../../../src/workspace/knowledge';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { Databases } from '../../../src/workspace/schema/databases';
import { factsOf } from './schemaFacts';

const databases = (files: Readonly<Record<string, string>>): Databases => new Databases(factsOf(files));
const indexed = (schema: Schema, table = 't'): string[] | undefined => schema.table(table)?.indexes.map(({ columns }) => columns.join()).sort();

const TABLE = 'CREATE TABLE t (a int, b int, c int);';

describe('databases of a repository', () => {
  before(loadSqlParser);

  it('are not mixed where two projects migrate a table of the same name', () => {
    const found = databases({
      'apps/a/migrations/1.sql': `${TABLE} CREATE INDEX i ON t (a);`,
      'apps/b/migrations/1.sql': 'CREATE TABLE t (x int, y int); CREATE INDEX i ON t (x);',
    });
    assert.deepEqual(indexed(found.schemaOf('apps/a/src/queries.ts')), ['a']);
    assert.deepEqual(indexed(found.schemaOf('apps/b/src/deep/queries.py')), ['x']);
    assert.deepEqual(found.schemaOf('apps/b/q.sql').tables.map(({ name }) => name), ['t']);
  });

  it('of several dialects side by side are alternatives: that of the file, else PostgreSQL', () => {
    const found = databases({
      'store/migration/mysql/0.1/00__t.sql': `${TABLE} CREATE INDEX i ON t (a);`,
      'store/migration/postgres/0.1/00__t.sql': `${TABLE} CREATE INDEX i ON t (b);`,
      'store/migration/sqlite/LATEST.sql': `${TABLE} CREATE INDEX i ON t (c);`,
    });
    assert.deepEqual(indexed(found.schemaOf('server/x.ts')), ['b']);
    assert.deepEqual(indexed(found.schemaOf('store/db/mysql/x.ts')), ['a']);
    assert.deepEqual(indexed(found.schemaOf('server/x.ts', 'sqlite')), ['c']);
    assert.equal(found.schemaOf('store/db/mysql/x.ts').table('t')!.dialect, 'mysql');
  });

  it('are known by the names of files, too, and by their syntax', () => {
    const named = databases({ 'db/schema.mysql.sql': `${TABLE} CREATE INDEX i ON t (a);`, 'db/schema.postgres.sql': `${TABLE} CREATE INDEX i ON t (b);` });
    assert.deepEqual(indexed(named.schemaOf('src/x.ts')), ['b']);
    const written = databases({
      'one/sql/a.sql': 'CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, a int) ENGINE=InnoDB; CREATE INDEX i ON t (a);',
      'two/sql/a.sql': 'CREATE TABLE t (id bigserial PRIMARY KEY, a int, b int); CREATE INDEX i ON t (b);',
    });
    assert.deepEqual(indexed(written.schemaOf('x.ts', 'mysql')), ['a', 'id']);
    assert.deepEqual(indexed(written.schemaOf('x.ts', 'postgresql')), ['b', 'id']);
  });

  it('are not told apart by what a numbered step is about, nor made of names from run time', async () => {
    const found = databases({ 'versions/2023-04-13-06.47_b3db_postgres_search.sql': TABLE, 'versions/2024-01-01-00.00_c4_more.sql': 'CREATE INDEX i ON t (a);' });
    assert.deepEqual(indexed(found.schemaOf('src/x.ts')), ['a']);
    const detector = createDetector();
    await detector.update('store.ts', 'db.exec(`CREATE TABLE ${a} (x int PRIMARY KEY)`); db.exec(`CREATE INDEX i ON ${b} (x)`);');
    assert.deepEqual(detector.schema().tables, []);
  });

  it("leave out those whose SQL is not read", () => {
    const found = databases({ 'db/clickhouse/1_t.sql': TABLE, 'db/postgresql/1_t.sql': `${TABLE} CREATE INDEX i ON t (a);` });
    assert.deepEqual(indexed(found.schemaOf('src/x.ts')), ['a']);
    assert.equal(databases({ 'db/clickhouse/1_t.sql': TABLE }).schemaOf('src/x.ts').table('t'), undefined);
  });

  it('do not lose what a migration in code would take back', async () => {
    const detector = createDetector();
    const typescript = "export class M { async up() { this.addSql('CREATE TABLE t (a int, b int)'); } async down() { this.addSql('DROP TABLE t'); } }";
    const python = 'def upgrade():\n    op.execute("CREATE TABLE u (a int, b int)")\n\ndef downgrade():\n    op.execute("DROP TABLE u")\n';
    await detector.update('src/migrations/Migration20240101.ts', typescript);
    await detector.update('versions/0001_u.py', python);
    assert.deepEqual(detector.schema('src/x.ts').tables.map(({ name }) => name).sort(), ['t', 'u']);
  });

  it('are completed by a dump beside the migrations, and by models around them', () => {
    const dumped = databases({ 'db/schema.sql': `${TABLE} CREATE INDEX i ON t (a);`, 'db/migrations/1_t.sql': `${TABLE} CREATE INDEX j ON t (b);` });
    assert.deepEqual(indexed(dumped.schemaOf('src/x.ts')), ['a', 'b']);
    const nested = databases({ 'src/shop/tables.sql': `${TABLE} CREATE INDEX i ON t (a);`, 'src/migrations/1_t.sql': `${TABLE} CREATE INDEX j ON t (b);` });
    assert.deepEqual(indexed(nested.schemaOf('src/shop/x.ts')), ['a', 'b']);
  });

  it('are not completed by a table that only has its name in common', () => {
    const found = databases({ 'schema.sql': `${TABLE} CREATE INDEX i ON t (a);`, 'tools/cache/schema.sql': 'CREATE TABLE t (k text, v text, a int); CREATE INDEX j ON t (k);' });
    assert.deepEqual(indexed(found.schemaOf('src/x.ts')), ['a']);
    assert.deepEqual(indexed(found.schemaOf('tools/cache/x.ts')), ['k']);
  });

  it("take an index or a column from whichever folder alters the nearest table of that name", () => {
    const found = databases({ 'a/tables.sql': TABLE, 'b/indexes.sql': 'CREATE INDEX i ON t (b); ALTER TABLE t ADD COLUMN d int;' });
    assert.deepEqual(indexed(found.schemaOf('x.ts')), ['b']);
    assert.ok(found.schemaOf('x.ts').table('t')!.columns.has('d'));
    const several = databases({
      'apps/a/migrations/1.sql': TABLE,
      'apps/b/migrations/1.sql': 'CREATE TABLE t (x int, y int);',
      'apps/b/extra/indexes.sql': 'CREATE INDEX i ON t (x);',
    });
    assert.deepEqual([indexed(several.schemaOf('apps/a/x.ts')), indexed(several.schemaOf('apps/b/x.ts'))], [[], ['x']]);
  });

  it('run the migrations of each tool in its order', () => {
    const ways: readonly Readonly<Record<string, string>>[] = [
      { 'sql/V1__t.sql': TABLE, 'sql/V2_1__i.sql': 'CREATE INDEX i ON t (a);', 'sql/V2_10__d.sql': 'DROP INDEX i;', 'sql/R__z.sql': 'CREATE INDEX z ON t (b);' },
      { 'migrations/2024-01-01-000000_t/up.sql': TABLE, 'migrations/2024-01-01-000000_t/down.sql': 'DROP TABLE t;', 'migrations/2024-02-01-000000_i/up.sql': 'CREATE INDEX z ON t (b);' },
      { 'prisma/migrations/20240101000000_t/migration.sql': TABLE, 'prisma/migrations/20240102000000_i/migration.sql': 'CREATE INDEX z ON t (b);' },
      { 'migrations/000001_t.up.sql': TABLE, 'migrations/000001_t.down.sql': 'DROP TABLE t;', 'migrations/000002_i.up.sql': 'CREATE INDEX z ON t (b);' },
      { 'db/structure.sql': `SET statement_timeout = 0;\n${TABLE}\nALTER TABLE ONLY public.t ALTER COLUMN a SET DEFAULT nextval('s'::regclass);\nCREATE INDEX z ON public.t USING btree (b);\n\\connect x\n` },
    ];
    for (const files of ways) assert.deepEqual(indexed(databases(files).schemaOf('src/x.ts')), ['b'], Object.keys(files).join());
  });

  it('replay only the history that an edit belongs to', () => {
    const workspace = new WorkspaceKnowledge();
    const files = { 'apps/a/migrations/1.sql': TABLE, 'apps/a/migrations/2.sql': 'CREATE INDEX i ON t (a);', 'apps/b/migrations/1.sql': 'CREATE TABLE u (x int);' };
    for (const facts of factsOf(files)) workspace.set(facts);
    const look = () => [indexed(workspace.schemaOf('apps/a/x.ts')), indexed(workspace.schemaOf('apps/b/x.ts'), 'u')];
    assert.deepEqual(look(), [['a'], []]);
    for (const facts of factsOf({ 'apps/b/migrations/1.sql': 'CREATE TABLE u (x int PRIMARY KEY);', 'src/q.sql': 'SELECT a FROM t;' })) workspace.set(facts);
    assert.deepEqual(look(), [['a'], ['x']]);
    assert.deepEqual([...workspace.schemaReplays()], [['apps/a/migrations', 1], ['apps/b/migrations', 2]]);
    workspace.delete('apps/a/migrations/2.sql');
    assert.deepEqual(look(), [[], ['x']]);
  });
});
