import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { argumentAt, argumentsOf, calleeOf, dottedName, memberOf, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { sizeOf } from '../../syntax/python/perItem';
import { simpleAssignment } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { sortOnce } from './pythonFix';
import { isLonger, sortingLoop } from './pythonLoop';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['sort', 'sorted', 'heapify'],

  find(call, file): Match<Facts> | undefined {
    const list = listOf(call, file);
    const path = list && dottedName(list);
    const sorting = path === undefined || isFewByNature(path) ? undefined : sortingLoop(call, list!, path, file);
    if (path === undefined || sorting === undefined || isFewByNature(sorting.loop.label)) return undefined;
    const { loop, form } = sorting;
    return {
      span: call,
      facts: { call: shorten(call.text, 40), list: path, loop: loop.kind === 'while' ? 'the loop' : loop.label, form, structure: 'a heap (heapq), or in order with bisect.insort' },
      size: loop.kind === 'while' ? { kind: 'collection', name: path } : sizeOf(loop, file),
    };
  },

  fix: (_match, call, file) => sortOnce(call, file),
};

/** The list of `queue.sort()`, `queue = sorted(queue)`, `queue = sorted(queue + more)` and `heapq.heapify(queue)`. */
function listOf(call: PythonNode, file: PythonFile): PythonNode | undefined {
  if (call.calledName === 'heapify') return file.names.qualified(calleeOf(call)) === 'heapq.heapify' ? argumentAt(call, 0) : undefined;
  if (call.calledName === 'sorted') {
    const assigned = simpleAssignment(call.parent);
    const list = argumentAt(call, 0);
    const isOwn = list !== undefined && assigned?.value === call && (assigned.target.text === list.text || isLonger(list, assigned.target.text));
    return isOwn ? assigned.target : undefined;
  }
  // A list is sorted by a statement and has no other arguments; a data frame or a cursor does.
  if (call.parent?.kind !== 'ExpressionStatement' || !argumentsOf(call).every(({ name }) => name === 'key' || name === 'reverse')) return undefined;
  const list = memberOf(calleeOf(call))?.object;
  const kind = list && file.valueOf(list)?.kind;
  return kind === undefined || kind === 'list' ? list : undefined;
}
