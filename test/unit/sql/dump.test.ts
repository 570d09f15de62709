import assert from 'node:assert/strict';
import { DumpReducer, reduceDump } from '../../../src/syntax/sql/dump';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { buildSchema } from '../../../src/workspace/schema';
import { factsOf } from './schemaFacts';

const POSTGRES = `--
-- PostgreSQL database dump; with 'quotes
--
\\connect shop
SET client_encoding = 'UTF8';
CREATE FUNCTION f() RETURNS trigger AS $body$ BEGIN CREATE TABLE not_me (a int); END; $body$ LANGUAGE plpgsql;
CREATE TABLE public.orders (
    id bigint NOT NULL,
    note text DEFAULT 'a;b''c'
);
COPY public.orders (id, note) FROM stdin;
1\tCREATE TABLE nor_me (a int);
2\tit's
\\.
INSERT INTO orders VALUES (3, 'x; CREATE TABLE neither (a int);'), (4, E'\\'; DROP TABLE orders;');
/* CREATE TABLE in_comment (a int); /* nested */
CREATE INDEX orders_note ON public.orders USING btree (note);
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
`;

const MYSQL = "-- MySQL dump\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `a` varchar(9) DEFAULT 'it\\'s; x',\n  PRIMARY KEY (`id`), KEY `k` (`a`)\n) ENGINE=InnoDB;\nLOCK TABLES `t` WRITE;\nINSERT INTO `t` VALUES (1,'a\\'; CREATE TABLE no (a int);'),(2,'b');\nDELIMITER ;;\nCREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN CREATE TABLE nope (a int); END ;;\nDELIMITER ;\nCREATE TABLE `u` (`id` int);\n";

/** The reducer's result for chunks of a size. */
function inChunks(text: string, size: number): string {
  const reducer = new DumpReducer();
  for (let at = 0; at < text.length; at += size) reducer.push(text.slice(at, at + size));
  return reducer.end();
}

describe('a dump', () => {
  before(loadSqlParser);

  const schemaOf = (text: string) => buildSchema(factsOf({ 'dump.sql': text }));

  it('is reduced to its DDL, which stays on its lines', () => {
    const reduced = reduceDump(POSTGRES);
    const { tables } = schemaOf(reduced);
    assert.deepEqual(tables.map(({ name, line, indexes }) => [name, line, indexes.map((index) => `${index.name}:${index.line}`)]), [['orders', 6, ['orders_note:16', 'orders_pkey:17']]]);
    assert.doesNotMatch(reduced, /INSERT|nor_me|not_me|stdin/);
    assert.equal(reduced.split('\n').length, POSTGRES.split('\n').length);
  });

  it("follows MySQL's strings and delimiters", () => {
    const { tables } = schemaOf(reduceDump(MYSQL));
    assert.deepEqual(tables.map(({ name }) => name), ['t', 'u']);
    assert.deepEqual(tables[0]!.indexes.map(({ columns }) => columns.join()), ['id', 'a']);
  });

  it('comes out the same however it is cut into chunks', () => {
    // The dialect is told from the beginning, so there must be more than one.
    for (const text of [POSTGRES, MYSQL].map((dump) => dump + '-- more\n'.repeat(9_000) + dump)) {
      const whole = reduceDump(text);
      for (const size of [1, 2, 7, 64, 333]) {
        const parts = inChunks(text, size);
        assert.equal(parts, whole, `chunks of ${size}`);
      }
    }
  });

  it('holds little, whatever it is given', () => {
    const reducer = new DumpReducer();
    const rows = `INSERT INTO orders VALUES ${"(1, 'a text that is no; statement'),".repeat(20_000)}(2, 'b');\n`;
    reducer.push(POSTGRES);
    for (let i = 0; i < 40; i++) reducer.push(rows);
    reducer.push('CREATE TABLE late (a int);');
    const reduced = reducer.end();
    assert.ok(reduced.length < 2_000, `${reduced.length} characters of ${40 * rows.length}`);
    assert.deepEqual(schemaOf(reduced).tables.map(({ name }) => name), ['orders', 'late']);
  });

  it('survives text that never ends', () => {
    for (const text of ["INSERT INTO t VALUES ('open", 'CREATE TABLE t (a int', '/* open', '$$ open', 'COPY t FROM stdin;\n1\t2', 'DELIMITER ;;\nCREATE', '\\', '$', '-', '/', ';;;', '']) {
      assert.equal(typeof reduceDump(text), 'string', text);
      assert.equal(inChunks(text, 1), reduceDump(text), text);
    }
    assert.equal(reduceDump(`CREATE TABLE t (${'a int, '.repeat(30_000)}b int);`).includes('CREATE'), false, 'a statement of megabytes is data');
  });
});
