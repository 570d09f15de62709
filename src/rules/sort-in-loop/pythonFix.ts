import type { Fix } from '../../core/rule';
import { wholeLines } from '../../core/text';
import { importMember } from '../../syntax/python/addImport';
import { argumentAt, argumentsOf, calleeOf, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { insertAfter } from '../../syntax/python/hoisting';
import { isAddedTo, loopOutside } from './python';

/** Sorts once behind the loop where nobody reads the list before; else puts each item at its place. */
export function sortOnce(call: PythonNode, file: PythonFile): Fix | undefined {
  const list = call.calledName === 'sort' ? memberOf(calleeOf(call))?.object : undefined;
  const statement = call.parent;
  if (list?.kind !== 'VariableName' || statement?.kind !== 'ExpressionStatement') return undefined;
  const loop = loopOutside(call, list, list.text, file);
  if (loop === undefined || !isAddedTo(list.text, loop)) return undefined;
  const reads = file.usesOf(list.text).filter((use) => loop.node.contains(use) && !call.contains(use) && !isAdded(use));
  const isSoleLoop = file.loopsAround(loop.node).length === 0 && loop.kind === 'for' && loop.node.descendants('ReturnStatement').length === 0;
  return reads.length === 0 && isSoleLoop ? behindLoop(list.text, statement, loop.node, file) : atItsPlace(call, list.text, statement, file);
}

function behindLoop(name: string, statement: PythonNode, loop: PythonNode, file: PythonFile): Fix {
  return {
    title: `Sort ${name} once behind the loop`,
    kind: 'suggestion',
    edits: [{ ...wholeLines(statement, file.text), newText: '' }, insertAfter(loop, [statement.text])],
    caveat: 'Where the loop ends by an exception, the list is not sorted.',
  };
}

/** `seen.append(x)` and `seen.sort()` in the lines above each other become `bisect.insort(seen, x)`. */
function atItsPlace(call: PythonNode, name: string, statement: PythonNode, file: PythonFile): Fix | undefined {
  const before = statement.previous;
  const append = before?.kind === 'ExpressionStatement' ? before.firstChild : undefined;
  const item = append?.calledName === 'append' && memberOf(calleeOf(append))?.object.text === name ? argumentAt(append, 0) : undefined;
  const args = argumentsOf(call);
  const key = args.find((each) => each.name === 'key');
  const insort = item && args.every((each) => each.name === 'key') ? importMember('bisect', 'insort', file) : undefined;
  if (before === undefined || item === undefined || insort === undefined) return undefined;
  return {
    title: `Insert each item at its place`,
    kind: 'suggestion',
    edits: [
      ...insort.edits,
      { start: before.start, end: append!.end, newText: `${insort.name}(${name}, ${item.text}${key ? `, key=${key.value.text}` : ''})` },
      { ...wholeLines(statement, file.text), newText: '' },
    ],
    caveat: `The list must be sorted when the loop begins.${key ? ' insort takes a key from Python 3.10 on.' : ''}`,
  };
}

function isAdded(use: PythonNode): boolean {
  return memberOf(use.parent)?.name === 'append';
}
