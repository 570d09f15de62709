import type { LineIndex, Span } from '../../core/text';
import { ddlOfDoBlock } from './doBlock';
import { hasBackslashEscapes, splitStatements } from './splitter';
import { SqlStatement, type ScriptSource } from './statement';

/** A statement of a .sql file, with what the comments before it say. */
export interface ScriptStatement {
  /** Absent where no rule reads it or no dialect's grammar knows it. */
  readonly statement?: SqlStatement;
  /** The comments between the statement before and this one. */
  readonly comments: string;
}

const DDL =
  /^(?:create\s+(?:\w+\s+){0,4}?(?:table|index|view)|alter\s+(?:table|index|view|materialized\s+view)|drop\s+(?:table|index|view|materialized\s+view)|rename\s+table)\b/i;
const QUERY = /^\(*\s*(?:select|with|update|delete)\b/i;
/** Rows that are given in the statement are data; rows that are selected are a query. */
const INSERT = /^(?:insert|replace)\b[^]*\bselect\b/i;
const BLOCK = /^do\b/i;
/** MySQL renames several tables at once, which swaps a new one in. */
const RENAMES = /^rename\s+table\s[^]*,/i;

/** After so many statements in a row that nothing can read, the rest of the file will not be read either: it is T-SQL, or no SQL. */
const FOREIGN_STATEMENTS = 40;

/**
 * Parses a .sql file one statement at a time. With `onlySchema` what reads and changes rows stays unparsed,
 * as does in any case what no rule reads and no fact comes from: functions, grants, rows of data.
 */
export function* parseScript(script: ScriptSource, lines: LineIndex, onlySchema = false): Generator<ScriptStatement> {
  const { text } = script;
  const backslashEscapes = hasBackslashEscapes(text);
  const parse = ({ start, end }: Span): SqlStatement | undefined =>
    SqlStatement.parse({ text: text.slice(start, end), toDocument: (offset) => start + offset, lines, embedded: false, backslashEscapes, script });
  let foreign = 0;
  for (const { start, first, end } of splitStatements(text)) {
    if (foreign >= FOREIGN_STATEMENTS) return;
    const head = text.slice(first, Math.min(end, first + 100));
    const comments = text.slice(start, first);
    if (BLOCK.test(head)) {
      for (const span of ddlOfDoBlock(text.slice(first, end))) yield { statement: parse({ start: first + span.start, end: first + span.end }), comments };
      continue;
    }
    if (RENAMES.test(text.slice(first, end))) {
      for (const part of text.slice(first, end).split(',')) {
        const sql = /^\s*rename\b/i.test(part) ? part : `RENAME TABLE ${part}`;
        yield { statement: SqlStatement.parse({ text: sql, toDocument: () => first, lines, embedded: false, backslashEscapes, script }), comments };
      }
      continue;
    }
    const isRead = DDL.test(head) || (!onlySchema && (QUERY.test(head) || (/^(?:insert|replace)\b/i.test(head) && INSERT.test(text.slice(first, end)))));
    const statement = isRead ? parse({ start: first, end }) : undefined;
    if (isRead) foreign = statement === undefined ? foreign + 1 : 0;
    yield { statement, comments };
  }
}
