import type { FilterOperator } from '../../core/facts';
import type { Match } from '../../core/rule';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

/** The condition an index would serve first is where the finding is shown. */
const BY_USEFULNESS: readonly FilterOperator[] = ['=', 'in', 'range'];

/** Offers every table that a query narrows or sorts; whether an index is missing the linker decides. */
export const matcher: SqlMatcher<Facts> = {
  kinds: ['SelectStmt', 'UpdateStmt', 'DeleteStmt'],

  find(node, statement) {
    if (statement.hidesConditions) return undefined;
    const query = statement.queries.find((candidate) => candidate.node === node);
    if (query === undefined) return undefined;
    return [...query.fact.tables.flatMap((table) => accessOf(table, query, statement)), ...deletionOf(query, statement)];
  },
};

function accessOf(table: string, query: LocatedQuery, statement: SqlStatement): Match<Facts>[] {
  const place = placeOf(table, query);
  const enumerated = query.filters.filter(({ isEnumerated }) => isEnumerated).map(({ filter }) => filter.column);
  return place === undefined ? [] : [{ span: statement.span(place), facts: { query: query.fact, table, enumerated } }];
}

/**
 * The most useful condition on the table, else its join, else its sort column; undefined where it is only read,
 * and where it is looked up by `id`, which is everybody's primary key.
 */
function placeOf(table: string, { filters, joins, fact, orderNodes }: LocatedQuery): SqlNode | undefined {
  const isOf = (use: { readonly table?: string }): boolean => use.table === undefined || use.table === table;
  for (const operator of BY_USEFULNESS) {
    const found = filters.find(({ filter }) => isOf(filter) && filter.operator === operator && filter.wrappedBy === undefined);
    if (found !== undefined) return found.filter.column === 'id' && operator === '=' ? undefined : found.node;
  }
  const join = joins.find(({ join: [a, b] }) => isOf(a) || isOf(b));
  const sorted = fact.hasLimit ? orderNodes[fact.orderBy.findIndex(isOf)] : undefined;
  return join?.node ?? sorted;
}

/** A DELETE of chosen rows also searches every table that refers to them. */
function deletionOf({ node, fact, filters }: LocatedQuery, statement: SqlStatement): Match<Facts>[] {
  const [table] = fact.tables;
  const chosen = filters.some(({ filter }) => filter.operator === '=' || filter.operator === 'in');
  const place = node.first('relation');
  if (fact.verb !== 'delete' || table === undefined || place === undefined || !chosen) return [];
  return [{ span: statement.span(place), facts: { query: fact, table, use: 'reference' } }];
}
