import type { Match } from '../../core/rule';
import { FEW } from '../../syntax/python/fanOut';
import { isConditional } from '../../syntax/python/iteration';
import { isHandful, perItemCall } from '../../syntax/python/perItem';
import type { PythonMatcher } from '../matchers';
import { asksForList } from './lists';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],

  find(call, file): Match<Facts> | undefined {
    const found = perItemCall(call, file, 'request');
    if (found === undefined || isHandful(found.loop) || FEW.test(found.loop.label) || file.scriptEntries.size > 0) return undefined;
    const { text, access, callee, loop, size } = found;
    if (access !== undefined && access.bulk === undefined && access.list === undefined) return undefined;
    const { library, bulk: batch, list } = access ?? {};
    const isListKnown = list === undefined ? undefined : asksForList(list, file.text) || undefined;
    return {
      span: call,
      facts: { call: text, loop: loop.label, library, batch, list, isListKnown, callee },
      size,
      // Behind a condition it may be few of the items that need a request.
      confidence: isConditional(call, loop.node) ? 'possible' : 'likely',
    };
  },
};
