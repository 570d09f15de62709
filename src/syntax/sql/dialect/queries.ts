import type { DialectCursor } from './cursor';
import type { Rewriting } from './tables';

const dropWord: Rewriting = (cursor, i) => cursor.drop(i, i);

/** `INSERT OR REPLACE INTO`, `INSERT IGNORE INTO`, `UPDATE OR IGNORE`. */
const insert: Rewriting = (cursor, i) => {
  if (i !== 0) return undefined;
  if (cursor.text(1) === 'or') return cursor.drop(1, 2);
  if (cursor.text(1) === 'ignore') return cursor.drop(1, 1);
  return undefined;
};

/** MySQL's and SQLite's statement; the function of the same name stands elsewhere. */
const replaceInto: Rewriting = (cursor, i) => (i === 0 && cursor.text(1) === 'into' ? cursor.replace(0, 0, 'INSERT') : undefined);

const onDuplicateKey: Rewriting = (cursor, i) =>
  cursor.at(i + 1, 'duplicate', 'key') ? cursor.drop(i, cursor.tokens.length - 1) : undefined;

/** `LIMIT offset, count` is `OFFSET offset LIMIT count`, and PostgreSQL takes the two in either order. */
const limit: Rewriting = (cursor, i) => {
  const comma = cursor.endOfItem(i + 1) + 1;
  if (cursor.text(comma) !== ',') return undefined;
  cursor.replace(i, i, 'OFFSET');
  cursor.replace(comma, comma, ' LIMIT ');
  return i;
};

/** `USE INDEX (name)`, `FORCE INDEX FOR JOIN (name)`. */
const indexHint: Rewriting = (cursor, i) => {
  if (!/^(?:index|key)$/.test(cursor.text(i + 1))) return undefined;
  const open = cursor.tokens.findIndex((token, at) => at > i && token.text === '(');
  return open < 0 ? undefined : cursor.drop(i, cursor.closing(open));
};

/** T-SQL's `WITH (NOLOCK)` behind a table. */
const tableHint: Rewriting = (cursor, i) => (i > 0 && cursor.text(i + 1) === '(' ? cursor.drop(i, cursor.closing(i + 1)) : undefined);

/** T-SQL's `SELECT TOP (10)`. */
const top: Rewriting = (cursor, i) => {
  if (!/^(?:select|distinct)$/.test(cursor.text(i - 1))) return undefined;
  return cursor.drop(i, cursor.text(i + 1) === '(' ? cursor.closing(i + 1) : i + 1);
};

/** `INTERVAL 30 DAY`: only that it is an interval matters here. */
const interval: Rewriting = (cursor, i) => {
  if (cursor.tokens[i + 1]?.kind === 'string' && cursor.tokens[i + 2]?.kind !== 'word') return undefined;
  const unit = cursor.text(i + 1) === '(' ? cursor.closing(i + 1) + 1 : i + 2;
  const isUnit = /^(?:microsecond|second|minute|hour|day|week|month|quarter|year)\w*$/.test(cursor.text(unit));
  return isUnit ? cursor.replace(i, unit, "INTERVAL '1 day'") : undefined;
};

const groupConcatSeparator: Rewriting = (cursor, i) => (cursor.tokens[i + 1]?.kind === 'string' ? cursor.drop(i, i + 1) : undefined);

const asRegularExpression: Rewriting = (cursor, i) => {
  if (cursor.text(i + 1) === '(') return undefined;
  return cursor.text(i - 1) === 'not' ? cursor.replace(i - 1, i, '!~') : cursor.replace(i, i, '~');
};

/** Full-text search of MySQL, `MATCH (a, b) AGAINST ('x' IN BOOLEAN MODE)`, and of SQLite, `table MATCH ?`. */
const match: Rewriting = (cursor, i) => {
  if (cursor.text(i + 1) !== '(') return cursor.replace(i, i, '@@');
  const against = cursor.closing(i + 1) + 1;
  if (cursor.text(against) !== 'against') return undefined;
  return cursor.replace(i, cursor.closing(against + 1), 'true');
};

const lockInShareMode: Rewriting = (cursor, i) => (cursor.at(i + 1, 'in', 'share') ? cursor.drop(i, i + 3) : undefined);

/** Operators that a table's CHECK knows too. */
export const EXPRESSION_REWRITINGS: Readonly<Record<string, Rewriting>> = {
  regexp: asRegularExpression,
  rlike: asRegularExpression,
  glob: asRegularExpression,
  match,
};

export const QUERY_REWRITINGS: Readonly<Record<string, Rewriting>> = {
  insert,
  replace: replaceInto,
  on: onDuplicateKey,
  limit,
  force: indexHint,
  use: indexHint,
  ignore: indexHint,
  with: tableHint,
  top,
  interval,
  separator: groupConcatSeparator,
  ...EXPRESSION_REWRITINGS,
  update: insert,
  lock: lockInShareMode,
  straight_join: (cursor: DialectCursor, i: number) => cursor.replace(i, i, 'JOIN'),
  sql_calc_found_rows: dropWord,
  sql_no_cache: dropWord,
};
