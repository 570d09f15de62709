import type { LineIndex } from '../../core/text';
import { hasBackslashEscapes, offsetOfFirstWord, splitStatements } from './splitter';
import { SqlStatement } from './statement';

/** A statement of a .sql file, with what the comments before it say. */
export interface ScriptStatement {
  /** Absent where no rule reads it or no dialect's grammar knows it. */
  readonly statement?: SqlStatement;
  /** The comments between the statement before and this one. */
  readonly comments: string;
}

/** What no rule reads and no fact comes from is not parsed. */
const READ =
  /^\(*\s*(?:(?:select|with|insert|replace|update|delete)\b|create\s+(?:\w+\s+){0,4}?(?:table|index|view)\b|alter\s+(?:table|index)\b|drop\s+(?:table|index)\b)/i;

/** Parses a .sql file one statement at a time. */
export function* parseScript(text: string, lines: LineIndex): Generator<ScriptStatement> {
  const backslashEscapes = hasBackslashEscapes(text);
  for (const { start, end } of splitStatements(text)) {
    const sql = text.slice(start, end);
    const begin = offsetOfFirstWord(sql);
    const source = { text: sql, toDocument: (offset: number) => start + offset, lines, embedded: false, backslashEscapes };
    const statement = READ.test(sql.slice(begin, begin + 100)) ? SqlStatement.parse(source) : undefined;
    yield { statement, comments: sql.slice(0, begin) };
  }
}
