import type { SqlDialect } from '../../../core/facts';
import type { TypeScriptFile } from '../file';

/** Modules that speak to one database only. */
const DRIVERS: readonly (readonly [SqlDialect, RegExp])[] = [
  ['postgresql', /^(?:pg|pg-promise|pg-query-stream|postgres|slonik|@neondatabase\/serverless|@vercel\/postgres|@prisma\/adapter-(?:pg|neon)|@electric-sql\/pglite|drizzle-orm\/(?:pg-core|node-postgres|postgres-js|neon-http|neon-serverless|pglite|vercel-postgres)|@mikro-orm\/postgresql)$/],
  ['mysql', /^(?:mysql|mysql2|mysql2\/promise|mariadb|@planetscale\/database|@prisma\/adapter-(?:planetscale|mariadb)|drizzle-orm\/(?:mysql-core|mysql2|planetscale-serverless)|@mikro-orm\/(?:mysql|mariadb))$/],
  ['sqlite', /^(?:better-sqlite3|sqlite3?|node:sqlite|bun:sqlite|libsql|@libsql\/client|sql\.js|expo-sqlite|@prisma\/adapter-(?:libsql|better-sqlite3|d1)|drizzle-orm\/(?:sqlite-core|better-sqlite3|libsql|d1|bun-sqlite|expo-sqlite)|@mikro-orm\/(?:sqlite|libsql|better-sqlite))$/],
];

/** Libraries that are told their database in an options object. */
const CONFIGURED = /^(?:typeorm|sequelize(?:-typescript)?|knex|@mikro-orm\/.+|@nestjs\/(?:typeorm|sequelize))$/;
const SETTINGS: Readonly<Record<SqlDialect, RegExp>> = {
  postgresql: /\b(?:dialect|type|client)\s*:\s*['"](?:postgres(?:ql)?|pg|cockroachdb)['"]/,
  mysql: /\b(?:dialect|type|client)\s*:\s*['"](?:mysql2?|mariadb)['"]/,
  sqlite: /\b(?:dialect|type|client)\s*:\s*['"](?:sqlite3?|better-sqlite3)['"]/,
};

/** The databases that a file names: by a driver it imports, or in the options of a library that knows several. */
export function namedDialects(file: TypeScriptFile): SqlDialect[] {
  if (file.imports.size === 0) return [];
  const isConfigured = file.importsFrom(CONFIGURED);
  const isSet = (dialect: SqlDialect): boolean => isConfigured && file.firstMention(file.source, SETTINGS[dialect]) !== undefined;
  return DRIVERS.flatMap(([dialect, modules]) => (file.importsFrom(modules) || isSet(dialect) ? [dialect] : []));
}
