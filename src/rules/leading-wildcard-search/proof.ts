import type { QueryFact } from '../../core/facts';
import type { ProofCase } from '../../core/proof';
import type { Facts } from './rule';

/** The other ways of finding text, under the search as an ORM would send it where there is no statement. */
export function proveSearch({ table, column }: Facts): ProofCase | undefined {
  if (table === undefined || column === undefined) return undefined;
  const query: QueryFact = {
    verb: 'select',
    tables: [table],
    columns: '*',
    filters: [{ table, column, operator: 'like-infix' }],
    joins: [],
    orderBy: [],
    hasLimit: false,
    hasOffset: false,
    line: 0,
  };
  return { query, candidates: [{ kind: 'search', table, column }] };
}
