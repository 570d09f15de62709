import { quotedName, type DialectCursor } from './cursor';

/** Edits the token at `i` where it begins foreign syntax; gives the last token it took, or undefined. */
export type Rewriting = (cursor: DialectCursor, i: number) => number | undefined;

const INTEGERS = new Set(['int', 'integer', 'smallint', 'bigint', 'real', 'boolean', 'float']);

const dropWord: Rewriting = (cursor, i) => cursor.drop(i, i);

/** `int(11)`: PostgreSQL's own integer types take no display width. */
const displayWidth: Rewriting = (cursor, i) =>
  cursor.text(i + 1) === '(' ? cursor.drop(i + 1, cursor.closing(i + 1)) : undefined;

/** `COMMENT 'text'`, `CHARSET utf8mb4`, `AFTER name`. */
const dropWithOperand: Rewriting = (cursor, i) => {
  const isColumnName = /^[(,]$/.test(cursor.text(i - 1));
  return isColumnName ? undefined : cursor.drop(i, cursor.text(i + 1) === '=' ? i + 2 : i + 1);
};

const characterSet: Rewriting = (cursor, i) => (cursor.text(i + 1) === 'set' ? cursor.drop(i, i + 2) : undefined);

/** MySQL's `ON UPDATE CURRENT_TIMESTAMP(6)`; the actions of a foreign key stay. */
const onUpdate: Rewriting = (cursor, i) => {
  if (!/^(?:current_timestamp|now|localtime\w*)$/.test(cursor.text(i + 2)) || cursor.text(i + 1) !== 'update') return onConflict(cursor, i);
  return cursor.drop(i, cursor.text(i + 3) === '(' ? cursor.closing(i + 3) : i + 2);
};

/** SQLite's conflict clause of a constraint. */
const onConflict: Rewriting = (cursor, i) =>
  cursor.text(i + 1) === 'conflict' && cursor.verb !== 'insert' ? cursor.drop(i, i + 2) : undefined;

/** T-SQL's `IDENTITY(1,1)`. */
const identity: Rewriting = (cursor, i) => {
  if (cursor.text(i - 1) === 'as') return undefined;
  return cursor.drop(i, cursor.text(i + 1) === '(' ? cursor.closing(i + 1) : i);
};

const usingMethod: Rewriting = (cursor, i) =>
  /^(?:btree|hash)$/.test(cursor.text(i + 1)) && cursor.verb !== 'create index' ? cursor.drop(i, i + 1) : undefined;

/**
 * MySQL declares indexes inside the table: `KEY name (a, b(10))`. PostgreSQL's nearest constraint that keeps a
 * name, a method and columns is EXCLUDE; the reader of the schema takes every EXCLUDE for a plain index.
 */
const tableIndex: Rewriting = (cursor, i) => {
  if (!opensItem(cursor, i)) return undefined;
  const kind = /^(?:fulltext|spatial|unique)$/.test(cursor.text(i)) ? cursor.text(i) : undefined;
  let at = kind === undefined ? i : i + 1;
  if (/^(?:key|index)$/.test(cursor.text(at))) at++;
  else if (kind === undefined) return undefined;
  const named = cursor.text(at) !== '(' && cursor.text(at) !== 'using';
  const name = named ? quotedName(cursor.tokens[at++]!.text) : undefined;
  if (cursor.text(at) === 'using') at += 2;
  // `key varchar(255)` is a column.
  if (cursor.text(at) !== '(' || cursor.tokens[at + 1]?.kind === 'number') return undefined;
  const close = cursor.closing(at);
  const columns = columnNames(cursor, at, close);
  const prefix = name === undefined ? '' : `CONSTRAINT ${name} `;
  return cursor.replace(
    i,
    cursor.endOfItem(close + 1) < close ? close : cursor.endOfItem(close + 1),
    kind === 'unique'
      ? `${prefix}UNIQUE (${columns.join(', ')})`
      : `${prefix}EXCLUDE USING ${kind ?? 'btree'} (${columns.map((column) => `${column} WITH =`).join(', ')})`,
  );
};

/** An item of CREATE TABLE's list, or an action of ALTER TABLE. */
function opensItem(cursor: DialectCursor, i: number): boolean {
  const before = cursor.text(i - 1);
  return cursor.verb === 'create' ? before === '(' || before === ',' : cursor.verb === 'alter' && before === 'add';
}

/** The columns of an index, without MySQL's prefix lengths and without ASC and DESC. */
function columnNames(cursor: DialectCursor, open: number, close: number): string[] {
  const names: string[] = [];
  for (let i = open + 1; i < close; i++) {
    if (cursor.text(i - 1) === '(' || cursor.text(i - 1) === ',') names.push(quotedName(cursor.tokens[i]!.text));
    if (cursor.text(i) === '(') i = cursor.closing(i);
  }
  return names;
}

/** `PRIMARY KEY (a(191))`: a prefix length. */
const primaryKey: Rewriting = (cursor, i) => {
  if (cursor.text(i + 1) !== 'key') return undefined;
  const open = /^(?:non)?clustered$/.test(cursor.text(i + 2)) ? cursor.drop(i + 2, i + 2) + 1 : i + 2;
  if (cursor.text(open) !== '(') return undefined;
  return cursor.replace(open, cursor.closing(open), `(${columnNames(cursor, open, cursor.closing(open)).join(', ')})`);
};

const createIndexKind: Rewriting = (cursor, i) => {
  if (cursor.verb !== 'create' || cursor.text(i - 1) !== 'create') return tableIndex(cursor, i);
  if (cursor.text(i) === 'unique') return undefined;
  cursor.drop(i, i);
  const open = cursor.tokens.findIndex((token, at) => at > i && token.text === '(');
  if (open > i && cursor.text(i) !== 'clustered' && cursor.text(i) !== 'nonclustered') {
    cursor.replace(open, open, `USING ${cursor.text(i)} (`);
  }
  return i;
};

/** MySQL drops an index by its table's ALTER; its name is that of a constraint in PostgreSQL. */
const dropIndex: Rewriting = (cursor, i) => {
  if (cursor.verb === 'alter' && /^(?:index|key)$/.test(cursor.text(i + 1))) return cursor.replace(i + 1, i + 1, 'CONSTRAINT');
  if (cursor.verb === 'alter' && cursor.at(i + 1, 'foreign', 'key')) return cursor.replace(i + 1, i + 2, 'CONSTRAINT');
  if (i === 0 && cursor.text(1) === 'index') {
    const on = cursor.tokens.findIndex((token) => token.text === 'on');
    if (on > 0) return cursor.drop(on, cursor.tokens.length - 1);
  }
  return undefined;
};

/** MySQL's `ALTER TABLE a RENAME b` and `RENAME TABLE a TO b`. */
const rename: Rewriting = (cursor, i) => {
  if (i > 0) return /^(?:to|column|constraint|index|key)$/.test(cursor.text(i + 1)) ? undefined : cursor.replace(i, cursor.text(i + 1) === 'as' ? i + 1 : i, 'RENAME TO');
  const to = cursor.tokens.findIndex((token) => token.text === 'to');
  if (cursor.text(1) !== 'table' || to < 0) return undefined;
  cursor.replace(0, 0, 'ALTER');
  cursor.replace(to, to, 'RENAME TO');
  return 0;
};

/** MySQL's `CHANGE a b type...` renames, where the names differ; only alone can it be a RENAME. */
const changeColumn: Rewriting = (cursor, i) => {
  const name = cursor.text(i + 1) === 'column' ? i + 2 : i + 1;
  const [from, to] = [cursor.tokens[name], cursor.tokens[name + 1]];
  if (cursor.verb !== 'alter' || from === undefined || to === undefined) return undefined;
  const end = cursor.endOfItem(name + 1);
  if (from.text === to.text) return cursor.replace(i, end, `ALTER COLUMN ${quotedName(from.text)} DROP DEFAULT`);
  if (end < cursor.tokens.length - 1) return undefined;
  return cursor.replace(i, end, `RENAME COLUMN ${quotedName(from.text)} TO ${quotedName(to.text)}`);
};

/** `MODIFY COLUMN a type...` changes no name and no index: any action on the column that parses will do. */
const modifyColumn: Rewriting = (cursor, i) => {
  if (cursor.verb !== 'alter') return undefined;
  const name = cursor.text(i + 1) === 'column' ? i + 2 : i + 1;
  if (cursor.tokens[name] === undefined) return undefined;
  return cursor.replace(i, cursor.endOfItem(name), `ALTER COLUMN ${quotedName(cursor.tokens[name].text)} DROP DEFAULT`);
};

/** Drops whatever follows CREATE TABLE's closing bracket: ENGINE, CHARSET, WITHOUT ROWID, STRICT. */
export function dropTableOptions(cursor: DialectCursor): void {
  const table = cursor.tokens.slice(0, 5).findIndex((token) => token.text === 'table');
  const open = cursor.tokens.findIndex((token) => token.text === '(');
  if (cursor.verb !== 'create' || table < 0 || open < 0) return;
  const close = cursor.closing(open);
  if (close + 1 < cursor.tokens.length) cursor.drop(close + 1, cursor.tokens.length - 1);
}

export const TABLE_REWRITINGS: Readonly<Record<string, Rewriting>> = {
  ...Object.fromEntries([...INTEGERS].map((type) => [type, displayWidth])),
  autoincrement: dropWord,
  auto_increment: dropWord,
  unsigned: dropWord,
  zerofill: dropWord,
  clustered: createIndexKind,
  nonclustered: createIndexKind,
  charset: dropWithOperand,
  comment: (cursor, i) => (i > 0 && cursor.tokens[i + 1]?.kind === 'string' ? dropWithOperand(cursor, i) : undefined),
  after: (cursor, i) => (cursor.verb === 'alter' ? dropWithOperand(cursor, i) : undefined),
  character: characterSet,
  on: onUpdate,
  identity,
  using: usingMethod,
  key: tableIndex,
  index: tableIndex,
  unique: createIndexKind,
  fulltext: createIndexKind,
  spatial: createIndexKind,
  primary: primaryKey,
  drop: dropIndex,
  modify: modifyColumn,
  change: changeColumn,
  rename,
  collate: dropWithOperand,
  if: (cursor, i) => (cursor.at(i - 1, 'view', 'if', 'not') && cursor.verb === 'create' ? cursor.drop(i, i + 2) : undefined),
};
