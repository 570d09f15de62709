import type { Match } from '../../core/rule';
import { isCorrelated } from '../../syntax/sql/query/correlation';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import { walk } from '../../syntax/sql/tree';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: SqlMatcher<Facts> = {
  kinds: ['SubLink'],

  find(node, statement): Match<Facts> | undefined {
    const select = selectAround(node);
    const inner = select && correlated(node, select, statement);
    const outer = inner && statement.queries.find((query) => query.node === select);
    if (select === undefined || inner === undefined || outer === undefined || returnsFewRows(select, outer)) return undefined;
    const driving = outer.sources.flatMap(({ kind, table }) => (kind === 'table' && table !== undefined ? [table] : []));
    if (driving.length === 0) return undefined;
    return {
      span: statement.span(node),
      facts: { outer: driving, inner: inner.fact, siblings: siblingsOf(inner, select, statement) },
      // Groups and pages may be few; conditions may leave few rows.
      confidence: select.as('SelectStmt')!.groupClause !== undefined || outer.filters.some(({ filter }) => filter.operator === '=') ? 'possible' : 'likely',
    };
  },
};

/** The SELECT in whose list a scalar or array subquery stands, on its own or inside an expression. */
function selectAround(node: SqlNode): SqlNode | undefined {
  if (!/^(?:EXPR|ARRAY)_SUBLINK$/.test(node.as('SubLink')!.subLinkType ?? '')) return undefined;
  let at: SqlNode = node;
  while (at.parent !== undefined && at.parent.tag !== 'SelectStmt') at = at.parent;
  return at.field === 'targetList' ? at.parent : undefined;
}

/** The subquery, where it reads tables and names a column of the query around it. */
function correlated(node: SqlNode, select: SqlNode, statement: SqlStatement): LocatedQuery | undefined {
  const subselect = node.first('subselect');
  const inner = statement.queries.find((query) => query.node === subselect);
  const outer = statement.queries.find((query) => query.node === select);
  if (inner === undefined || outer === undefined || !inner.sources.some(({ kind, table }) => kind === 'table' && table !== undefined)) return undefined;
  return isCorrelated(inner, outer) ? inner : undefined;
}

/** A limited result, one row, and what is itself asked for one row or for existence. */
function returnsFewRows(select: SqlNode, { fact, filters }: LocatedQuery): boolean {
  if (fact.hasLimit || filters.some(({ filter }) => filter.operator === '=' && filter.column.toLowerCase() === 'id')) return true;
  return select.parent?.tag === 'SubLink' || isLimitedAround(select);
}

/** A page of a subquery or common table expression evaluates its select list for the page alone. */
function isLimitedAround(select: SqlNode): boolean {
  const around = select.ancestor('SelectStmt');
  return around !== undefined && around.as('SelectStmt')!.limitCount !== undefined;
}

function siblingsOf(inner: LocatedQuery, select: SqlNode, statement: SqlStatement): number {
  const [table] = inner.fact.tables;
  let siblings = 0;
  for (const target of select.in('targetList')) {
    walk(target, (node) => {
      if (node.tag === 'SubLink' && correlated(node, select, statement)?.fact.tables[0] === table) siblings++;
    });
  }
  return siblings;
}
