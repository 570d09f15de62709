import type { OrmQuery } from '../../core/ormQuery';
import type { Match } from '../../core/rule';
import type { Facts } from './rule';

const INDEXABLE = /^(?:=|in|range)$/;
const KEYS = /^(?:id|pk|_id)$/;

/** The access that an ORM's query asks of its tables; undefined where it is looked up by key, or only read. */
export function accessOf({ fact, filters, orderSpan, span }: OrmQuery): Match<Facts> | undefined {
  const useful = fact.filters.flatMap((filter, i) => (filter.wrappedBy === undefined && INDEXABLE.test(filter.operator) ? [{ filter, place: filters[i]! }] : []));
  if (useful.some(({ filter }) => KEYS.test(filter.column) && filter.operator !== 'range')) return undefined;
  const first = useful.find(({ filter }) => !filter.isEnumerated) ?? useful[0];
  const isSorted = fact.hasLimit && fact.orderBy.length > 0;
  if (first === undefined && fact.joins.length === 0 && !isSorted) return undefined;
  const place = first?.place.span ?? orderSpan ?? span;
  // A node is a span too, but would be kept with its tree.
  return { span: { start: place.start, end: place.end }, facts: { query: fact, table: fact.tables[0]! } };
}
