import assert from 'node:assert/strict';
import type { SchemaChange } from '../../../src/core/facts';
import type { Schema } from '../../../src/core/workspaceView';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { buildSchema } from '../../../src/workspace/schema';
import { factsOf } from './schemaFacts';
import { parsed } from './statements';

const schemaOf = (files: Readonly<Record<string, string>> | string): Schema => buildSchema(factsOf(typeof files === 'string' ? { 'schema.sql': files } : files));
const indexes = (schema: Schema, table: string): string[] => schema.table(table)!.indexes.map(({ columns }) => columns.join()).sort();
const changes = (sql: string, backslashes = false): readonly SchemaChange[] => parsed(sql, backslashes).schemaChanges();

describe('schema', () => {
  before(loadSqlParser);

  it('reads a table with its keys', () => {
    assert.deepEqual(changes('CREATE TABLE public.t (id bigserial PRIMARY KEY, a varchar(20) NOT NULL UNIQUE, b int[] REFERENCES u (id), UNIQUE (a, b))'), [
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
      index: { name: 'i', table: 't', columns: ['lower(a)', 'b'], unique: true, method: 'gin', where: "d = 'x'", predicate: [{ column: 'd', test: '=', values: ["'x'"] }], operatorClasses: ['gin_trgm_ops', undefined], include: ['c'] },
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

  it('reads the order, the collation class and the predicate of an index as PostgreSQL prints them', () => {
    const index = (sql: string) => {
      const [change] = changes(sql);
      assert.ok(change?.kind === 'create-index');
      return change.index;
    };
    const dumped = index("CREATE INDEX i ON public.t USING btree (lower((email)::text) text_pattern_ops, created_at DESC NULLS LAST) WHERE ((deleted_at IS NULL) AND (kind = ANY (ARRAY['a'::text, 'b'::text])) AND (NOT done))");
    assert.deepEqual([dumped.table, dumped.columns, dumped.operatorClasses], ['t', ['lower(email)', 'created_at'], ['text_pattern_ops', undefined]]);
    assert.deepEqual(dumped.order, [{ descending: false }, { descending: true, nulls: 'last' }]);
    assert.deepEqual(dumped.predicate, [
      { column: 'deleted_at', test: 'is-null' },
      { column: 'kind', test: 'in', values: ["'a'", "'b'"] },
      { column: 'done', test: '=', values: ['false'] },
    ]);
    assert.equal(index('CREATE INDEX i ON t (a) WHERE a % 2 = 0').predicate, undefined);
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

  it('follows what ALTER changes', () => {
    const schema = schemaOf(`
      CREATE TABLE t (a int, b text NOT NULL, c int, CONSTRAINT t_key PRIMARY KEY (a));
      CREATE INDEX i ON t (c); CREATE INDEX p ON t (a) WHERE c IS NULL;
      ALTER TABLE t ALTER COLUMN b TYPE varchar(10), ALTER b DROP NOT NULL, ALTER c SET NOT NULL;
      ALTER INDEX i RENAME TO j; ALTER TABLE t RENAME CONSTRAINT t_key TO t_pk;
      ALTER TABLE t ADD CONSTRAINT t_u UNIQUE (b), ADD CONSTRAINT t_fk FOREIGN KEY (c) REFERENCES other (id);
      ALTER TABLE t RENAME COLUMN c TO d; ALTER TABLE t RENAME TO u;`);
    const table = schema.table('u')!;
    assert.deepEqual([...table.columns.values()].map(({ name, type, nullable }) => `${name} ${type}${nullable ? '' : ' not null'}`), ['a integer not null', 'b varchar(10)', 'd integer not null']);
    assert.deepEqual(table.indexes.map(({ name, columns }) => `${name} (${columns.join()})`), ['t_pk (a)', 'j (d)', 'p (a)', 't_u (b)']);
    assert.deepEqual(table.indexes.map(({ predicate }) => predicate?.[0]?.column), [undefined, undefined, 'd', undefined]);
    assert.deepEqual(table.foreignKeys.map(({ name, columns }) => `${name} ${columns.join()}`), ['t_fk d']);
  });

  it('drops a constraint by its name, in its own table only', () => {
    const schema = schemaOf(`
      CREATE TABLE t (a int REFERENCES o, CONSTRAINT k UNIQUE (a)); CREATE TABLE u (a int, CONSTRAINT k2 UNIQUE (a), CONSTRAINT pk PRIMARY KEY (a));
      ALTER TABLE u DROP CONSTRAINT k; ALTER TABLE u DROP CONSTRAINT k2; ALTER TABLE u DROP CONSTRAINT pk;
      ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p; ALTER TABLE t DROP CONSTRAINT f;`);
    assert.deepEqual([indexes(schema, 't'), indexes(schema, 'u')], [['a'], []]);
    assert.deepEqual([schema.table('u')!.primaryKey, schema.table('t')!.foreignKeys.map(({ references }) => references)], [[], ['o']]);
  });

  it('knows a key once, under the name it was given', () => {
    const names = (sql: string) => schemaOf(sql).table('t')!.indexes.map(({ name, constraint }) => `${name}: ${constraint}`);
    assert.deepEqual(names('CREATE TABLE t (a int, CONSTRAINT "PK_1" PRIMARY KEY (a))'), ['PK_1: primary key']);
    assert.deepEqual(names('CREATE TABLE t (a int); ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (a);'), ['t_pkey: primary key']);
  });

  it('takes over what LIKE and INHERITS say, and leaves a partition to its table', () => {
    const schema = schemaOf(`
      CREATE TABLE base (id bigint PRIMARY KEY, at timestamptz); CREATE INDEX base_at ON base (at);
      CREATE TABLE copy (LIKE base INCLUDING ALL, extra int); CREATE TABLE child (x int) INHERITS (base);
      CREATE TABLE log (at timestamptz, k int) PARTITION BY RANGE (at); CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`);
    assert.deepEqual([[...schema.table('copy')!.columns.keys()], indexes(schema, 'copy')], [['id', 'at', 'extra'], ['at', 'id']]);
    assert.deepEqual([[...schema.table('child')!.columns.keys()], indexes(schema, 'child')], [['id', 'at', 'x'], []]);
    assert.deepEqual([schema.table('log')!.partitionedBy, schema.table('log_1')], [['at'], undefined]);
  });

  it('tells tables of one name in several schemas apart', () => {
    const schema = schemaOf('CREATE TABLE auth.users (id int, secret text); CREATE TABLE public.users (id int, name text); CREATE TABLE billing.bills (id int); CREATE INDEX i ON auth.users (secret);');
    assert.deepEqual([indexes(schema, 'users'), indexes(schema, 'auth.users')], [[], ['secret']]);
    assert.deepEqual([[...schema.table('public.users')!.columns.keys()], schema.table('bills')!.name], [['id', 'name'], 'billing.bills']);
  });

  it('knows views, and takes a materialized one for the table it is', () => {
    const schema = schemaOf(`
      CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a, b AS c FROM t; CREATE VIEW star AS SELECT * FROM t; CREATE VIEW gone AS SELECT a FROM t; DROP VIEW gone;
      CREATE MATERIALIZED VIEW m AS SELECT a, count(*) AS n FROM t GROUP BY a; CREATE UNIQUE INDEX m_a ON m (a);`);
    assert.deepEqual([schema.view('v')!.columns, schema.view('V')!.tables, schema.view('star')!.columns, schema.view('gone')], [['a', 'c'], ['t'], undefined, undefined]);
    assert.deepEqual([indexes(schema, 'm'), schema.table('v')], [['a'], undefined]);
  });

  it("reads what PostgreSQL's DO blocks do", () => {
    const schema = schemaOf(`
      CREATE TABLE t (a int);
      DO $$ BEGIN
        ALTER TABLE "t" ADD CONSTRAINT "t_fk" FOREIGN KEY ("a") REFERENCES "public"."u"("id");
      EXCEPTION WHEN duplicate_object THEN null; END $$;
      DO $do$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'i') THEN CREATE INDEX i ON t (a); END IF; END $do$;`);
    assert.deepEqual([indexes(schema, 't'), schema.table('t')!.foreignKeys.map(({ references }) => references)], [['a'], ['u']]);
  });

  it('passes over the way back', () => {
    const table = 'CREATE TABLE t (a int);';
    const ways: readonly Readonly<Record<string, string>>[] = [
      { '1_t.up.sql': table, '1_t.down.sql': 'DROP TABLE t;' },
      { '1_t.sql': `-- migrate:up\n${table}\n-- migrate:down\nDROP TABLE t;` },
      { '1_t.sql': `-- +goose Up\n-- +goose StatementBegin\n${table}\n-- +goose StatementEnd\n-- +goose Down\nDROP TABLE t;` },
      { 'V1__t.sql': table, 'sql/U1__t.sql': 'DROP TABLE t;' },
      { 'm/1/up.sql': table, 'm/2/down.sql': 'DROP TABLE t;' },
      { '1_t.sql': `-- +migrate Up notransaction\n${table}\n-- +migrate Down\nDROP TABLE t;` },
      { 'evolutions/1.sql': `# --- !Ups\n${table}\n# --- !Downs\nDROP TABLE t;` },
    ];
    for (const files of ways) assert.ok(schemaOf(files).table('t'), Object.keys(files).join());
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

  it('knows the table after MySQL swapped a new one in', () => {
    const rebuilt = 'CREATE TABLE `t` (`a` int); CREATE TABLE `t_new` (`a` int, KEY `k` (`a`));';
    assert.deepEqual(indexes(schemaOf(`${rebuilt} DROP TABLE \`t\`; RENAME TABLE \`t_new\` TO \`t\`;`), 't'), ['a']);
    const swapped = schemaOf(`${rebuilt} RENAME TABLE \`t\` TO \`t_old\`, \`t_new\` TO \`t\`;`);
    assert.deepEqual([indexes(swapped, 't'), indexes(swapped, 't_old')], [['a'], []]);
  });

  it('gives no index of a foreign key to SQLite, which writes names as MySQL does', () => {
    const fk = 'FOREIGN KEY (`c`) REFERENCES `o`(`id`)';
    assert.deepEqual(indexes(schemaOf(`CREATE TABLE \`t\` (\`id\` integer PRIMARY KEY NOT NULL, \`c\` integer, ${fk});`), 't'), ['id']);
    assert.deepEqual(indexes(schemaOf(`CREATE TABLE \`t\` (\`id\` int PRIMARY KEY, \`c\` int); ALTER TABLE \`t\` ADD CONSTRAINT \`f\` ${fk};`), 't'), ['c', 'id']);
  });

  it('leaves out tables of a session', () => {
    assert.deepEqual(schemaOf('CREATE TEMP TABLE t (a int); CREATE TEMPORARY TABLE u (a int);').tables, []);
  });

  it('knows that it may not know every index', () => {
    assert.equal(schemaOf('CREATE INDEX i ON t (a);').mayLackIndexes, false);
    assert.equal(schemaOf('CREATE INDEX CONCURRENTLY %(name)s ON %(table)s (%(columns)s) %(where)s;').mayLackIndexes, true);
  });

  it('tells where a table is declared', () => {
    const table = schemaOf('\n\nCREATE TABLE t (a int);').table('t')!;
    assert.deepEqual([table.file, table.line], ['schema.sql', 2]);
  });

  it('guesses the dialect from what only one database has', () => {
    const dialect = (sql: string) => schemaOf(sql).table('t')!.dialect;
    assert.equal(dialect('CREATE TABLE t (id bigserial)'), 'postgresql');
    assert.equal(dialect('CREATE TABLE t (id int); CREATE INDEX i ON t USING gin (id)'), 'postgresql');
    assert.equal(dialect('CREATE TABLE `t` (id int(11), a tinyint(1)) ENGINE=InnoDB'), 'mysql');
    assert.equal(dialect('CREATE TABLE t (id integer, a text)'), undefined);
  });
});
