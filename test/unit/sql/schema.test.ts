import assert from 'node:assert/strict';
import type { SchemaChange } from '../../../src/core/facts';
import type { Schema } from '../../../src/core/workspaceView';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { buildSchema, mayLackIndexes } from '../../../src/workspace/schema';
import { dialectOf } from '../../../src/workspace/schema/dialect';
import { factsOf } from './schemaFacts';
import { parsed } from './statements';

const schemaOf = (files: Readonly<Record<string, string>> | string): Schema => buildSchema(factsOf(typeof files === 'string' ? { 'schema.sql': files } : files));
const indexes = (schema: Schema, table: string): string[] => schema.table(table)!.indexes.map(({ columns }) => columns.join()).sort();
const changes = (sql: string, backslashes = false): readonly SchemaChange[] => parsed(sql, backslashes).schemaChanges();

describe('schema', () => {
  before(loadSqlParser);

  it('reads a table with its keys', () => {
    assert.deepEqual(changes('CREATE TABLE s.t (id bigserial PRIMARY KEY, a varchar(20) NOT NULL UNIQUE, b int[] REFERENCES u (id), UNIQUE (a, b))'), [
      {
        kind: 'create-table',
        table: 't',
        columns: [
          { name: 'id', type: 'bigserial', nullable: false },
          { name: 'a', type: 'varchar(20)', nullable: false },
          { name: 'b', type: 'integer[]', nullable: true },
        ],
        primaryKey: ['id'],
        uniques: [['a'], ['a', 'b']],
        foreignKeys: [{ columns: ['b'], references: 'u', referencedColumns: ['id'] }],
        line: 0,
      },
    ]);
  });

  it('reads an index with everything that decides what it serves', () => {
    const [change] = changes("CREATE UNIQUE INDEX i ON t USING gin (lower(a) gin_trgm_ops, b) INCLUDE (c) WHERE d = 'x'");
    assert.deepEqual(change, {
      kind: 'create-index',
      index: { name: 'i', table: 't', columns: ['lower(a)', 'b'], unique: true, method: 'gin', where: "d = 'x'", operatorClasses: ['gin_trgm_ops', undefined], include: ['c'] },
      line: 0,
    });
  });

  it("reads the indexes inside MySQL's tables, those of its foreign keys included", () => {
    const schema = schemaOf(
      'CREATE TABLE `t` (`id` int(11) AUTO_INCREMENT, `a` varchar(50) COMMENT \'a; b\', `b` text, `c` int, PRIMARY KEY (`id`) USING BTREE, KEY `k` (`a`(10), `id`), ' +
        'FULLTEXT KEY `f` (`b`), UNIQUE KEY `u` (`a`), CONSTRAINT `x` FOREIGN KEY (`c`) REFERENCES `o` (`id`)) ENGINE=InnoDB;' +
        'ALTER TABLE `t` ADD INDEX `n` (`b`(191)), DROP INDEX `u`, MODIFY COLUMN `a` text;',
    );
    assert.deepEqual(indexes(schema, 't'), ['a,id', 'b', 'b', 'c', 'id']);
    assert.deepEqual(schema.table('t')!.indexes.filter(({ columns }) => columns[0] === 'b').map(({ method }) => method), ['fulltext', 'btree']);
  });

  it("reads MySQL's prefix of a column as the column", () => {
    const [change] = changes('CREATE INDEX i ON t (a(10), b)');
    assert.deepEqual(change?.kind === 'create-index' && change.index.columns, ['a', 'b']);
  });

  it('does not take a column named key for an index', () => {
    const [change] = changes('CREATE TABLE `kv` (`id` int(11), key varchar(10), value text) ENGINE=InnoDB');
    assert.deepEqual(change?.kind === 'create-table' && change.columns.map(({ name }) => name), ['id', 'key', 'value']);
  });

  it('replays migrations by number, wherever their files stand in the list', () => {
    const schema = schemaOf({
      'm/10_drop.sql': 'DROP INDEX i; ALTER TABLE t DROP COLUMN b;',
      'm/2_index.sql': 'CREATE INDEX i ON t (a); CREATE INDEX j ON t (b, a); ALTER TABLE t ADD UNIQUE (c);',
      'm/1_table.sql': 'CREATE TABLE t (a int, b int, c int);',
      'm/11_rename.sql': 'ALTER TABLE t RENAME COLUMN c TO d; ALTER TABLE t RENAME TO u;',
    });
    assert.equal(schema.table('t'), undefined);
    assert.deepEqual(indexes(schema, '"Public"."U"'), ['d']);
    assert.deepEqual([...schema.table('u')!.columns.keys()], ['a', 'd']);
  });

  it('passes over the way back', () => {
    const table = 'CREATE TABLE t (a int);';
    const ways: readonly Readonly<Record<string, string>>[] = [
      { '1_t.up.sql': table, '1_t.down.sql': 'DROP TABLE t;' },
      { '1_t.sql': `-- migrate:up\n${table}\n-- migrate:down\nDROP TABLE t;` },
      { '1_t.sql': `-- +goose Up\n-- +goose StatementBegin\n${table}\n-- +goose StatementEnd\n-- +goose Down\nDROP TABLE t;` },
      { 'V1__t.sql': table, 'sql/U1__t.sql': 'DROP TABLE t;' },
      { 'm/1/up.sql': table, 'm/2/down.sql': 'DROP TABLE t;' },
    ];
    for (const files of ways) assert.ok(schemaOf(files).table('t'), Object.keys(files).join());
  });

  it('adds up what several files say of one table', () => {
    const schema = schemaOf({ 'mysql/schema.sql': 'CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a);', 'sqlite/schema.sql': 'CREATE TABLE t (a int, c int); CREATE INDEX j ON t (c);' });
    assert.deepEqual(indexes(schema, 't'), ['a', 'c']);
    assert.deepEqual([...schema.table('t')!.columns.keys()], ['a', 'b', 'c']);
  });

  it('keeps an index that is stated before its table', () => {
    assert.deepEqual(indexes(schemaOf({ 'a/indexes.sql': 'CREATE INDEX i ON t (a);', 'b/tables.sql': 'CREATE TABLE t (a int);' }), 't'), ['a']);
  });

  it('knows the table after SQLite rebuilt it', () => {
    const schema = schemaOf(
      'CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE TABLE t_new (a int, b int); INSERT INTO t_new SELECT a, 1 FROM t; DROP TABLE t; ALTER TABLE t_new RENAME TO t; CREATE INDEX j ON t (b);',
    );
    assert.deepEqual(indexes(schema, 't'), ['b']);
  });

  it('leaves out tables of a session', () => {
    assert.deepEqual(schemaOf('CREATE TEMP TABLE t (a int); CREATE TEMPORARY TABLE u (a int);').tables, []);
  });

  it('knows that it may not know every index', () => {
    assert.equal(mayLackIndexes(schemaOf('CREATE INDEX i ON t (a);')), false);
    assert.equal(mayLackIndexes(schemaOf('CREATE INDEX CONCURRENTLY %(name)s ON %(table)s (%(columns)s) %(where)s;')), true);
  });

  it('tells where a table is declared', () => {
    const table = schemaOf('\n\nCREATE TABLE t (a int);').table('t')!;
    assert.deepEqual([table.file, table.line], ['schema.sql', 2]);
  });

  it('guesses the dialect from what only one database has', () => {
    assert.equal(dialectOf(schemaOf('CREATE TABLE t (id bigserial)')), 'postgresql');
    assert.equal(dialectOf(schemaOf('CREATE TABLE t (id int); CREATE INDEX i ON t USING gin (id)')), 'postgresql');
    assert.equal(dialectOf(schemaOf('CREATE TABLE `t` (id int(11), a tinyint(1)) ENGINE=InnoDB')), 'mysql');
    assert.equal(dialectOf(schemaOf('CREATE TABLE t (id integer, a text)')), 'unknown');
  });
});
