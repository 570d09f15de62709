import { LineIndex } from '../../../src/core/text';
import { SqlStatement } from '../../../src/syntax/sql/statement';

/** Parses one statement of a .sql file; undefined where no dialect knows it. */
export function parse(sql: string, backslashEscapes = false): SqlStatement | undefined {
  return SqlStatement.parse({ text: sql, toDocument: (offset) => offset, lines: new LineIndex(sql), embedded: false, backslashEscapes });
}

/** Parses one statement that must be SQL. */
export function parsed(sql: string, backslashEscapes = false): SqlStatement {
  const statement = parse(sql, backslashEscapes);
  if (statement === undefined) throw new Error(`does not parse: ${sql}`);
  return statement;
}
