const FOLDER = /(?:^|\/)(?:[^/]*migrations?|migrate|drizzle|alembic|flyway|liquibase|changelogs?|seeds?|seeders?)\//i;
const FILE = /(?:^|\/)(?:[VUR]\d[\d._]*__[^/]*|\d{4,}[-_][^/]*|\d{8,}[^/]*|seeds?(?:[-_.][^/]*)?|[^/]*\.(?:up|down))\.sql$/i;
const UNDO = /(?:^|\/)(?:[^/]*[._-]down\.sql|down\.sql|U\d[\d._]*__[^/]*\.sql)$|\/down\//i;

/** The file changes a database once, so that the queries in it are no part of what users wait for. */
export function isMigrationPath(path: string): boolean {
  return FOLDER.test(path) || FILE.test(path);
}

/** The file takes a migration back. It describes a past schema, never the present one. */
export function isUndoPath(path: string): boolean {
  return UNDO.test(path);
}
