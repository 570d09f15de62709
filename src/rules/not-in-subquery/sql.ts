import type { Match } from '../../core/rule';
import { resolveColumn } from '../../syntax/sql/query/scope';
import { isCorrelated } from '../../syntax/sql/query/correlation';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import type { SqlNode } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import { notExists } from './rewriting';
import type { ComparedColumn, Facts } from './rule';

export const matcher: SqlMatcher<Facts> = {
  kinds: ['SubLink'],

  find(node, statement): Match<Facts> | undefined {
    const form = formOf(node);
    const select = node.first('subselect');
    if (form === undefined || select === undefined || !decidesRows(node)) return undefined;
    const inner = statement.queries.find((query) => query.node === select);
    const outer = statement.queryAround(node.parent!);
    if (inner === undefined || outer === undefined || !readsTable(inner) || isBounded(select)) return undefined;
    const edits = form === 'NOT IN' && !statement.hidesConditions ? notExists(node, outer, inner, statement) : undefined;
    return {
      span: statement.span(node),
      facts: { form, outer: compared(node.first('testexpr'), outer), inner: returned(inner), isCorrelated: isCorrelated(inner, outer), ...(edits && { edits }) },
    };
  },
};

/** `x NOT IN (SELECT ...)` is the negation of an IN, and `x <> ALL (SELECT ...)` says the same. */
function formOf(node: SqlNode): string | undefined {
  const link = node.as('SubLink')!;
  const operator = link.operName?.flatMap((part) => ('String' in part ? [part.String.sval] : [])).at(-1);
  if (link.subLinkType === 'ANY_SUBLINK' && operator === undefined) return node.parent?.as('BoolExpr')?.boolop === 'NOT_EXPR' ? 'NOT IN' : undefined;
  return link.subLinkType === 'ALL_SUBLINK' && operator === '<>' ? '<> ALL' : undefined;
}

/** The condition decides which rows a query reads; in a select list it is computed for those that are left. */
function decidesRows(node: SqlNode): boolean {
  let at: SqlNode = node;
  while (at.parent?.tag === 'BoolExpr') at = at.parent;
  return at.field === 'whereClause' || (at.field === 'quals' && at.parent?.tag === 'JoinExpr');
}

const readsTable = ({ sources }: LocatedQuery): boolean => sources.some(({ kind, table }) => kind === 'table' && table !== undefined);

/** A LIMIT, or an aggregate without groups, bounds what there is to compare with. */
function isBounded(select: SqlNode): boolean {
  const { limitCount, groupClause } = select.as('SelectStmt')!;
  const only = select.in('targetList')[0]?.first('val');
  return limitCount !== undefined || (only?.tag === 'FuncCall' && groupClause === undefined && /^(?:max|min|count|sum|avg)$/.test(nameOf(only)));
}

function nameOf(call: SqlNode): string {
  const last = call.as('FuncCall')?.funcname?.at(-1);
  return last !== undefined && 'String' in last ? (last.String.sval ?? '').toLowerCase() : '';
}

function compared(node: SqlNode | undefined, { sources }: LocatedQuery): ComparedColumn {
  const column = node?.tag === 'ColumnRef' ? resolveColumn(node, { sources }) : undefined;
  return column === undefined ? {} : { table: column.table, column: column.column };
}

function returned(inner: LocatedQuery): ComparedColumn {
  const column = compared(inner.node.in('targetList')[0]?.first('val'), inner);
  const only = inner.sources.filter(({ kind }) => kind === 'table');
  return column.table === undefined && only.length === 1 ? { ...column, table: only[0]!.table } : column;
}
