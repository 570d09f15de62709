import type { SpanEdit } from '../../../core/text';
import type { Token } from '../tokens';
import { DialectCursor, quotedName } from './cursor';
import { EXPRESSION_REWRITINGS, QUERY_REWRITINGS } from './queries';
import { dropTableOptions, TABLE_REWRITINGS } from './tables';

/** MySQL and SQLite also write it with double quotes. */
const EMPTY_STRING = "''";

const DDL_REWRITINGS = { ...EXPRESSION_REWRITINGS, ...TABLE_REWRITINGS };

/**
 * Edits that turn what SQLite, MySQL and T-SQL write differently into something PostgreSQL's grammar knows
 * and that means the same to the rules. Foreign syntax that is not listed stays, and its statement stays unread.
 */
export function dialectEdits(tokens: readonly Token[], backslashEscapes: boolean): readonly SpanEdit[] {
  const cursor = new DialectCursor(tokens);
  const rewritings = /^(?:create|alter|drop)$/.test(cursor.verb) ? DDL_REWRITINGS : QUERY_REWRITINGS;
  dropTableOptions(cursor);
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text } = tokens[i]!;
    if (kind === 'word' && Object.hasOwn(rewritings, text)) i = Math.max(i, rewritings[text]!(cursor, i) ?? i);
    else if (text === 'user' && isTableName(cursor, i)) cursor.replace(i, i, '"user"');
    else if (kind === 'quoted' && text.startsWith('`')) cursor.replace(i, i, quotedName(text));
    else if (kind === 'string' && backslashEscapes && text.startsWith("'") && text.includes('\\')) cursor.replace(i, i, `E${text}`);
    else if (text === '""') cursor.replace(i, i, EMPTY_STRING);
    else if (text === '[') i = bracketedName(cursor, i) ?? i;
  }
  return cursor.edits;
}

/** `user` is a function in PostgreSQL and a popular table elsewhere. */
function isTableName(cursor: DialectCursor, i: number): boolean {
  return cursor.text(i + 1) === '.' || /^(?:from|join|into|update|table|references|exists|on|to)$/.test(cursor.text(i - 1));
}

/** `[dbo].[users]`. After an operand a bracket is a subscript. */
function bracketedName(cursor: DialectCursor, i: number): number | undefined {
  const before = cursor.tokens[i - 1];
  const touches = before !== undefined && before.end === cursor.tokens[i]!.start && before.text !== '.' && before.text !== '(' && before.text !== ',';
  if (touches || cursor.text(i + 2) !== ']' || cursor.tokens[i + 1]!.kind !== 'word') return undefined;
  return cursor.replace(i, i + 2, `"${cursor.text(i + 1)}"`);
}
