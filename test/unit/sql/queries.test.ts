import assert from 'node:assert/strict';
import type { QueryFact } from '../../../src/core/facts';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { parsed } from './statements';

const facts = (sql: string): QueryFact[] => parsed(sql).queries.map(({ fact }) => fact);
const filters = (sql: string): string[] =>
  facts(sql)[0]!.filters.map(({ table, column, operator, wrappedBy }) => `${table ?? '?'}.${wrappedBy ? `${wrappedBy}(${column})` : column} ${operator}`);
const joins = (sql: string): string[] => facts(sql)[0]!.joins.map((pair) => pair.map(({ table, column }) => `${table ?? '?'}.${column}`).join(' = '));

describe('facts of a query', () => {
  before(loadSqlParser);

  it('name the real tables behind aliases and schemas', () => {
    const [fact] = facts('SELECT o.id, c.name FROM public.orders AS o, customers c WHERE o.customer_id = c.id AND o.total > $1');
    assert.deepEqual(fact!.tables, ['orders', 'customers']);
    assert.deepEqual(fact!.columns, ['id', 'name']);
    assert.deepEqual(fact!.joins, [[{ table: 'orders', column: 'customer_id' }, { table: 'customers', column: 'id' }]]);
    assert.deepEqual(fact!.filters, [{ table: 'orders', column: 'total', operator: 'range' }]);
  });

  it('class conditions by how an index serves them', () => {
    const cases: Readonly<Record<string, readonly string[]>> = {
      'a = $1': ['t.a ='],
      '$1 = a': ['t.a ='],
      'a IN (1, 2)': ['t.a in'],
      'a = ANY ($1)': ['t.a in'],
      'a IN (SELECT b FROM u)': ['t.a in'],
      'a NOT IN (1)': ['t.a other'],
      'a BETWEEN 1 AND 2': ['t.a range'],
      'a <> 1': ['t.a other'],
      'a IS NULL': ['t.a is-null'],
      'a IS NOT NULL': ['t.a other'],
      "a LIKE 'x%'": ['t.a like-prefix'],
      "a LIKE '%x'": ['t.a like-infix'],
      "a LIKE 'x'": ['t.a ='],
      'a LIKE $1': ['t.a other'],
      "a ILIKE 'x%'": ['t.a other'],
      'lower(a) = $1': ['t.lower(a) ='],
      'a::date = $1': ['t.date(a) ='],
      'a + 1 = $1': ['t.+(a) ='],
      "$1 < now() - a": ['t.-(a) range'],
      'a + b = $1': ['t.a other', 't.b other'],
      'a = 1 OR a = 2': ['t.a in'],
      'a = 1 OR b = 2': ['t.a other', 't.b other'],
      'a AND NOT b': ['t.a =', 't.b ='],
      'NOT (a = 1)': ['t.a other'],
      '(a, b) = ($1, $2)': ['t.a =', 't.b ='],
      '(a, b) > ($1, $2)': ['t.a range', 't.b other'],
      '(a, b) IN (SELECT c, d FROM u)': ['t.a in', 't.b in'],
      'a = b': ['t.a other', 't.b other'],
    };
    for (const [condition, expected] of Object.entries(cases)) assert.deepEqual(filters(`SELECT 1 FROM t WHERE ${condition}`), expected, condition);
  });

  it('keep the one spelling of an expression, as an index on it would have it', () => {
    const spelled = (condition: string) => facts(`SELECT 1 FROM t WHERE ${condition}`)[0]!.filters.map(({ expression }) => expression);
    for (const condition of ['lower(a) = $1', 'LOWER(t."a") = $1', 'lower((a)::text) = $1', '$1 = lower(a COLLATE "C")']) assert.deepEqual(spelled(condition), ['lower(a)'], condition);
    assert.deepEqual(spelled("date_trunc('Day', a)::date = $1 AND coalesce(a, 0) = 1 AND a - 1 > 2"), ["date_trunc('day',a)::date", 'coalesce(a,0)', '(a-1)']);
    assert.deepEqual(spelled('a = $1'), [undefined]);
  });

  it('keep what a column is compared with, where the statement says it', () => {
    const values = (condition: string) => facts(`SELECT 1 FROM t WHERE ${condition}`)[0]!.filters.map((filter) => filter.values);
    assert.deepEqual(values("a = 'x' AND b IN (1, 2) AND c AND NOT d AND e IS FALSE AND f = ANY (ARRAY['y'::text]) AND (g = 1 OR g = 2)"), [["'x'"], ['1', '2'], ['true'], ['false'], ['false'], ["'y'"], ['1', '2']]);
    assert.deepEqual(values("a = $1 AND b IN (1, $2) AND c > now()"), [undefined, undefined, undefined]);
  });

  it('keep where a sort order puts NULL', () => {
    assert.deepEqual(facts('SELECT 1 FROM t ORDER BY a, b DESC NULLS LAST LIMIT 1')[0]!.orderBy, [
      { table: 't', column: 'a', descending: false },
      { table: 't', column: 'b', descending: true, nulls: 'last' },
    ]);
  });

  it('keep a column without its table where several tables may have it', () => {
    assert.deepEqual(filters('SELECT 1 FROM a, b WHERE x = 1'), ['?.x =']);
    assert.deepEqual(filters('SELECT 1 FROM a JOIN (SELECT 1 AS x) s ON true WHERE x = 1'), []);
  });

  it('read joins with ON, USING and commas, and rows compared with rows', () => {
    assert.deepEqual(joins('SELECT 1 FROM a JOIN b USING (k)'), ['a.k = b.k']);
    assert.deepEqual(joins('SELECT 1 FROM a LEFT JOIN b ON a.x = b.y AND b.z = 1'), ['a.x = b.y']);
    assert.deepEqual(joins('SELECT 1 FROM a JOIN b ON (a.x, a.y) = (b.x, b.y)'), ['a.x = b.x', 'a.y = b.y']);
    assert.deepEqual(joins('SELECT 1 FROM a parent JOIN a child ON child.parent_id = parent.id'), ['a.parent_id = a.id']);
  });

  it('do not take common tables and subqueries for tables', () => {
    const [outer, inner] = facts('WITH recent AS (SELECT id FROM orders WHERE total > 1) SELECT r.id FROM recent r JOIN items i ON i.order_id = r.id');
    assert.deepEqual(outer!.tables, ['items']);
    assert.deepEqual(outer!.joins, [[{ table: 'items', column: 'order_id' }, { table: 'r', column: 'id' }]]);
    assert.deepEqual(inner!.tables, ['orders']);
  });

  it('take the outer row as a value in a scalar subquery, and as a join in EXISTS', () => {
    const [, scalar] = facts('SELECT (SELECT max(o.total) FROM orders o WHERE o.customer_id = c.id) FROM customers c');
    assert.deepEqual(scalar!.filters.map(({ column, operator }) => [column, operator]), [['customer_id', '=']]);
    const [, exists] = facts('SELECT 1 FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)');
    assert.deepEqual([exists!.filters, exists!.joins.length], [[], 1]);
  });

  it('give the order only where it is one of plain columns', () => {
    const order = (sql: string) => facts(sql)[0]!.orderBy.map(({ column, descending }) => `${column}${descending ? ' desc' : ''}`);
    assert.deepEqual(order('SELECT a FROM t ORDER BY a DESC, b LIMIT 1'), ['a desc', 'b']);
    assert.deepEqual(order('SELECT a AS z FROM t ORDER BY z'), ['a']);
    for (const sorted of ['ORDER BY lower(a)', 'ORDER BY 1', 'ORDER BY a, random()', 'GROUP BY a ORDER BY a']) {
      assert.deepEqual(order(`SELECT a FROM t ${sorted}`), [], sorted);
    }
  });

  it('say of each statement what it does', () => {
    const [insert, select] = facts('INSERT INTO t (a) SELECT b FROM u LIMIT 5');
    assert.deepEqual([insert!.verb, insert!.tables, insert!.columns], ['insert', ['t'], ['a']]);
    assert.deepEqual([select!.verb, select!.hasLimit, select!.hasOffset], ['select', true, false]);
    assert.deepEqual(facts('UPDATE t SET a = 1, b = 2 FROM u WHERE t.id = u.id').map(({ verb, tables, columns }) => [verb, tables, columns]), [['update', ['t', 'u'], ['a', 'b']]]);
    assert.deepEqual(facts('DELETE FROM t USING u WHERE t.id = u.id').map(({ verb, tables }) => [verb, tables]), [['delete', ['t', 'u']]]);
    assert.equal(facts('SELECT t.* FROM t')[0]!.columns, '*');
    assert.deepEqual(facts('SELECT 1'), []);
  });

  it('bound the arms of a UNION by its limit', () => {
    assert.deepEqual(facts('SELECT a FROM t UNION SELECT b FROM u LIMIT 3').map(({ tables, hasLimit }) => [tables[0], hasLimit]), [['t', true], ['u', true]]);
  });

  it('tell the line of every query', () => {
    assert.deepEqual(facts('SELECT a,\n  (SELECT\n    max(b)\n   FROM u)\nFROM t').map(({ line }) => line), [0, 2]);
  });
});
