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
export function dialectEdits(sql: string, tokens: readonly Token[], backslashEscapes: boolean): readonly SpanEdit[] {
  const cursor = new DialectCursor(sql, withBracketedNames(sql, tokens));
  const rewritings = /^(?:create|alter|drop|rename)$/.test(cursor.verb) ? DDL_REWRITINGS : QUERY_REWRITINGS;
  dropTableOptions(cursor);
  for (let i = 0; i < cursor.tokens.length; i++) {
    const { kind, text } = cursor.tokens[i]!;
    if (kind === 'word' && Object.hasOwn(rewritings, text)) i = Math.max(i, rewritings[text]!(cursor, i) ?? i);
    else if (text === 'user' && isTableName(cursor, i)) cursor.replace(i, i, '"user"');
    else if (kind === 'quoted' && /^[`[]/.test(text)) cursor.replace(i, i, quotedName(text));
    else if (kind === 'string' && backslashEscapes && text.startsWith("'") && text.includes('\\')) cursor.replace(i, i, `E${text}`);
    else if (text === '""') cursor.replace(i, i, EMPTY_STRING);
    else if (text === '#') i = numberSign(cursor, i);
  }
  return cursor.edits;
}

/** `user` is a function in PostgreSQL and a popular table elsewhere. */
function isTableName(cursor: DialectCursor, i: number): boolean {
  return cursor.text(i + 1) === '.' || /^(?:from|join|into|update|table|references|exists|on|to)$/.test(cursor.text(i - 1));
}

/** MySQL's `# text` is a comment as far as the line goes; T-SQL's `#name` is a temporary table, which nothing is said about. */
function numberSign(cursor: DialectCursor, i: number): number {
  const next = cursor.tokens[i + 1];
  if (next !== undefined && next.start === cursor.tokens[i]!.end) return i;
  const lineEnd = cursor.sql.indexOf('\n', cursor.tokens[i]!.end);
  let last = i;
  while (last + 1 < cursor.tokens.length && (lineEnd < 0 || cursor.tokens[last + 1]!.start < lineEnd)) last++;
  return cursor.drop(i, last);
}

/** `[dbo].[Order Details]` as quoted names. After an operand a bracket is a subscript. */
function withBracketedNames(sql: string, tokens: readonly Token[]): readonly Token[] {
  if (!sql.includes('[')) return tokens;
  const merged: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const open = tokens[i]!;
    const before = tokens[i - 1];
    const isSubscript = before !== undefined && before.end === open.start && !/^[.(,=]$/.test(before.text);
    let close = i + 1;
    while (tokens[close]?.kind === 'word') close++;
    if (open.text === '[' && !isSubscript && close > i + 1 && tokens[close]?.text === ']') {
      const { end } = tokens[close]!;
      merged.push({ kind: 'quoted', text: sql.slice(open.start, end), start: open.start, end });
      i = close;
    } else merged.push(open);
  }
  return merged;
}
