import type { SqlDialect } from '../../../core/facts';
import type { PythonFile } from '../file';

const DRIVERS: readonly (readonly [SqlDialect, readonly string[]])[] = [
  ['postgresql', ['psycopg', 'psycopg2', 'asyncpg', 'aiopg', 'pg8000', 'pgvector']],
  ['mysql', ['MySQLdb', 'pymysql', 'aiomysql', 'mysql', 'asyncmy']],
  ['sqlite', ['sqlite3', 'aiosqlite']],
];

/** Django's back ends, SQLAlchemy's dialects and URLs, as settings and imports spell them. */
const NAMED: readonly (readonly [SqlDialect, RegExp])[] = [
  ['postgresql', /\bdjango\.(?:db\.backends\.postgresql|contrib\.postgres|contrib\.gis\.db\.backends\.postgis)|\bdialects(?:\.|\s+import\s[^\n]*\b)postgresql\b|['"]postgres(?:ql)?(?:\+\w+)?:\/\//],
  ['mysql', /\bdjango\.db\.backends\.mysql|\bdialects(?:\.|\s+import\s[^\n]*\b)mysql\b|['"](?:mysql|mariadb)(?:\+\w+)?:\/\//],
  ['sqlite', /\bdjango\.db\.backends\.sqlite3|\bdialects(?:\.|\s+import\s[^\n]*\b)sqlite\b|['"]sqlite(?:\+\w+)?:\/\//],
];
const MAY_NAME = /\bdjango\.(?:db|contrib)\.|\bdialects\b|:\/\//;

/** The databases that a file names: by a driver it imports, or in its settings and connection strings. */
export function namedDialects(file: PythonFile): SqlDialect[] {
  const mayName = MAY_NAME.test(file.text);
  return DRIVERS.flatMap(([dialect, packages], i) => (file.imports(...packages) || (mayName && NAMED[i]![1].test(file.text)) ? [dialect] : []));
}
