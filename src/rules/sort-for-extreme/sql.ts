import { functionName, integerConstant, operatorName } from '../../syntax/sql/query/expressions';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import { walk } from '../../syntax/sql/tree';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixExtreme } from './sqlFix';
import { directionOf, extremeOf, placeOf, type Extreme } from './sqlExtremes';

const LONGEST_EXPRESSION = 60;
/** Aggregates that give the same in whatever order they read. */
const UNORDERED = /^(?:max|min|count|sum|avg|every|bool_and|bool_or)$/;

export const matcher: SqlMatcher<Facts> = {
  kinds: ['FuncCall', 'SelectStmt'],

  find(node, statement) {
    const found = node.tag === 'SelectStmt' ? sortedForAggregate(node, statement) : extremeOf(node, statement) ?? rankedFirst(node, statement);
    if (found === undefined) return undefined;
    const { expression, collection, takes, instead } = found;
    return {
      span: statement.documentSpan(found.within),
      facts: { expression: expression.replace(/\s+/g, ' ').slice(0, LONGEST_EXPRESSION), collection, takes, instead },
      size: tableOf(node, statement),
    };
  },

  fix: (_match, node, statement) => (node.tag === 'FuncCall' ? fixExtreme(node, statement) : undefined),
};

function tableOf(node: SqlNode, statement: SqlStatement): { kind: 'table'; name: string } | undefined {
  const [table] = statement.queryAround(node)?.fact.tables ?? [];
  return table === undefined ? undefined : { kind: 'table', name: table };
}

/** `SELECT max(x) FROM (SELECT x FROM t ORDER BY x) s`: the order is lost on the aggregate. */
function sortedForAggregate(select: SqlNode, statement: SqlStatement): Extreme | undefined {
  const [sort] = select.in('sortClause');
  const { parent } = select;
  const outer = parent?.tag === 'RangeSubselect' && parent.parent?.tag === 'SelectStmt' ? parent.parent : undefined;
  if (sort === undefined || outer === undefined || outer.in('fromClause').length !== 1) return undefined;
  if (select.first('limitCount') !== undefined || select.first('limitOffset') !== undefined || select.in('distinctClause').length > 0) return undefined;
  const targets = outer.in('targetList').map((target) => target.first('val'));
  const isExtreme = targets.some((value) => value?.tag === 'FuncCall' && /^(?:max|min)$/.test(functionName(value)));
  const isUnordered = targets.every((value) => value?.tag === 'FuncCall' && UNORDERED.test(functionName(value)) && value.in('agg_order').length === 0);
  if (!isExtreme || !isUnordered) return undefined;
  return { ...placeOf(sort, statement), expression: `ORDER BY ${statement.textOf(sort)}`, collection: 'the rows', takes: directionOf(sort) === 'desc' ? 'last' : 'first', instead: 'min() or max() over the rows as they come' };
}

/**
 * `row_number() OVER (PARTITION BY k ORDER BY x DESC)` of which only the first is kept, where nothing but k and x is read:
 * a grouped max(x) reads each row once and sorts none.
 */
function rankedFirst(call: SqlNode, statement: SqlStatement): Extreme | undefined {
  if (!/^(?:row_number|rank|dense_rank)$/.test(functionName(call))) return undefined;
  const window = call.first('over');
  const [sort, ...more] = window?.in('orderClause') ?? [];
  const target = call.parent;
  const inner = target?.tag === 'ResTarget' ? target.parent : undefined;
  const outer = inner?.parent?.tag === 'RangeSubselect' ? inner.parent.parent : undefined;
  const alias = target?.as('ResTarget')?.name;
  if (window === undefined || sort === undefined || more.length > 0 || outer?.tag !== 'SelectStmt' || alias === undefined) return undefined;
  const key = sort.first('node');
  const groups = window.in('partitionClause').map((column) => lastColumn(column));
  const allowed = new Set([...groups, key && lastColumn(key)]);
  const read = outer.in('targetList').map((each) => each.first('val')).map((value) => value && lastColumn(value));
  if (groups.length === 0 || read.some((column) => column === undefined || !allowed.has(column)) || !keepsFirst(outer, alias)) return undefined;
  const isLargest = directionOf(sort) === 'desc';
  return { ...placeOf(call, statement), collection: 'the rows of each group', takes: 'first', instead: `${isLargest ? 'max' : 'min'}(${statement.textOf(key!)}) with GROUP BY ${window.in('partitionClause').map((column) => statement.textOf(column)).join(', ')}` };
}

function lastColumn(node: SqlNode): string | undefined {
  const fields = node.as('ColumnRef')?.fields;
  const last = fields?.at(-1) as { String?: { sval?: string } } | undefined;
  return last?.String?.sval;
}

/** `WHERE rn = 1` and nothing else. */
function keepsFirst(outer: SqlNode, alias: string): boolean {
  const where = outer.first('whereClause');
  if (where?.tag !== 'A_Expr' || operatorName(where) !== '=') return false;
  let isAlias = false;
  walk(where, (node) => {
    if (lastColumn(node) === alias) isAlias = true;
  });
  return isAlias && [where.first('lexpr'), where.first('rexpr')].some((side) => integerConstant(side) === 1);
}
