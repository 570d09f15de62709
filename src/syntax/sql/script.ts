import type { LineIndex } from '../../core/text';
import { hasBackslashEscapes, splitStatements } from './splitter';
import { SqlStatement } from './statement';

/** A statement of a .sql file, with what the comments before it say. */
export interface ScriptStatement {
  /** Absent where no rule reads it or no dialect's grammar knows it. */
  readonly statement?: SqlStatement;
  /** The comments between the statement before and this one. */
  readonly comments: string;
}

const DDL = /^(?:create\s+(?:\w+\s+){0,4}?(?:table|index|view)|alter\s+(?:table|index)|drop\s+(?:table|index))\b/i;
const QUERY = /^\(*\s*(?:select|with|update|delete)\b/i;
/** Rows that are given in the statement are data; rows that are selected are a query. */
const INSERT = /^(?:insert|replace)\b[^]*\bselect\b/i;

/**
 * Parses a .sql file one statement at a time. With `onlySchema` what reads and changes rows stays unparsed,
 * as does in any case what no rule reads and no fact comes from: functions, grants, rows of data.
 */
export function* parseScript(text: string, lines: LineIndex, onlySchema = false): Generator<ScriptStatement> {
  const backslashEscapes = hasBackslashEscapes(text);
  for (const { start, first, end } of splitStatements(text)) {
    const sql = text.slice(first, end);
    const head = sql.slice(0, 100);
    const isRead = DDL.test(head) || (!onlySchema && (QUERY.test(head) || INSERT.test(sql)));
    const source = { text: sql, toDocument: (offset: number) => first + offset, lines, embedded: false, backslashEscapes };
    yield { statement: isRead ? SqlStatement.parse(source) : undefined, comments: text.slice(start, first) };
  }
}
