import { EACH } from '../../core/templates';
import type { WorkspaceView } from '../../core/workspaceView';
import type { Shown } from './shown';

/** Templates that include themselves must end. */
const DEEPEST = 5;

/** What a template, with those it includes and extends, reads of each item of one of its variables. */
export function shownOfEach(name: string, from: string, variables: readonly string[], workspace: WorkspaceView): Shown[] {
  return readsOf(name, from, workspace, 0).flatMap((shown) => {
    const [root, each, ...path] = shown.path;
    return variables.includes(root!) && each === EACH ? [{ ...shown, path }] : [];
  });
}

/** What a template reads of one row that it is given. */
export function shownOfOne(name: string, from: string, variables: readonly string[], workspace: WorkspaceView): Shown[] {
  return readsOf(name, from, workspace, 0).flatMap((shown) => {
    const [root, ...path] = shown.path;
    return variables.includes(root!) && path.length > 0 ? [{ ...shown, path }] : [];
  });
}

/** All reads of a template by its own variables. */
function readsOf(name: string, from: string, workspace: WorkspaceView, depth: number): Shown[] {
  const template = depth > DEEPEST ? undefined : workspace.template(name, from);
  if (template === undefined) return [];
  const { file, fact } = template;
  const own = fact.reads.map((read) => ({ path: read.path, isConditional: read.isConditional, file, line: read.line }));
  const parent = fact.parent === undefined ? [] : readsOf(fact.parent, file, workspace, depth + 1);
  const included = fact.includes.flatMap((include) =>
    readsOf(include.name, file, workspace, depth + 1).map((shown) => {
      const [root, ...rest] = shown.path;
      const handed = Object.hasOwn(include.variables, root!) ? include.variables[root!] : undefined;
      return handed === undefined ? shown : { ...shown, path: [...handed, ...rest] };
    }),
  );
  return [...own, ...included, ...parent];
}
