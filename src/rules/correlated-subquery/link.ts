import type { Candidate, Linked } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { neededIndex } from '../../workspace/schema/indexNeeds';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** A subquery that an index serves is a look-up for each row, which may be the cheapest way; one without reads its table each time. */
export function linkSubquery({ facts, confidence }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const [driving] = facts.outer;
  if (driving === undefined || isSmallTable(driving, workspace)) return undefined;
  const { schema } = workspace;
  const tables = facts.inner.tables.map((name) => schema.table(name));
  if (tables.length === 0 || facts.inner.tables.every((name) => isSmallTable(name, workspace))) return undefined;
  const isKnown = tables.every((table) => table !== undefined) && !schema.mayLackIndexes;
  const lacks = tables.some((table) => table !== undefined && neededIndex(table, facts.inner, schema) !== undefined);
  const isIndexed = isKnown ? !lacks : undefined;
  return {
    facts: { ...facts, isIndexed },
    size: { kind: 'table', name: driving },
    confidence: isIndexed === false ? confidence : 'possible',
  };
}
