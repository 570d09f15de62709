import type { SqlDialect } from '../../../core/facts';
import type { TypeScriptFile } from '../file';

/** Modules that speak to one database only. */
const DRIVERS: readonly (readonly [SqlDialect, RegExp])[] = [
  ['postgresql', /^(?:pg|pg-promise|pg-query-stream|postgres|slonik|@neondatabase\/serverless|@vercel\/postgres|@prisma\/adapter-(?:pg|neon)|@electric-sql\/pglite|drizzle-orm\/(?:pg-core|node-postgres|postgres-js|neon-http|neon-serverless|pglite|vercel-postgres)|@mikro-orm\/postgresql)$/],
  ['mysql', /^(?:mysql|mysql2|mysql2\/promise|mariadb|@planetscale\/database|@prisma\/adapter-(?:planetscale|mariadb)|drizzle-orm\/(?:mysql-core|mysql2|planetscale-serverless)|@mikro-orm\/(?:mysql|mariadb))$/],
  ['sqlite', /^(?:better-sqlite3|sqlite3?|node:sqlite|bun:sqlite|libsql|@libsql\/client|sql\.js|expo-sqlite|@prisma\/adapter-(?:libsql|better-sqlite3|d1)|drizzle-orm\/(?:sqlite-core|better-sqlite3|libsql|d1|bun-sqlite|expo-sqlite)|@mikro-orm\/(?:sqlite|libsql|better-sqlite))$/],
];

/** The databases whose drivers a file imports. */
export function importedDialects(file: TypeScriptFile): SqlDialect[] {
  return file.imports.size === 0 ? [] : DRIVERS.flatMap(([dialect, modules]) => (file.importsFrom(modules) ? [dialect] : []));
}
