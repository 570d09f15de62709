import { ORM_NAMES } from '../../syntax/python/data/ormNames';
import { isSmallTable } from '../boundedPython';
import type { PythonMatcher } from '../matchers';
import { accessOf } from './ormAccess';
import type { Facts } from './rule';

/** Offers every ORM query that narrows or sorts; whether an index is missing the linker decides. */
export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ORM_NAMES,

  find(call, file) {
    const query = file.dataAccess(call) && file.ormQuery(call);
    return query === undefined || isSmallTable(query.fact.tables[0]) ? undefined : accessOf(query);
  },
};
