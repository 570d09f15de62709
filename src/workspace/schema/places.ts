import type { SqlDialect } from '../../core/facts';
import { isMigrationFolder } from './migrations';

/** Where a file's part of a schema belongs, as far as its path tells. */
export interface SchemaPlace {
  /** Files with the same set are steps of one history: a folder of migrations, or a folder of schema files. */
  readonly set: string;
  /** The folders of the project or package that the schema serves. */
  readonly home: readonly string[];
  /** Named by a folder or the file: "migrations/mysql/1.sql", "schema.sqlite.sql". */
  readonly dialect?: SqlDialect;
}

const DIALECT_NAMES: readonly (readonly [RegExp, SqlDialect])[] = [
  [/^(?:postgres|postgresql|pgsql|pg|cockroach|cockroachdb|crdb|timescale)$/, 'postgresql'],
  [/^(?:mysql\d*|mariadb)$/, 'mysql'],
  [/^(?:sqlite\d*|libsql|d1|turso)$/, 'sqlite'],
];
/** Databases whose SQL is read by nobody here; their schema must not be taken for another's. */
const OTHER_DATABASE = /^(?:clickhouse|mssql|sqlserver|oracle|snowflake|bigquery|redshift|duckdb|cassandra|db2|tsql|spark|sparksql|databricks|hive|trino|presto|athena|exasol|teradata|vertica|soql)$/;

/** Folders that say what is in them and not whom it serves. */
const GENERIC_FOLDER =
  /^(?:db|sql|ddl|schemas?|database|databases|data|storage|store|prisma|drizzle|supabase|scripts?|docker|init|initdb|docker-entrypoint-initdb\.d|models?|entit(?:y|ies)|dao|persistence|src|seeds?|resources|main|queries|query)$/i;
/** Folders of folders that are projects of their own. */
export const CONTAINER_FOLDER = /^(?:apps|packages|services|libs|modules|projects|examples|plugins|crates|microservices|workspaces)$/i;
/** A folder for each version or migration: `0.10`, `22`, `20240101120000_add_users`, `2024-01-01-000000_add_users`. */
const VERSION_FOLDER = /^v?\d/i;

export function schemaPlaceOf(file: string): SchemaPlace {
  const folders = file.split('/');
  const name = folders.pop()!;
  while (VERSION_FOLDER.test(folders.at(-1) ?? '')) folders.pop();
  const dialect = dialectOfPath(file);
  // Versions and dialects that a file's name tells apart are not one history.
  const named = dialectOfName(name);
  return { set: [...folders, ...(named === undefined ? [] : [named])].join('/'), home: homeOf(folders), dialect };
}

/** The database that a path names; undefined where it names none or several. */
export function dialectOfPath(file: string): SqlDialect | undefined {
  const folders = file.split('/');
  const named = dialectOfName(folders.pop()!);
  return named ?? folders.map(dialectOfFolder).findLast((dialect) => dialect !== undefined);
}

/** The path names a database whose SQL is not read. */
export function isOfOtherDatabase(file: string): boolean {
  return file.split('/').some((part) => OTHER_DATABASE.test(part.replace(/\.sql$/i, '').toLowerCase()));
}

function dialectOfFolder(folder: string): SqlDialect | undefined {
  return DIALECT_NAMES.find(([name]) => name.test(folder.toLowerCase()))?.[1];
}

/** `schema.mysql.sql`, `init_postgres.sql`, `sqlite-schema.ts`; a numbered step names one by a suffix alone, and in words what it is about. */
function dialectOfName(name: string): SqlDialect | undefined {
  const parts = name.toLowerCase().split(/^[a-z]?\d/.test(name) ? '.' : /[._-]/).slice(0, -1);
  const dialects = new Set(parts.map(dialectOfFolder).filter((dialect) => dialect !== undefined));
  return dialects.size === 1 ? [...dialects][0] : undefined;
}

/** The folders up to those of migrations, dialects and schema files; a package of a monorepo keeps its name. */
function homeOf(folders: readonly string[]): string[] {
  const first = folders.findIndex((folder) => isMigrationFolder(folder) || dialectOfFolder(folder) !== undefined);
  const home = first < 0 ? [...folders] : folders.slice(0, first);
  while (home.length > 0 && GENERIC_FOLDER.test(home.at(-1)!) && !CONTAINER_FOLDER.test(home.at(-2) ?? '')) home.pop();
  return home;
}

/** How many folders two places share, without those that only hold projects beside each other. */
export function closeness(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  while (shared > 0 && CONTAINER_FOLDER.test(a[shared - 1]!)) shared--;
  return shared;
}

export function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return outer.length <= inner.length && outer.every((folder, i) => folder === inner[i]);
}
