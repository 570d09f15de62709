import type { QueryFact } from '../../core/facts';
import type { ProofCase } from '../../core/proof';
import type { WorkspaceView } from '../../core/workspaceView';
import type { Facts } from './rule';

/** The index that was asked for, under the query; for a foreign key, under the search that a deleted row causes. */
export function proveIndex({ query: asked, line = 0, table, columns = [], proposed = columns, use }: Facts, file: string, { models }: WorkspaceView): ProofCase | undefined {
  // An ORM's query names models and fields, of which a planner knows nothing.
  const query = asked && models.translate(file, asked);
  if (proposed.length === 0 || (asked !== undefined && query === undefined)) return undefined;
  const candidates = [{ kind: 'index', table, columns: proposed }] as const;
  if (query !== undefined && use !== 'reference') return { query, candidates };
  return { query: referenceSearch(table, columns, query?.line ?? line), ignoresStatement: true, candidates };
}

/** What the database runs for each row that is deleted from the table that the key refers to. */
function referenceSearch(table: string, columns: readonly string[], line: number): QueryFact {
  return {
    verb: 'select',
    tables: [table],
    columns,
    filters: columns.map((column) => ({ table, column, operator: '=' })),
    joins: [],
    orderBy: [],
    hasLimit: false,
    hasOffset: false,
    line,
  };
}
