/** A tool that runs SQL migrations, told by the names of its files or by what they say at their top. */
export type MigrationTool =
  | 'dbmate'
  | 'goose'
  | 'sql-migrate'
  | 'node-pg-migrate'
  | 'golang-migrate'
  | 'flyway'
  | 'diesel'
  | 'prisma'
  | 'drizzle'
  | 'supabase';

/** Tools whose files say which part is the way up. */
const MARKS: readonly (readonly [MigrationTool, RegExp])[] = [
  ['dbmate', /^[ \t]*--[ \t]*migrate:up\b/im],
  ['goose', /^[ \t]*--[ \t]*\+[ \t]*goose[ \t]+up\b/im],
  ['sql-migrate', /^[ \t]*--[ \t]*\+[ \t]*migrate[ \t]+up\b/im],
  ['node-pg-migrate', /^[ \t]*--[ \t]*up[ \t]+migration\b/im],
];

/** The mark stands at the top, behind a licence at most. */
const SEARCHED_LENGTH = 3_000;
const ANY_MARK = /--[ \t+]*(?:migrate|goose|up)\b/i;

/** The tool whose mark a migration carries. */
export function markedTool(text: string): MigrationTool | undefined {
  const top = text.slice(0, SEARCHED_LENGTH);
  return ANY_MARK.test(top) ? MARKS.find(([, mark]) => mark.test(top))?.[0] : undefined;
}

const NAMES: readonly (readonly [MigrationTool, RegExp])[] = [
  ['prisma', /(?:^|\/)\d+[^/]*\/migration\.sql$/],
  ['diesel', /(?:^|\/)\d[^/]*\/(?:up|down)\.sql$/],
  ['flyway', /(?:^|\/)(?:[VURB]\d[\w.]*|R)__[^/]*\.sql$/],
  ['golang-migrate', /\.(?:up|down)\.sql$/],
  ['drizzle', /(?:^|\/)drizzle\//],
  ['supabase', /(?:^|\/)supabase\/migrations\//],
];

/** The tool of a migration by its path, where its text carries no mark; undefined for plain numbered files. */
export function namedTool(file: string): MigrationTool | undefined {
  return NAMES.find(([, name]) => name.test(file))?.[0];
}
