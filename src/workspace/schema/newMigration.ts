import { posix } from 'node:path';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { isMigrationPath, isUndoPath } from './migrations';

/** Where a new migration goes, and what must be said about it. */
export interface MigrationPlace {
  readonly file: string;
  /** What the person must still do, as a sentence; absent where the project's tool finds the file on its own. */
  readonly caveat?: string;
}

/** Tools that keep a model or a journal beside their SQL: a file they did not write makes them disagree with it. */
const MODELLED = /(?:^|\/)(?:alembic|versions|drizzle)\//;

/**
 * A file name in the style of the project's SQL migrations, next in their order. Without such a folder
 * it is `migrations/<name>.sql`. Undefined where the table is an ORM's, whose own tool must write the migration.
 */
export function newMigration(name: string, table: Table, workspace: WorkspaceView): MigrationPlace | undefined {
  const migrations = workspace.files((path) => path.endsWith('.sql') && isMigrationPath(path) && !isUndoPath(path) && !MODELLED.test(path));
  const last = lastOfNearestFolder(migrations, table.file);
  if (last !== undefined) return following(last, name);
  if (!table.file.endsWith('.sql') && workspace.files((path) => isMigrationPath(path)).length > 0) return undefined;
  return { file: `migrations/${name}.sql`, caveat: `Run it with whatever sets up ${table.file}; this project has no folder of SQL migrations.` };
}

/** The last migration, by number, of the folder that has the most of its path in common with the table's file. */
function lastOfNearestFolder(migrations: readonly string[], file: string): string | undefined {
  const inOrder = new Intl.Collator('en', { numeric: true });
  let nearest: { readonly file: string; readonly shared: number } | undefined;
  for (const migration of [...migrations].sort(inOrder.compare)) {
    if (!isNumbered(migration)) continue;
    const shared = sharedFolders(migration, file);
    if (nearest === undefined || shared >= nearest.shared) nearest = { file: migration, shared };
  }
  return nearest?.file;
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < left.length - 1 && shared < right.length - 1 && left[shared] === right[shared]) shared++;
  return shared;
}

const NUMBERED = /^(V?)(\d+)([-_]+)/;

/** Prisma numbers the folder and calls every file migration.sql. */
const isPrisma = (path: string): boolean => posix.basename(path) === 'migration.sql';

function isNumbered(path: string): boolean {
  return NUMBERED.test(posix.basename(isPrisma(path) ? posix.dirname(path) : path));
}

function following(last: string, name: string): MigrationPlace {
  if (isPrisma(last)) {
    const folder = posix.dirname(last);
    const file = posix.join(posix.dirname(folder), numbered(posix.basename(folder), name), 'migration.sql');
    return { file, caveat: 'Add the same @@index to schema.prisma, or Prisma will see a difference.' };
  }
  const suffix = last.endsWith('.up.sql') ? '.up.sql' : '.sql';
  return { file: posix.join(posix.dirname(last), numbered(posix.basename(last), name) + suffix) };
}

function numbered(last: string, name: string): string {
  const [, prefix = '', digits = '0', separator = '_'] = NUMBERED.exec(last) ?? [];
  return `${prefix}${nextNumber(digits)}${separator}${name}`;
}

/** One more, at the same width; a timestamp becomes the next second. */
function nextNumber(digits: string): string {
  const time = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits)?.slice(1).map(Number);
  if (time === undefined) return String(BigInt(digits) + 1n).padStart(digits.length, '0');
  const [year, month, day, hour, minute, second] = time as [number, number, number, number, number, number];
  const next = new Date(Date.UTC(year, month - 1, day, hour, minute, second + 1));
  return next.toISOString().replace(/\D/g, '').slice(0, 14);
}
