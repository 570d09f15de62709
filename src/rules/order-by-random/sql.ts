import { functionName } from '../../syntax/sql/query/expressions';
import type { SqlMatcher } from '../matchers';
import { RANDOM_FUNCTION } from './random';
import type { Facts } from './rule';

export const matcher: SqlMatcher<Facts> = {
  kinds: ['SortBy'],

  find(node, statement) {
    const call = node.first('node');
    const select = node.parent;
    // In a window or an aggregate the order is one of what is there already.
    if (call?.tag !== 'FuncCall' || node.field !== 'sortClause' || select?.tag !== 'SelectStmt') return undefined;
    if (!RANDOM_FUNCTION.test(functionName(call)) || call.in('args').length > 0) return undefined;
    const query = statement.queries.find((candidate) => candidate.node === select);
    const tables = query?.sources.filter(({ kind }) => kind === 'table') ?? [];
    if (query === undefined || tables.length === 0) return undefined;
    const equal = query.fact.filters.filter(({ operator, wrappedBy }) => operator === '=' && wrappedBy === undefined);
    if (equal.some(({ column }) => column.toLowerCase() === 'id')) return undefined;
    return {
      span: statement.span(node),
      facts: { form: `ORDER BY ${functionName(call)}()`, table: tables[0]!.table, equal: equal.map(({ column }) => column) },
    };
  },
};
