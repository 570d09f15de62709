const FOLDER_NAME = /^(?:[^/]*migrations?|migrate|drizzle|alembic|revisions|flyway|liquibase|changelogs?|deltas?|upgrades?|patches|seeds?|seeders?)$/i;
const FOLDER = /(?:^|\/)(?:[^/]*migrations?|migrate|drizzle|alembic|revisions|flyway|liquibase|changelogs?|deltas?|upgrades?|patches|seeds?|seeders?)\//i;
/** A folder for each version of the schema: `0.10/00__x.sql`, `delta/22/x.sql`. */
const VERSIONED = /(?:^|\/)v?\d[\d._-]*\/[^/]*\.sql$/i;
const FILE = /(?:^|\/)(?:[VURB]\d*[\d._]*__[^/]*|\d{4,}[-_][^/]*|\d{8,}[^/]*|seeds?(?:[-_.][^/]*)?|[^/]*\.(?:up|down))\.sql$/i;
const UNDO = /(?:^|\/)(?:[^/]*[._-]down\.sql|down\.sql|U\d[\d._]*__[^/]*\.sql)$|\/down\//i;

/** The file changes a database once, so that the queries in it are no part of what users wait for. */
export function isMigrationPath(path: string): boolean {
  return FOLDER.test(path) || VERSIONED.test(path) || FILE.test(path);
}

export function isMigrationFolder(name: string): boolean {
  return FOLDER_NAME.test(name);
}

/** The file takes a migration back. It describes a past schema, never the present one. */
export function isUndoPath(path: string): boolean {
  return UNDO.test(path);
}

const IN_PATH_ORDER = new Intl.Collator('en', { numeric: true });
/** Flyway runs these whenever they change, after all others. */
const REPEATABLE = /(?:^|\/)R__[^/]*\.sql$/;

/** The order in which migrations of one folder run: by path, numbers by value, repeatable ones last. */
export function compareMigrations(a: string, b: string): number {
  return Number(REPEATABLE.test(a)) - Number(REPEATABLE.test(b)) || IN_PATH_ORDER.compare(a, b);
}
