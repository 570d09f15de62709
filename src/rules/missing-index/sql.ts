import type { ColumnUse } from '../../core/facts';
import type { Match } from '../../core/rule';
import { foreignKey } from '../../syntax/sql/schema/columns';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import { relationName } from '../../syntax/sql/query/scope';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

/** Offers every table that a query narrows or sorts, and every foreign key; whether an index is missing the linker decides. */
export const matcher: SqlMatcher<Facts> = {
  kinds: ['SelectStmt', 'UpdateStmt', 'DeleteStmt', 'Constraint'],

  find(node, statement) {
    if (node.tag === 'Constraint') return foreignKeyOf(node, statement);
    if (statement.hidesConditions) return undefined;
    const query = statement.queries.find((candidate) => candidate.node === node);
    if (query === undefined) return undefined;
    return [...query.fact.tables.flatMap((table) => accessOf(table, query, statement)), ...deletionOf(query, statement)];
  },
};

function accessOf(table: string, query: LocatedQuery, statement: SqlStatement): Match<Facts>[] {
  const place = placeOf(table, query);
  return place === undefined ? [] : [{ span: statement.span(place), facts: { query: query.fact, table } }];
}

/**
 * The condition an index would serve first: a comparison with a value, a join, a comparison with the query's own
 * words, the sort order; those that name the table before those that may be of another. Undefined where the table
 * is only read, and where it is looked up by `id`, which is everybody's primary key.
 */
function placeOf(table: string, { filters, joins, fact, orderNodes }: LocatedQuery): SqlNode | undefined {
  if (filters.length === 0 && joins.length === 0 && !fact.hasLimit) return undefined;
  const useful = filters.filter(({ filter }) => filter.wrappedBy === undefined && INDEXABLE.has(filter.operator));
  if (useful.some(({ filter }) => filter.table === table && filter.column === 'id' && filter.operator === '=')) return undefined;
  const isExact = (use: ColumnUse): boolean => use.table === table;
  const isPossible = (use: ColumnUse): boolean => use.table === undefined || isExact(use);
  const filtered = (isOf: (use: ColumnUse) => boolean, isConstant: boolean): SqlNode | undefined =>
    useful.find(({ filter }) => isOf(filter) && (filter.values !== undefined) === isConstant)?.node;
  return (
    filtered(isExact, false) ??
    joins.find(({ join }) => join.some(isExact))?.node ??
    filtered(isPossible, false) ??
    joins.find(({ join }) => join.some(isPossible))?.node ??
    filtered(isPossible, true) ??
    (fact.hasLimit ? orderNodes[fact.orderBy.findIndex(isPossible)] : undefined)
  );
}

const INDEXABLE: ReadonlySet<string> = new Set(['=', 'in', 'range', 'like-prefix']);

/** A DELETE of chosen rows also searches every table that refers to them. */
function deletionOf({ node, fact, filters }: LocatedQuery, statement: SqlStatement): Match<Facts>[] {
  if (fact.verb !== 'delete') return [];
  const [table] = fact.tables;
  const chosen = filters.some(({ filter }) => filter.operator === '=' || filter.operator === 'in');
  const place = node.first('relation');
  if (table === undefined || place === undefined || !chosen) return [];
  return [{ span: statement.span(place), facts: { query: fact, table, use: 'reference' } }];
}

/**
 * A foreign key as it is declared. Rows of the table it refers to are rarely deleted one by one, so that this alone
 * is a hint, unless the deletion is meant to go on to the rows that refer to it.
 */
function foreignKeyOf(node: SqlNode, statement: SqlStatement): Match<Facts> | undefined {
  const constraint = node.as('Constraint')!;
  const owner = node.ancestor('CreateStmt', 'AlterTableStmt')?.first('relation')?.as('RangeVar');
  if (constraint.contype !== 'CONSTR_FOREIGN' || owner === undefined) return undefined;
  const { columns } = foreignKey(node, node.parent?.as('ColumnDef')?.colname);
  // c: CASCADE, n: SET NULL, d: SET DEFAULT.
  const isFollowed = /^[cnd]$/.test(constraint.fk_del_action ?? '');
  return {
    span: statement.lineOf(node),
    facts: { table: relationName(owner), columns, line: statement.line, use: 'reference' },
    confidence: isFollowed ? 'likely' : 'possible',
  };
}
