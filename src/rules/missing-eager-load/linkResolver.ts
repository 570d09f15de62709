import type { Candidate, Linked } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import type { Facts, Resolver } from './facts';

/** Confirms that what a resolver calls asks the database, each time and not for many objects at once. */
export function linkResolver({ file, facts }: Candidate<Facts>, resolver: Resolver, workspace: WorkspaceView): Linked<Facts> | undefined {
  if (resolver.callee === undefined) return { facts };
  const path = workspace.reach(file, resolver.callee, ['query']);
  if (path === undefined || path.effect.isBatched) return undefined;
  const { effect, steps } = path;
  return {
    facts: { ...facts, resolver: { ...resolver, callee: undefined, table: effect.table } },
    related: steps.map((step, i) => ({ file: step.file, line: step.line, message: i === steps.length - 1 ? `${step.functionName} queries here.` : `${step.functionName} calls on.` })),
  };
}
