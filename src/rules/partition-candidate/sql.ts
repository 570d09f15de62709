import { relationName } from '../../syntax/sql/query/scope';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

/** Offers every table; its declared scale and the queries of the workspace decide. */
export const matcher: SqlMatcher<Facts> = {
  kinds: ['CreateStmt'],

  find(node, statement) {
    const relation = node.first('relation');
    if (relation === undefined) return undefined;
    return { span: statement.lineOf(relation), facts: { table: relationName(relation.as('RangeVar')), line: statement.line } };
  },
};
