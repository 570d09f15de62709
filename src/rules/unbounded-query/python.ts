import { isAnswerOnly } from '../../core/reduction';
import { ORM_NAMES } from '../../syntax/python/data/ormNames';
import { callText } from '../../syntax/python/expressions';
import { yieldsMany } from '../../syntax/python/results/manyRows';
import { resultUses } from '../../syntax/python/results/resultUses';
import { isSmallTable } from '../boundedPython';
import type { PythonMatcher } from '../matchers';
import { fetchesWholeTable } from './wholeTable';
import type { Facts } from './rule';

/** Methods that do not hold all rows at once. */
const STREAMS = /\.(?:iterator|aiterator|yield_per|stream|stream_scalars|partitions)\s*\(|\byield_per\s*=|["']yield_per["']\s*:/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ORM_NAMES,

  find(call, file) {
    const access = file.usesOrm ? file.dataAccess(call) : undefined;
    if (access?.kind !== 'query' || (access.library !== 'django' && access.library !== 'sqlalchemy') || !yieldsMany(call, file)) return undefined;
    const query = file.ormQuery(call);
    if (query === undefined || isSmallTable(access.table) || !fetchesWholeTable(query) || STREAMS.test(call.text) || isAnswerOnly(resultUses(call, file))) return undefined;
    return {
      span: { start: call.start, end: call.end },
      facts: { call: callText(call), table: access.table, rows: query.fact.model && { model: query.fact.model, eager: [] } },
    };
  },
};
