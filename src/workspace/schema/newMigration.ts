import { posix } from 'node:path';
import { namedTool, type MigrationTool } from '../../core/migrations';
import type { WorkspaceView } from '../../core/workspaceView';
import { compareMigrations, isMigrationPath, isUndoPath } from './migrations';
import { schemaPlaceOf } from './places';

/** Where a new migration goes, and what must be said about it. */
export interface MigrationPlace {
  readonly file: string;
  /** Undefined for plain numbered files and where there are none yet. */
  readonly tool?: MigrationTool;
  /** What the person must still do, as a sentence; absent where the project's tool finds the file on its own. */
  readonly caveat?: string;
}

/** Tools that keep a model or a journal beside their SQL: a file they did not write makes them disagree with it. */
const MODELLED = /(?:^|\/)(?:alembic|versions|drizzle)\//;

/** A function with a name, because the workspace remembers its answer. */
const isWrittenMigration = (path: string): boolean => path.endsWith('.sql') && isMigrationPath(path) && !isUndoPath(path) && !MODELLED.test(path);

/**
 * A file name in the style of the project's SQL migrations, next in their order. Without such a folder it is
 * `migrations/<name>.sql`. `near` is the file that declares what the migration changes; undefined where that is an
 * ORM's, whose own tool must write the migration.
 */
export function newMigration(name: string, near: string, workspace: WorkspaceView): MigrationPlace | undefined {
  if (MODELLED.test(near)) return undefined;
  const migrations = workspace.files(isWrittenMigration);
  const last = lastOfNearestFolder(migrations, near);
  if (last !== undefined) return following(last, name, workspace.migrationToolOf(last) ?? namedTool(last));
  if (!near.endsWith('.sql') && workspace.files(isMigrationPath).length > 0) return undefined;
  return { file: `migrations/${name}.sql`, caveat: `Run it with whatever sets up ${near}; this project has no folder of SQL migrations.` };
}

/** The places of several migrations that follow each other. */
export function newMigrations(names: readonly string[], near: string, workspace: WorkspaceView): readonly MigrationPlace[] | undefined {
  const places: MigrationPlace[] = [];
  for (const name of names) {
    const before = places.at(-1);
    const place = before === undefined ? newMigration(name, near, workspace) : isNumbered(before.file) ? following(before.file, name, before.tool) : { ...before, file: `migrations/${name}.sql` };
    if (place === undefined) return undefined;
    places.push(place);
  }
  return places;
}

interface Step {
  readonly file: string;
  readonly set: string;
  readonly names: readonly string[];
}

/** Numbered migrations in their order, by the list of all, which is the same one until a file comes or goes. */
const numberedSteps = new WeakMap<readonly string[], readonly Step[]>();

function stepsOf(migrations: readonly string[]): readonly Step[] {
  let steps = numberedSteps.get(migrations);
  if (steps === undefined) {
    steps = migrations.filter(isNumbered).sort(compareMigrations).map((file) => ({ file, set: schemaPlaceOf(file).set, names: file.split('/') }));
    numberedSteps.set(migrations, steps);
  }
  return steps;
}

/** The last migration, by number, of the folder that has the most of its path in common with the table's file. */
function lastOfNearestFolder(migrations: readonly string[], file: string): string | undefined {
  let nearest: { readonly file: string; readonly shared: number } | undefined;
  const own = schemaPlaceOf(file).set;
  const names = file.split('/');
  for (const step of stepsOf(migrations)) {
    const shared = step.set === own ? Infinity : sharedFolders(step.names, names);
    if (nearest === undefined || shared >= nearest.shared) nearest = { file: step.file, shared };
  }
  return nearest?.file;
}

function sharedFolders(left: readonly string[], right: readonly string[]): number {
  let shared = 0;
  while (shared < left.length - 1 && shared < right.length - 1 && left[shared] === right[shared]) shared++;
  return shared;
}

const NUMBERED = /^([VB]?)(\d+)((?:[._-]\d+)*)([-_]+)/;

/** Prisma and Diesel number the folder and give every file in it the same name. */
const isFolderOfItsOwn = (path: string): boolean => /^(?:migration|up)\.sql$/.test(posix.basename(path));

function isNumbered(path: string): boolean {
  return NUMBERED.test(posix.basename(isFolderOfItsOwn(path) ? posix.dirname(path) : path)) && !/(?:^|\/)R__/.test(path);
}

function following(last: string, name: string, tool: MigrationTool | undefined): MigrationPlace {
  if (isFolderOfItsOwn(last)) {
    const folder = posix.dirname(last);
    const file = posix.join(posix.dirname(folder), numbered(posix.basename(folder), name), posix.basename(last));
    return { file, tool, ...(tool === 'prisma' && { caveat: 'Add the same @@index to schema.prisma, or Prisma will see a difference.' }) };
  }
  const suffix = last.endsWith('.up.sql') ? '.up.sql' : '.sql';
  return { file: posix.join(posix.dirname(last), numbered(posix.basename(last), name) + suffix), tool };
}

function numbered(last: string, name: string): string {
  const [, prefix = '', digits = '0', parts = '', separator = '_'] = NUMBERED.exec(last) ?? [];
  return `${prefix}${nextNumber(digits, parts)}${separator}${name}`;
}

/** One more, at the same width; a timestamp becomes the next second, and `2024-01-31-120000` the next as well. */
function nextNumber(digits: string, parts: string): string {
  const time = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec((digits + parts).replace(/[-_]/g, ''))?.slice(1).map(Number);
  if (time === undefined) return parts === '' ? nextInteger(digits) : digits + parts.replace(/\d+$/, nextInteger);
  const [year, month, day, hour, minute, second] = time as [number, number, number, number, number, number];
  const next = new Date(Date.UTC(year, month - 1, day, hour, minute, second + 1)).toISOString().replace(/\D/g, '').slice(0, 14);
  let at = 0;
  return (digits + parts).replace(/\d+/g, (part) => next.slice(at, (at += part.length)));
}

const nextInteger = (digits: string): string => String(BigInt(digits) + 1n).padStart(digits.length, '0');
