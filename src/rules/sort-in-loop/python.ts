import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { argumentAt, argumentsOf, calleeOf, dottedName, memberOf, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { dependsOn } from '../../syntax/python/invariance';
import { isConditional } from '../../syntax/python/iteration';
import type { Loop } from '../../syntax/python/loops';
import { sizeOf } from '../../syntax/python/perItem';
import { simpleAssignment } from '../../syntax/python/statements';
import { writesIn } from '../../syntax/python/writes';
import type { PythonMatcher } from '../matchers';
import { sortOnce } from './pythonFix';
import type { Facts } from './rule';

/** Sorting fewer takes no time. */
const SMALL = 20;
const ADDERS = /^(?:append|extend|insert|add)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['sort', 'sorted', 'heapify'],

  find(node, file): Match<Facts> | undefined {
    const list = file.loopsAround(node).length > 0 ? listOf(node, file) : undefined;
    const path = list && dottedName(list);
    const loop = path === undefined ? undefined : loopOutside(node, list!, path, file);
    if (list === undefined || path === undefined || loop === undefined || isFewByNature(path) || isFewByNature(loop.label)) return undefined;
    const form = isAddedTo(path, loop) ? 'grows' : 'same';
    // `names = sorted(names)` of a list that does not grow, and heapify of one that does, say it all.
    if (form === 'same' && node.calledName !== 'sort') return undefined;
    return {
      span: node,
      facts: { call: shorten(node.text, 40), list: path, loop: loop.kind === 'while' ? 'the loop' : loop.label, form, structure: 'a heap (heapq), or in order with bisect.insort' },
      size: loop.kind === 'while' ? { kind: 'collection', name: path } : sizeOf(loop, file),
    };
  },

  fix: (_match, node, file) => sortOnce(node, file),
};

/** The list of `queue.sort()`, `queue = sorted(queue)` and `heapq.heapify(queue)`. */
function listOf(call: PythonNode, file: PythonFile): PythonNode | undefined {
  if (call.calledName === 'heapify') return file.names.qualified(calleeOf(call)) === 'heapq.heapify' ? argumentAt(call, 0) : undefined;
  if (call.calledName === 'sorted') {
    const assigned = simpleAssignment(call.parent);
    const list = argumentAt(call, 0);
    return list !== undefined && assigned?.value === call && assigned.target.text === list.text ? list : undefined;
  }
  const list = memberOf(calleeOf(call))?.object;
  const kind = list && file.valueOf(list)?.kind;
  return kind === undefined || kind === 'list' ? list : undefined;
}

/** The innermost loop that finds the list ready and does not replace it, where each round sorts it in the same way. */
export function loopOutside(call: PythonNode, list: PythonNode, path: string, file: PythonFile): Loop | undefined {
  const loop = file.loopsAround(call)[0];
  if (loop === undefined || loop.kind === 'callback' || (loop.size !== undefined && loop.size < SMALL) || isConditional(call, loop.node)) return undefined;
  const bindings = (file.scopes.resolve(path.split('.')[0]!, list)?.bindings ?? []).filter(({ owner }) => !owner.contains(call) || owner.kind !== 'AssignStatement');
  if (bindings.length === 0 || bindings.some(({ node }) => loop.node.contains(node))) return undefined;
  if (call.calledName !== 'sorted' && writesIn(loop.node).assigned.has(path)) return undefined;
  if (loop.node.descendants('AwaitExpression').length > 0) return undefined;
  return argumentsOf(call).some(({ name, value }) => name !== undefined && dependsOn(value, loop)) ? undefined : loop;
}

export function isAddedTo(path: string, { node }: Loop): boolean {
  return node.descendants('CallExpression').some((call) => ADDERS.test(call.calledName) && memberOf(calleeOf(call))?.object.text === path);
}
