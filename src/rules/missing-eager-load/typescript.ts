import { ts } from 'ts-morph';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './facts';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.PropertyAssignment],

  find() {
    return undefined;
  },
};
