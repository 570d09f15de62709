import type { QueryFact } from '../../core/facts';
import type { OrmQuery } from '../../core/ormQuery';

/** One table, every row of it: no condition, no join and no limit. */
export function readsWholeTable({ verb, tables, filters, joins, hasLimit }: QueryFact): boolean {
  return verb === 'select' && tables.length === 1 && filters.length === 0 && joins.length === 0 && !hasLimit;
}

/** The same of an ORM's query, which may also ask for one of each. */
export const fetchesWholeTable = ({ fact, isReduced }: OrmQuery): boolean => isReduced !== true && readsWholeTable(fact);
