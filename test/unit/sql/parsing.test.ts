import assert from 'node:assert/strict';
import { LineIndex } from '../../../src/core/text';
import { loadSqlParser, parseTree, remembering } from '../../../src/syntax/sql/parser';
import { parseScript } from '../../../src/syntax/sql/script';
import { ScriptSource } from '../../../src/syntax/sql/scriptSource';
import { walk, type SqlNode } from '../../../src/syntax/sql/tree';
import { parse, parsed } from './statements';

function find(sql: string, tag: string): { readonly node: SqlNode; readonly text: string } {
  const statement = parsed(sql);
  let found: SqlNode | undefined;
  walk(statement.root, (node) => {
    if (node.tag === tag) found ??= node;
  });
  if (found === undefined) throw new Error(`no ${tag} in ${sql}`);
  const span = statement.span(found);
  return { node: found, text: sql.slice(span.start, span.end) };
}

describe('parsing SQL', () => {
  before(loadSqlParser);

  describe('spans', () => {
    it('end where the last part ends', () => {
      assert.equal(find("SELECT * FROM t WHERE o.a = 'it''s' AND b", 'A_Expr').text, "o.a = 'it''s'");
      assert.equal(find('SELECT count( * ), 1', 'FuncCall').text, 'count( * )');
      assert.equal(find('SELECT * FROM t WHERE a IN (1, (2))', 'A_Expr').text, 'a IN (1, (2))');
      assert.equal(find('SELECT * FROM t WHERE (a + b) > 3', 'A_Expr').text, '(a + b) > 3');
      assert.equal(find('SELECT * FROM t WHERE a IS NOT NULL LIMIT 1', 'NullTest').text, 'a IS NOT NULL');
      assert.equal(find('SELECT lower(a)::varchar(20) FROM t', 'TypeCast').text, 'lower(a)::varchar(20)');
    });

    it('count UTF-16 units where the parser counts bytes', () => {
      assert.equal(find("SELECT 'é🪴', x FROM t WHERE größe LIKE '%ü%' AND y", 'A_Expr').text, "größe LIKE '%ü%'");
    });

    it('are those of the text as written, whatever was rewritten before it', () => {
      assert.equal(find('SELECT `a b` FROM `t` WHERE x = ? AND `naïve` > :from', 'A_Expr').text, 'x = ?');
      assert.equal(find('SELECT * FROM t WHERE a = %(key)s ORDER BY b', 'A_Expr').text, 'a = %(key)s');
    });
  });

  describe('other dialects', () => {
    const dialects: Readonly<Record<string, string>> = {
      backticks: 'SELECT `a` FROM `db`.`t` WHERE `b` = 1',
      brackets: 'SELECT [a] FROM [dbo].[t] WHERE [b] = 1',
      'T-SQL table': 'CREATE TABLE [dbo].[Order Details] ([Id] INT NOT NULL IDENTITY(1,1), [A] NVARCHAR(40), CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id]))',
      'MySQL comments': 'CREATE TABLE t (a int, # the first; b\n b int(11)) ENGINE=InnoDB',
      'MySQL rename': 'ALTER TABLE a RENAME b',
      'MySQL rename of a table': 'RENAME TABLE a TO b',
      'SQLite table': "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT DEFAULT '', UNIQUE (a) ON CONFLICT REPLACE) WITHOUT ROWID",
      'SQLite insert': 'INSERT OR REPLACE INTO t (a) SELECT b FROM u',
      'MySQL insert': 'INSERT IGNORE INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a)',
      'MySQL replace': 'REPLACE INTO t (a) VALUES (1)',
      'MySQL limit': 'SELECT a FROM t LIMIT 10, 20',
      'MySQL interval': 'SELECT a FROM t WHERE b > NOW() - INTERVAL 7 DAY',
      'MySQL hint': 'SELECT a FROM t FORCE INDEX (i) WHERE b = 1',
      'MySQL full text': "SELECT a FROM t WHERE MATCH (b, c) AGAINST ('x' IN BOOLEAN MODE)",
      'MySQL aggregate': "SELECT GROUP_CONCAT(a ORDER BY a SEPARATOR ', ') FROM t",
      'T-SQL top': 'SELECT TOP (10) a FROM t WITH (NOLOCK) WHERE b = @b',
      'SQLite pattern': "SELECT a FROM t WHERE b GLOB 'x*' AND c NOT REGEXP 'y'",
      'a table named user': 'SELECT user.id FROM user WHERE user.name = ?',
    };
    for (const [name, sql] of Object.entries(dialects)) it(`reads ${name}`, () => assert.ok(parse(sql), sql));

    it("reads MySQL's escapes only where MySQL speaks", () => {
      assert.ok(parse("SELECT a FROM `t` WHERE b = 'it\\'s'", true));
    });

    it('leaves unread what no grammar knows, without an error', () => {
      assert.equal(parse('SELECT FROM WHERE'), undefined);
      assert.equal(parse('Please select the best option.'), undefined);
      assert.equal(parse('SELECT 1; SELECT 2'), undefined);
    });

    it('survives nesting that overflows a stack', () => {
      assert.equal(parse(`SELECT ${'('.repeat(30_000)}1${')'.repeat(30_000)}`), undefined);
      assert.ok(parse('SELECT 1 FROM t'));
    });
  });

  describe('placeholders', () => {
    for (const sql of [
      'SELECT a FROM t WHERE b = ? AND c IN (?, ?) LIMIT ?',
      "SELECT a FROM t WHERE b LIKE '%'||?||'%'",
      'SELECT a FROM t WHERE b=:b AND c=@c AND d=$d AND e=?1',
      'SELECT a FROM t WHERE b = %s AND c = %(c)s AND d %% 2 = 0',
      "SELECT a FROM t WHERE b = :'name' AND c::text = 'x'",
      'SELECT a FROM {table} WHERE b = {value}',
      'SELECT a FROM t ORDER BY %order% LIMIT $1',
    ]) {
      it(`reads ${sql}`, () => assert.ok(parse(sql)));
    }

    it('leaves operators alone', () => {
      assert.ok(parse("SELECT a FROM t WHERE b ? 'key' AND c @> '{}' AND arr[1:2] = '{1}'"));
      assert.ok(parse("SELECT a FROM t WHERE (b) ? 'key' AND c = ?"));
    });

    it('say when they may hide conditions', () => {
      assert.equal(parsed('SELECT a FROM t WHERE b = ?').hidesConditions, false);
      assert.equal(parsed('SELECT a FROM t WHERE b = {{id::uuid}} AND c > {{ from }}').queries[0]!.filters.length, 2);
      assert.equal(parse('SELECT a FROM t WHERE b = {id:UUID}'), undefined);
      assert.equal(parsed('SELECT a FROM t WHERE b = 1 {filters} ORDER BY a').hidesConditions, true);
      assert.equal(parsed('SELECT a FROM t WHERE {filters}').hidesConditions, true);
      assert.equal(parsed('SELECT a FROM t ORDER BY a DESC {nulls}').hidesConditions, false);
      assert.equal(parsed('SELECT a FROM t WHERE b = ? {filters}').hidesConditions, true);
      assert.equal(parsed('SELECT a FROM t ORDER BY {column} {direction} LIMIT 1').hidesConditions, false);
    });
  });

  it('reads what a template leaves of a statement, at its own places', () => {
    const script = (text: string) => [...parseScript(new ScriptSource('models/a.sql', text), new LineIndex(text))].flatMap(({ statement }) => statement ?? []);
    const [model] = script("{{ config(materialized='table') }}\n\n{% set days = 7 %}\nselect o.id from {{ ref('orders') }} o\nwhere o.total > {{ var('least') }} {% if is_incremental() %} and o.at > now() {% endif %}\n");
    assert.deepEqual([model?.line, model?.hidesConditions, model?.queries[0]!.fact.tables, model?.queries[0]!.fact.filters.map(({ column }) => column)], [3, true, [], ['total', 'at']]);
    assert.equal(script("select id from orders where id = {{ id }}")[0]?.hidesConditions, false);
    assert.deepEqual(script("select '{{1,2},{3,4}}'::int[] from orders;{# a note; with a semicolon #}\nselect 1 from t;").map(({ text }) => text), ["select '{{1,2},{3,4}}'::int[] from orders", 'select 1 from t']);
    assert.deepEqual(script('{% if a %} select a from t where {% else %} select b from {% endif %}; {{ unclosed'), []);
  });

  it('gives up on a file in which it cannot read anything', () => {
    const read = (script: string) => [...parseScript(new ScriptSource('a.sql', script), new LineIndex(script))].map(({ statement }) => statement !== undefined);
    const foreign = 'SELECT a FROM #t;\n'.repeat(100);
    assert.deepEqual(read(`${foreign}SELECT a FROM t;`).includes(true), false);
    assert.equal(read('SELECT a FROM #t; SELECT a FROM t;\n'.repeat(100)).filter(Boolean).length, 100);
  });

  it('keeps the trees of what is likely to come again, and of nothing else', () => {
    const sql = 'SELECT cached FROM statements';
    assert.notEqual(parseTree(sql), parseTree(sql));
    remembering(true, () => assert.equal(parseTree(sql), parseTree(sql)));
  });
});
