import assert from 'node:assert/strict';
import { LineIndex } from '../../../src/core/text';
import { FindingCollector } from '../../../src/detect/collector';
import { SqlAnalyser } from '../../../src/detect/sql';
import type { SqlMatcher } from '../../../src/rules/matchers';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { parsed } from './statements';

const everySelect: SqlMatcher<object> = {
  kinds: ['SelectStmt'],
  find: (node, statement) => ({ span: statement.span(node), facts: { verb: statement.verb } }),
};
const throwing: SqlMatcher<object> = {
  kinds: ['SelectStmt'],
  find: () => {
    throw new Error('broken');
  },
};
const both = new Set(['every', 'throwing']);

describe('analysing a .sql file', () => {
  before(loadSqlParser);

  it('calls the matchers of the rules that are on, and names the query above', () => {
    const analyser = new SqlAnalyser([{ rule: 'every', matcher: everySelect }]);
    const text = '-- name: ListThings :many\nSELECT a\nFROM t;\n\nSELECT b FROM u;\n';
    const { raw } = analyser.analyse('q.sql', text, both);
    assert.deepEqual(raw.map(({ functionName, range }) => [functionName, range.start.line]), [['ListThings', 1], ['', 4]]);
    assert.deepEqual(analyser.analyse('q.sql', text, new Set()).raw, []);
  });

  it('keeps the findings of the others when a matcher throws, and reports it once', () => {
    const analyser = new SqlAnalyser([{ rule: 'throwing', matcher: throwing }, { rule: 'every', matcher: everySelect }]);
    const { raw, failures } = analyser.analyse('q.sql', 'SELECT a FROM t; SELECT b FROM u;', both);
    assert.equal(raw.length, 2);
    assert.deepEqual(failures.map(({ code }) => code), ['matcher-failed']);
  });

  it('passes over the queries of a migration and keeps its schema, its views included', () => {
    const analyser = new SqlAnalyser([{ rule: 'every', matcher: everySelect }]);
    const { raw, facts } = analyser.analyse('migrations/1.sql', 'CREATE TABLE t (a int); UPDATE t SET a = 1; SELECT a FROM t; CREATE VIEW v AS SELECT a FROM t;', both);
    assert.deepEqual([raw.length, facts.schema.map(({ kind }) => kind), facts.queries.length], [1, ['create-table', 'create-view'], 1]);
  });

  it("passes over the queries in another language's migration, too", () => {
    const findings = new FindingCollector('migrations/1.ts', '', new LineIndex(''));
    const dispatch = new SqlAnalyser([{ rule: 'every', matcher: everySelect }]).forFile('migrations/1.ts', both, findings);
    const facts = { queries: [], schema: [] };
    dispatch.visit(parsed('SELECT a FROM t'), 'up', facts);
    dispatch.visit(parsed('CREATE TABLE t (a int)'), 'up', facts);
    assert.deepEqual([findings.raw.length, facts.queries.length, facts.schema.length], [0, 0, 1]);
  });

  it('gives a finding the same id when lines above it change', () => {
    const analyser = new SqlAnalyser([{ rule: 'every', matcher: everySelect }]);
    const id = (text: string) => analyser.analyse('q.sql', text, both).raw.at(-1)!.key;
    assert.equal(id('SELECT a FROM t;'), id('-- a comment\nSELECT   b FROM u;\n\nSELECT a\n  FROM t;'));
  });

  it('is quiet about text that is no SQL at all', () => {
    const { raw, failures, facts } = new SqlAnalyser([]).analyse('q.sql', "GARBAGE ' \0 /* $$ \\", both);
    assert.deepEqual([raw, failures, facts.queries, facts.schema], [[], [], [], []]);
  });
});
