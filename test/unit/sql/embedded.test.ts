import assert from 'node:assert/strict';
import { LineIndex } from '../../../src/core/text';
import { parseEmbeddedSql, type EmbeddedPiece } from '../../../src/syntax/sql/embedded';
import { looksLikeSql } from '../../../src/syntax/sql/gate';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import type { SqlStatement } from '../../../src/syntax/sql/statement';

/** The SQL between the backticks of a document, with its `${}` as holes. */
function embedded(document: string): readonly SqlStatement[] {
  const pieces: EmbeddedPiece[] = [];
  let at = document.indexOf('`') + 1;
  const end = document.lastIndexOf('`');
  for (const hole of document.matchAll(/\$\{[^}]*\}/g)) {
    pieces.push(text(document, at, hole.index), { kind: 'hole', span: { start: hole.index + 2, end: hole.index + hole[0].length - 1 } });
    at = hole.index + hole[0].length;
  }
  pieces.push(text(document, at, end));
  return parseEmbeddedSql(pieces, new LineIndex(document));
}

function text(document: string, start: number, end: number): EmbeddedPiece {
  return { kind: 'text', text: document.slice(start, end), toDocument: (offset) => start + offset };
}

describe('SQL inside strings', () => {
  before(loadSqlParser);

  it('knows SQL from sentences', () => {
    for (const sql of ['SELECT a FROM t', 'select a from t', '\n  WITH x AS (SELECT 1) SELECT * FROM x', '-- note\nDELETE FROM t', '(SELECT a FROM t)', 'CREATE UNIQUE INDEX i ON t (a)']) {
      assert.equal(looksLikeSql(sql), true, sql);
    }
    for (const sentence of [
      'Select a file from the list', 'select one of these from the menu', 'Update the settings', 'with great power', 'Delete from your account',
      'create a table reservation', 'insert coin', 'selection from', 'drop it', '', 'Select all from Cart',
    ]) {
      assert.equal(looksLikeSql(sentence), false, sentence);
    }
  });

  it('reads a hole as a value, a name, a list or nothing, by its place', () => {
    for (const document of [
      'q(`SELECT a FROM t WHERE b = ${b} AND c LIKE ${c}`)',
      'q(`SELECT ${columns} FROM ${table} WHERE ${table}.a = 1`)',
      'q(`SELECT a FROM ${schema}.t JOIN ${other} o ON o.id = t.id`)',
      'q(`SELECT a FROM t WHERE b IN ${list} ORDER BY a ${direction}`)',
      'q(`SELECT a FROM t ${where} LIMIT ${limit}`)',
      'q(`INSERT INTO t (${names}) VALUES ${rows}`)',
      'q(`UPDATE t SET ${changes} WHERE id = ${id}`)',
      "q(`SELECT a FROM ${prefix}_users WHERE b LIKE '%${term}%'`)",
    ]) {
      assert.equal(embedded(document).length, 1, document);
    }
  });

  it('does not take the name of a hole for a table', () => {
    assert.deepEqual(embedded('q(`SELECT a FROM ${table} WHERE b = 1`)')[0]!.queries[0]!.fact.tables, []);
    assert.deepEqual(embedded('q(`SELECT a FROM t WHERE b = ${b}`)')[0]!.queries[0]!.fact.tables, ['t']);
  });

  it('gives up silently on what does not parse', () => {
    assert.deepEqual(embedded('q(`SELECT a FROM ${a} ${b} ${c} FROM FROM`)'), []);
  });

  it('places nodes and lines in the document', () => {
    const document = 'const x = 1;\nq(`SELECT a\n  FROM t\n  WHERE é = ${id} AND b < ${max}`)';
    const [statement] = embedded(document);
    const [first, second] = statement!.queries[0]!.filters.map(({ node }) => statement!.span(node));
    assert.equal(document.slice(first!.start, first!.end), 'é = ${id');
    assert.equal(document.slice(second!.start, second!.end), 'b < ${max');
    assert.equal(statement!.line, 1);
    assert.equal(document.slice(statement!.extent.start, statement!.extent.end), document.slice(document.indexOf('SELECT'), document.length - 3));
  });

  it('reads several statements of one string', () => {
    assert.deepEqual(embedded('q(`CREATE TABLE t (a int); CREATE INDEX i ON t (a);`)').map(({ root }) => root.tag), ['CreateStmt', 'IndexStmt']);
  });
});
