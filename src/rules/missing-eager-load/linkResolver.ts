import type { Candidate, Linked } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { lazyReads } from '../../workspace/models/lazyReads';
import { knownRows } from '../../workspace/models/rows';
import type { Facts, PerRow, Resolver } from './facts';

/** Confirms that what a resolver calls asks the database, each time and not for many objects at once. */
export function linkResolver({ file, facts }: Candidate<Facts>, resolver: Resolver, workspace: WorkspaceView): Linked<Facts> | undefined {
  if (resolver.reads !== undefined) return linkReads(file, facts, resolver, resolver.reads, workspace);
  if (resolver.callee === undefined) return { facts };
  const path = workspace.reach(file, resolver.callee, ['query']);
  if (path === undefined || path.effect.isBatched) return undefined;
  const { effect, steps } = path;
  return {
    facts: { ...facts, resolver: { ...resolver, callee: undefined, table: effect.table } },
    related: steps.map((step, i) => ({ file: step.file, line: step.line, message: i === steps.length - 1 ? `${step.functionName} queries here.` : `${step.functionName} calls on.` })),
  };
}

/** Confirms that what a resolver reads of its object is asked for then: the rows of a relation, or those behind a property of the model. */
function linkReads(file: string, facts: Facts, resolver: Resolver, { rows, paths }: PerRow, workspace: WorkspaceView): Linked<Facts> | undefined {
  const model = knownRows(rows, file, workspace.models)?.model;
  const read = model && lazyReads(model, paths, []).find(({ keyOnly }) => !keyOnly);
  if (read === undefined) return undefined;
  const { via } = read;
  return {
    facts: { ...facts, resolver: { ...resolver, reads: undefined, table: read.target?.name ?? read.relation } },
    confidence: read.isConditional ? 'possible' : undefined,
    related: via === undefined ? [] : [{ file: via.member.file, line: via.member.line, message: `${via.model.name}.${via.member.name} reads ${read.relation}.` }],
  };
}
