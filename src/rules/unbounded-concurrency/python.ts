import type { Match } from '../../core/rule';
import { calleeReference } from '../../syntax/python/callees';
import { calleeOf, callText, shorten } from '../../syntax/python/expressions';
import { fanOutOf, isBounded, isLimited, sourceOf, STARTER_NAMES, type FanOut } from '../../syntax/python/fanOut';
import type { PythonFile } from '../../syntax/python/file';
import { sizeOf } from '../../syntax/python/perItem';
import type { PythonMatcher } from '../matchers';
import { limitCalls } from './pythonFix';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: STARTER_NAMES,

  find(call, file): Match<Facts> | undefined {
    const fanOut = fanOutOf(call, file);
    if (fanOut === undefined || file.scriptEntries.size > 0 || isBounded(fanOut, file)) return undefined;
    const started = startedCall(fanOut, file);
    if (started === undefined || isLimited(fanOut, file)) return undefined;
    const source = sourceOf(fanOut, file);
    const access = source && file.dataAccess(source);
    const callee = source && access === undefined ? calleeReference(calleeOf(source)!, file) : undefined;
    return {
      span: calleeOf(call)!,
      facts: { starter: fanOut.starter, collection: fanOut.loop.label, limiter: 'a Semaphore', source: callee, ...started },
      size: sizeOf(fanOut.loop, file),
      // What comes from the database or a list of another service grows with the data.
      confidence: access === undefined ? 'possible' : 'likely',
    };
  },

  fix: (_match, call, file) => limitCalls(call, file),
};

/** A request per item. Queries and requests with a batch form are other rules' business: they want one call for all items. */
function startedCall({ started }: FanOut, file: PythonFile): Pick<Facts, 'call' | 'library' | 'callee'> | undefined {
  const isCall = started.kind === 'CallExpression';
  const access = isCall ? file.dataAccess(started) : undefined;
  const call = isCall ? callText(started) : shorten(started.text);
  if (access !== undefined) return access.kind === 'request' && access.bulk === undefined ? { call, library: access.library } : undefined;
  const callee = calleeReference(isCall ? calleeOf(started)! : started, file);
  return callee && { call, callee };
}
