import assert from 'node:assert/strict';
import { splitStatements } from '../../../src/syntax/sql/splitter';

const split = (script: string): string[] => splitStatements(script).map(({ first, end }) => script.slice(first, end));

describe('splitting a script into statements', () => {
  it('ends statements at semicolons and leaves comments and empty ones out', () => {
    assert.deepEqual(split('-- one\nSELECT 1;;\n/* two; /* nested; */ */ SELECT 2 ; -- end\n'), ['SELECT 1', 'SELECT 2']);
  });

  it('keeps semicolons in quotes', () => {
    assert.deepEqual(split(`SELECT 'a;b''c;', "x;y", E'it\\'s;'; SELECT 2`), [`SELECT 'a;b''c;', "x;y", E'it\\'s;'`, 'SELECT 2']);
  });

  it('reads a backslash before a quote as text, except where MySQL speaks', () => {
    assert.deepEqual(split("SELECT 'C:\\'; SELECT 2"), ["SELECT 'C:\\'", 'SELECT 2']);
    assert.deepEqual(split("INSERT INTO `t` VALUES ('it\\'s; so'); SELECT 2"), ["INSERT INTO `t` VALUES ('it\\'s; so')", 'SELECT 2']);
  });

  it('keeps a function body in dollar quotes whole, begin and end included', () => {
    const body = 'CREATE FUNCTION f() RETURNS trigger AS $body$ BEGIN a := 1; RETURN NEW; END; $body$ LANGUAGE plpgsql';
    assert.deepEqual(split(`${body}; SELECT $1; SELECT 2`), [body, 'SELECT $1', 'SELECT 2']);
  });

  it('keeps the body of a trigger without quotes whole', () => {
    const trigger = 'CREATE TRIGGER t AFTER UPDATE ON a BEGIN UPDATE a SET x = 1; DELETE FROM b; END';
    assert.deepEqual(split(`${trigger}; SELECT 2;`), [trigger, 'SELECT 2']);
  });

  it('skips the data of COPY', () => {
    assert.deepEqual(split("COPY t (a) FROM stdin;\n1;'\n2\n\\.\nSELECT 2;").at(-1), 'SELECT 2');
  });

  it('skips commands of psql, and lets \\g end a statement', () => {
    assert.deepEqual(split("\\set x 'it''s\n\\connect db\nSELECT 1 \\gexec\nSELECT 2;"), ['SELECT 1', 'SELECT 2']);
  });

  it('follows MySQL from one delimiter to the next', () => {
    const script = 'DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END$$\nDELIMITER ;\nSELECT 3;\nDELIMITER //\nSELECT 4; SELECT 5//\nDELIMITER ;\nSELECT 6;';
    assert.deepEqual(split(script), ['CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END', 'SELECT 3', 'SELECT 4; SELECT 5', 'SELECT 6']);
  });

  it('separates batches at GO', () => {
    assert.deepEqual(split('SELECT 1\nGO\nSELECT 2\ngo\n'), ['SELECT 1', 'SELECT 2']);
  });

  it('takes an open quote or comment as far as the text goes', () => {
    assert.deepEqual(split("SELECT 1; SELECT 'open; SELECT 2"), ['SELECT 1', "SELECT 'open; SELECT 2"]);
    assert.deepEqual(split('SELECT 1; /* open; SELECT 2'), ['SELECT 1']);
  });
});
