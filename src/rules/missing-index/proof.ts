import type { QueryFact } from '../../core/facts';
import type { ProofCase } from '../../core/proof';
import type { WorkspaceView } from '../../core/workspaceView';
import type { Facts } from './rule';

/** The index that was asked for, under the query; for a foreign key, under the search that a deleted row causes. */
export function proveIndex({ query: asked, table, columns, use }: Facts, file: string, { models }: WorkspaceView): ProofCase | undefined {
  // An ORM's query names models and fields, of which a planner knows nothing.
  const query = asked.model === undefined ? asked : models.translate(file, asked);
  if (query === undefined || columns === undefined || columns.length === 0) return undefined;
  const candidates = [{ kind: 'index', table, columns }] as const;
  return use === 'reference' ? { query: referenceSearch(table, columns, query.line), ignoresStatement: true, candidates } : { query, candidates };
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
