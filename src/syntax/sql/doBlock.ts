import { splitStatements } from './splitter';
import type { Span } from '../../core/text';

const DO_BLOCK = /^do\s+(?:language\s+\w+\s+)?(\$\w*\$)/i;
/** What stands before a statement on its way through a block: `BEGIN`, `IF NOT EXISTS (...) THEN`. */
const BEFORE_STATEMENT = /\b(?:begin|then|else|loop)\s+(?=(?:create|alter|drop)\b)/gi;

/**
 * The DDL inside PostgreSQL's `DO $$ BEGIN ... END $$`, as spans of the statement's text. Migrations write it for
 * what has no IF NOT EXISTS, so all of it is taken to be done, whatever the conditions around it.
 */
export function ddlOfDoBlock(sql: string): Span[] {
  const opening = DO_BLOCK.exec(sql);
  if (opening === null) return [];
  const start = opening[0].length;
  const close = sql.indexOf(opening[1]!, start);
  const body = sql.slice(start, close === -1 ? sql.length : close);
  return splitStatements(body).flatMap(({ first, end }) => {
    const text = body.slice(first, end);
    const before = [...text.matchAll(BEFORE_STATEMENT)].at(-1);
    const offset = before === undefined ? 0 : before.index + before[0].length;
    return /^(?:create|alter|drop)\b/i.test(text.slice(offset)) ? [{ start: start + first + offset, end: start + end }] : [];
  });
}
