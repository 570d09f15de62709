import type { WorkspaceView } from '../../core/workspaceView';
import { compareMigrations, isMigrationPath, isUndoPath } from './migrations';
import { schemaPlaceOf } from './places';

/** How far back a migration may not have run everywhere yet; older ones are history that nobody can change. */
const RECENT = 10;

/** Nothing was there before it. */
export function isFirstMigration(file: string, workspace: WorkspaceView): boolean {
  return stepsBeside(file, workspace)[0] === file;
}

/** Where a migration stands among those of its folder: the newest, one of the last few, or history. */
export function recencyOf(file: string, workspace: WorkspaceView): 'newest' | 'recent' | 'old' {
  const siblings = stepsBeside(file, workspace);
  // A dump of the whole schema lies among the steps that led to it, and makes new databases only.
  if (siblings.length > 0 && !isNumbered(file)) return 'old';
  const at = siblings.lastIndexOf(file);
  const age = at < 0 ? -1 : siblings.length - 1 - at;
  return age === 0 ? 'newest' : age < RECENT ? 'recent' : 'old';
}

/** By the list of all steps, which is the same one until a file comes or goes: each migration asks for those beside it. */
const histories = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** The steps of a file's history, in the order in which they run. */
function stepsBeside(file: string, workspace: WorkspaceView): readonly string[] {
  const steps = workspace.files(isStep);
  let byHistory = histories.get(steps);
  if (byHistory === undefined) histories.set(steps, (byHistory = inHistories(steps)));
  return byHistory.get(historyOf(file)) ?? [];
}

function inHistories(steps: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byHistory = new Map<string, string[]>();
  for (const step of [...steps].sort(compareMigrations)) {
    const history = historyOf(step);
    const known = byHistory.get(history);
    if (known) known.push(step);
    else byHistory.set(history, [step]);
  }
  return byHistory;
}

const isStep = (path: string): boolean => isMigrationPath(path) && !isUndoPath(path) && isNumbered(path);

/** A history is written in one language. */
const historyOf = (file: string): string => `${schemaPlaceOf(file).set}\0${file.slice(file.lastIndexOf('.'))}`;

/** Whether a file is one step of a history; `__init__.py`, `env.py` and full dumps lie among them and are none. */
export const isNumbered = (file: string): boolean => NUMBERED.test(file);

const NUMBERED = /(?:^|\/)[VRB]?\d[^/]*(?:\/[^/]*)?$|(?:^|\/)[^/]*\d{4,}[^/]*$/;
