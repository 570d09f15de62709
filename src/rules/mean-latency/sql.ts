import { columnReferences, functionName } from '../../syntax/sql/query/expressions';
import { columnPath } from '../../syntax/sql/query/scope';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import { walk } from '../../syntax/sql/tree';
import type { SqlMatcher } from '../matchers';
import { isClockTime, isLatency } from './quantity';
import type { Facts } from './rule';
import { percentileFix } from './sqlFix';

const PERCENTILES = /^(?:percentile|quantile|approx_(?:quantile|percentile)|median|p\d\d)|_(?:percentile|quantile)s?/;
const LONGEST_EXPRESSION = 60;

export const matcher: SqlMatcher<Facts> = {
  kinds: ['FuncCall'],

  find(node, statement) {
    if (!/^(?:avg|mean)$/.test(functionName(node))) return undefined;
    const quantity = durationIn(node, statement);
    const select = node.ancestor('SelectStmt');
    if (quantity === undefined || select === undefined || hasPercentiles(select)) return undefined;
    const expression = statement.textOf(node).replace(/\s+/g, ' ');
    return { span: statement.span(node), facts: { expression: expression.slice(0, LONGEST_EXPRESSION), quantity } };
  },

  fix: percentileFix,
};

/** The averaged duration's name: of a column, or of the end of an interval between two clock times. */
function durationIn(call: SqlNode, statement: SqlStatement): string | undefined {
  const columns = columnReferences(call).map((reference) => columnPath(reference)?.at(-1) ?? '');
  const tables = statement.queryAround(call)?.fact.tables ?? [];
  const duration = columns.find((column) => isLatency(column, tables));
  if (duration !== undefined || columns.length !== 2) return duration;
  const [end, start] = columns as [string, string];
  return subtracts(call) && isClockTime(start, end) && isLatency('duration', tables) ? `${end} - ${start}` : undefined;
}

function subtracts(call: SqlNode): boolean {
  let found = false;
  walk(call, (node) => {
    if (node.tag === 'A_Expr' && node.as('A_Expr')!.name?.some((part) => 'String' in part && part.String.sval === '-')) found = true;
  });
  return found;
}

/** Percentiles beside the mean make it one figure among others. */
function hasPercentiles(select: SqlNode): boolean {
  let found = false;
  walk(select, (node) => {
    if (node.tag === 'FuncCall' && PERCENTILES.test(functionName(node))) found = true;
  });
  return found;
}
