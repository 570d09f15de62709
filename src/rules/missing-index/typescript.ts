import { ts } from 'ts-morph';
import type { TypeScriptMatcher } from '../matchers';
import { accessOf } from './ormAccess';
import type { Facts } from './rule';

/** Offers every ORM query that narrows or sorts; whether an index is missing the linker decides. */
export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],

  find(node, file) {
    const call = node as ts.CallExpression;
    const query = file.dataAccess(call) && file.ormQuery(call);
    return query && accessOf(query);
  },
};
