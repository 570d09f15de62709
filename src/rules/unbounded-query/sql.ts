import { functionName } from '../../syntax/sql/query/expressions';
import { walk } from '../../syntax/sql/tree';
import type { SqlNode } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import { readsWholeTable } from './wholeTable';
import type { Facts } from './rule';

/** Functions that make one row of many. */
const AGGREGATE = /^(?:count|sum|avg|min|max|every|bool_and|bool_or|\w*_agg|group_concat|total|stddev\w*|variance|var_\w+|percentile_\w+|mode|median|corr)$/;

export const matcher: SqlMatcher<Facts> = {
  kinds: ['SelectStmt'],

  find(node, statement) {
    // What is selected for an insert, a view or another query is not sent to the program.
    if (node !== statement.root || statement.hidesConditions) return undefined;
    const query = statement.queries.find((candidate) => candidate.node === node);
    if (query === undefined || !readsWholeTable(query.fact) || isReduced(node) || !query.sources.every(({ kind }) => kind === 'table')) return undefined;
    const [table] = query.fact.tables;
    return { span: statement.span(node), facts: { call: 'The query', table } };
  },
};

/** Groups, aggregates, one of each, a condition of any kind: fewer rows than the table has. */
function isReduced(node: SqlNode): boolean {
  const select = node.as('SelectStmt')!;
  const reducing = [select.groupClause, select.havingClause, select.distinctClause, select.whereClause, select.limitCount, select.valuesLists];
  if (reducing.some((clause) => clause !== undefined)) return true;
  let aggregates = false;
  for (const target of node.in('targetList')) {
    walk(target, (inner) => {
      if (inner.tag === 'FuncCall' && inner.as('FuncCall')!.over === undefined && AGGREGATE.test(functionName(inner))) aggregates = true;
      return inner.tag !== 'SelectStmt';
    });
  }
  return aggregates;
}
