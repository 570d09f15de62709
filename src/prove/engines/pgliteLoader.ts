import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Extension, PGlite } from '@electric-sql/pglite';

/** Extensions that schemas, queries and candidates may create, by PostgreSQL's name. */
export const PGLITE_EXTENSIONS = ['pg_trgm', 'citext', 'hstore', 'ltree', 'cube', 'btree_gin', 'btree_gist', 'unaccent', 'fuzzystrmatch', 'intarray', 'uuid-ossp'] as const;

/** PGlite's names of them are also those of its modules. */
export const moduleOf = (extension: string): string => extension.replace(/-/g, '_');

/** Starts PGlite in the memory of this process. Rejects where it is not there or does not start. */
export async function startPglite(): Promise<PGlite> {
  const { PGlite: Database } = load<{ PGlite: typeof PGlite }>('index.cjs');
  const extensions = Object.fromEntries(
    PGLITE_EXTENSIONS.map((name): [string, Extension] => [moduleOf(name), load<Record<string, Extension>>(`contrib/${moduleOf(name)}.cjs`)[moduleOf(name)]!]),
  );
  return Database.create({ extensions });
}

/** Beside the built programs, or where the package is installed. */
function load<Module>(file: string): Module {
  const require = createRequire(join(__dirname, 'index.js'));
  const carried = join(__dirname, 'vendor', 'pglite', file);
  return require(existsSync(carried) ? carried : join(dirname(require.resolve('@electric-sql/pglite')), file)) as Module;
}
