import type { ResultUses } from '../../core/resultUse';
import type { Fix, Match } from '../../core/rule';
import { callText, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { resultUses } from '../../syntax/python/results/resultUses';
import { rowsOf } from '../../syntax/python/rowReads';
import type { PythonMatcher } from '../matchers';
import { aggregateFix } from './pythonFix';
import { reductionOf } from './reduction';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],

  find(call, file) {
    const access = file.usesOrm ? file.dataAccess(call) : undefined;
    if (access?.kind !== 'query' || (access.library !== 'django' && access.library !== 'sqlalchemy')) return undefined;
    const rows = manyRows(call, file);
    const uses = rows && resultUses(call, file);
    const reduced = uses && reductionOf(uses);
    // The rows of one parent are few, and often read along with it.
    if (reduced === undefined || (rows!.through !== undefined && reduced.reduction !== 'count')) return undefined;
    const query = file.ormQuery(call);
    const isLimited = query?.fact.hasLimit ?? false;
    if (isLimited || (reduced.reduction === 'first' && !readsAllForOne(access.library, uses!, query !== undefined))) return undefined;
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

/** An index of a query set that was not run yet is a query with LIMIT; its truth, asked for before, reads all of it. */
function readsAllForOne(library: string, { uses }: ResultUses, isKnown: boolean): boolean {
  return isKnown && (library !== 'django' || uses.some(({ kind }) => kind === 'existence'));
}

/** The rows a call yields, where they are many: a query set of instances, or the list of a query. */
function manyRows(call: PythonNode, file: PythonFile): ReturnType<typeof rowsOf> {
  const value = file.valueOf(call);
  if (value?.kind === 'queryset') return value.element?.kind === 'record' ? rowsOf(value.element) : undefined;
  if (value?.kind !== 'list' && value?.kind !== 'iterator') return undefined;
  const isUnpacked = value.element?.kind === 'tuple' && memberOf(call.parent)?.name === 'scalars';
  return rowsOf(isUnpacked ? value.element!.element : value.element);
}
