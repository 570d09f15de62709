import type { Match } from '../../core/rule';
import { resolveColumn } from '../../syntax/sql/query/scope';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';
import { turnableOf } from './turnable';
import { mustHold, wrappedComparison } from './wrapped';

const LONGEST_FORM = 60;

export const matcher: SqlMatcher<Facts> = {
  kinds: ['A_Expr'],

  find(node, statement): Match<Facts> | undefined {
    const found = wrappedComparison(node);
    if (found === undefined || !mustHold(node)) return undefined;
    const query = statement.queryAround(node);
    const column = query && resolveColumn(found.reference, { sources: query.sources });
    if (query === undefined || column === undefined || column.isOuter || column.isUncertain) return undefined;
    const form = statement.textOf(found.side).replace(/\s+/g, ' ');
    const turnable = turnableOf(node, found, statement);
    return {
      span: statement.span(node),
      facts: {
        ...(column.table !== undefined && { table: column.table }),
        column: column.column,
        form: form.length <= LONGEST_FORM ? form : `${form.slice(0, LONGEST_FORM - 1)}…`,
        wrapping: found.wrapping,
        ...(found.type !== undefined && { type: found.type }),
        ...(found.expression !== undefined && { expression: found.expression }),
        comparison: found.comparison,
        query: query.fact,
        ...(turnable && { turnable }),
      },
      // Whatever else narrows the query may be in what is put into it.
      ...(statement.hidesConditions && { confidence: 'possible' }),
    };
  },
};
