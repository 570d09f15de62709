import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: SqlMatcher<Facts> = {
  kinds: ['SelectStmt'],

  find(node, statement) {
    // What is selected for an insert, a view or another query is not sent to the program.
    if (node !== statement.root || statement.hidesConditions) return undefined;
    const query = statement.queries.find((candidate) => candidate.node === node);
    if (query === undefined || query.fact.columns !== '*' || query.fact.hasLimit || !query.sources.every(({ kind }) => kind === 'table')) return undefined;
    const { tables, filters } = query.fact;
    const equal = filters.flatMap(({ operator, column }) => (operator === '=' ? [column.toLowerCase()] : []));
    return { span: statement.span(node), facts: { call: 'SELECT *', used: [], tables, equal } };
  },
};
