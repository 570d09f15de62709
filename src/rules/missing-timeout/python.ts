import type { Fix, Match } from '../../core/rule';
import { addArgument } from '../../syntax/python/edits';
import { argumentAt, argumentsOf, calleeOf, callText, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { PythonMatcher } from '../matchers';
import { DEADLINE, type Facts } from './rule';

/** requests and urllib wait without end. httpx gives up after 5 s, aiohttp after 300 s, boto3 after 60 s. */
const NAMES = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request', 'urlopen', 'send'];
/** urlopen(url, data, timeout) */
const URLOPEN_TIMEOUT = 2;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: NAMES,

  find(call, file) {
    // A file that is started by hand is nobody's server.
    if (file.scriptEntries.size > 0) return undefined;
    const access = file.dataAccess(call);
    if (access?.kind !== 'request' || (access.library !== 'requests' && access.library !== 'urllib')) return undefined;
    if (isBounded(call) || (access.library === 'requests' && isBoundedSession(call, file))) return undefined;
    return {
      span: call,
      facts: {
        call: callText(call),
        library: access.library,
        isClient: false,
        option: `timeout=${DEADLINE}`,
        setting: access.library === 'urllib' ? 'socket.setdefaulttimeout' : undefined,
      },
    };
  },

  fix: (_match: Match<Facts>, call, file): Fix => ({
    title: `Give up after ${DEADLINE} s`,
    kind: 'suggestion',
    edits: addArgument(call, `timeout=${DEADLINE}`, file),
    caveat: `A request that takes longer than ${DEADLINE} s now raises an error. Choose the value from what the service usually takes.`,
  }),
};

/** `timeout=…`, even None, was thought of; `**options` may hold it. */
function isBounded(call: PythonNode): boolean {
  const args = argumentsOf(call);
  if (args.some(({ name, unpacks }) => name === 'timeout' || unpacks !== undefined)) return true;
  return call.calledName === 'urlopen' && argumentAt(call, URLOPEN_TIMEOUT) !== undefined;
}

/** A session with an adapter or a request method of its own: the usual places for a default deadline. */
function isBoundedSession(call: PythonNode, file: PythonFile): boolean {
  const session = memberOf(calleeOf(call))?.object;
  if (session === undefined || file.names.qualified(session) === 'requests') return false;
  return /\.mount\(|\.request\s*=|\btimeout\s*=\s*functools|HTTPAdapter\)/.test(file.text);
}
