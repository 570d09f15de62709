import type { ResultUses } from '../../core/resultUse';
import { reductionOf } from '../../core/reduction';
import type { Fix, Match } from '../../core/rule';
import { ORM_NAMES } from '../../syntax/python/data/ormNames';
import { callText } from '../../syntax/python/expressions';
import { manyRows } from '../../syntax/python/results/manyRows';
import { resultUses } from '../../syntax/python/results/resultUses';
import type { PythonMatcher } from '../matchers';
import { aggregateFix } from './pythonFix';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ORM_NAMES,

  find(call, file) {
    const access = file.usesOrm ? file.dataAccess(call) : undefined;
    if (access?.kind !== 'query' || (access.library !== 'django' && access.library !== 'sqlalchemy')) return undefined;
    const rows = manyRows(call, file);
    const uses = rows && resultUses(call, file);
    const reduced = uses && reductionOf(uses);
    // The rows of one parent are few, and often read along with it.
    if (reduced === undefined || (rows!.through !== undefined && reduced.reduction !== 'count')) return undefined;
    const query = file.ormQuery(call);
    const reducer = file.text.slice(reduced.span.start, reduced.span.end);
    if (reduced.reduction === 'filter' && LEAVES_OUT_EMPTY.test(reducer)) return undefined;
    const isLimited = query?.fact.hasLimit ?? false;
    if (isLimited || (reduced.reduction === 'first' && takesSeveral(reducer)) || (reduced.reduction === 'first' && !readsAllForOne(access.library, uses!, query !== undefined))) return undefined;
    return {
      span: reduced.span,
      facts: {
        call: callText(call),
        reduction: reduced.reduction,
        reads: reduced.reads,
        table: access.table,
        rows,
        equal: (query?.fact.filters ?? []).flatMap(({ operator, column }) => (operator === '=' ? [column] : [])),
      },
    };
  },

  fix: (match: Match<Facts>, call, file): Fix | undefined => aggregateFix(match.facts, match.span, call, file),
};

/** `[row.email for row in rows if row.email]`: few rows have nothing there. */
const LEAVES_OUT_EMPTY = /\bif\s+[\w.]+(?:\s+is\s+not\s+None)?\s*[\])}]?$/;

/** `rows[:BATCH]` is a page of the rows and not the first of them. */
const takesSeveral = (taken: string): boolean => /\[\s*\d*\s*:(?!\s*1\s*\])[^\]]*\]$/.test(taken);

/** An index of a query set that was not run yet is a query with LIMIT; its truth, asked for before, reads all of it. */
function readsAllForOne(library: string, { uses }: ResultUses, isKnown: boolean): boolean {
  return isKnown && (library !== 'django' || uses.some(({ kind }) => kind === 'existence'));
}
