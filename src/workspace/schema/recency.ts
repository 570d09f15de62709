import type { WorkspaceView } from '../../core/workspaceView';
import { compareMigrations, isMigrationPath, isUndoPath } from './migrations';
import { schemaPlaceOf } from './places';

/** How far back a migration may not have run everywhere yet; older ones are history that nobody can change. */
const RECENT = 10;

/** Nothing was there before it. */
export function isFirstMigration(file: string, workspace: WorkspaceView): boolean {
  return [...stepsBeside(file, workspace)].sort(compareMigrations)[0] === file;
}

/** Where a migration stands among those of its folder: the newest, one of the last few, or history. */
export function recencyOf(file: string, workspace: WorkspaceView): 'newest' | 'recent' | 'old' {
  const siblings = stepsBeside(file, workspace);
  // A dump of the whole schema lies among the steps that led to it, and makes new databases only.
  if (siblings.length > 0 && !isNumbered(file)) return 'old';
  const age = [...siblings].sort(compareMigrations).reverse().indexOf(file);
  return age === 0 ? 'newest' : age < RECENT ? 'recent' : 'old';
}

function stepsBeside(file: string, workspace: WorkspaceView): readonly string[] {
  const { set } = schemaPlaceOf(file);
  const extension = file.slice(file.lastIndexOf('.'));
  return workspace.files((path) => path.endsWith(extension) && schemaPlaceOf(path).set === set && isMigrationPath(path) && !isUndoPath(path) && isNumbered(path));
}

/** Whether a file is one step of a history; `__init__.py`, `env.py` and full dumps lie among them and are none. */
export const isNumbered = (file: string): boolean => NUMBERED.test(file);

const NUMBERED = /(?:^|\/)[VRB]?\d[^/]*(?:\/[^/]*)?$|(?:^|\/)[^/]*\d{4,}[^/]*$/;
