import type { SqlDialect } from '../../../core/facts';

/** What one database alone writes, in lower case. A false sign, in a comment or a longer word, is outvoted by the others of its schema. */
const SIGNS: readonly (readonly [SqlDialect, readonly string[]])[] = [
  ['mysql', ['engine=', 'engine =', 'auto_increment', ' unsigned', 'character set', 'charset=', 'utf8mb4', 'tinyint(', 'longtext', 'mediumtext', 'lock tables']],
  ['sqlite', ['autoincrement', 'pragma ', 'without rowid', ') strict', 'sqlite_master', 'sqlite_sequence', 'strftime(']],
  [
    'postgresql',
    [
      '$$', '$do$', '::', 'bigserial', ' serial', 'timestamptz', 'jsonb', 'bytea', ' ilike ', 'using gin', 'using gist', 'using brin', 'create extension',
      'create type', 'create domain', 'alter table only', 'pg_catalog', 'index concurrently', 'gen_random_uuid', '" timestamp(', '" double precision',
      'text[]', 'integer[]', 'uuid[]',
    ],
  ],
];

/** A dump says at its top what it is of; what follows would only say it again. */
const SEARCHED_LENGTH = 20_000;

/** The databases a script's own syntax speaks for; several where it holds the signs of several. */
export function dialectSigns(text: string): SqlDialect[] {
  const script = text.slice(0, SEARCHED_LENGTH).toLowerCase();
  return SIGNS.flatMap(([dialect, signs]) => (signs.some((sign) => script.includes(sign)) ? [dialect] : []));
}
