import type { Fix } from '../../core/rule';
import { indentationAt, wholeLines } from '../../core/text';
import { importMember } from '../../syntax/python/addImport';
import { argumentAt, argumentsOf, calleeOf, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { insertAfter } from '../../syntax/python/hoisting';
import { isAddedTo } from './pythonLoop';

/** Sorts once behind the loop where nobody reads the list before; else puts each item at its place. */
export function sortOnce(call: PythonNode, file: PythonFile): Fix | undefined {
  const list = call.calledName === 'sort' ? memberOf(calleeOf(call))?.object : undefined;
  const statement = call.parent;
  const loop = file.loopsAround(call)[0]?.node;
  if (list?.kind !== 'VariableName' || statement?.kind !== 'ExpressionStatement' || loop === undefined || !isAddedTo(list.text, loop)) return undefined;
  const isRead = file.usesOf(list.text).some((use) => loop.contains(use) && !call.contains(use) && !isAppended(use));
  return !isRead && isLeftAtItsEnd(loop, file) ? behindLoop(list, statement, loop, file) : atItsPlace(call, list.text, statement, file);
}

function isAppended(use: PythonNode): boolean {
  const member = memberOf(use.parent);
  return member?.object.text === use.text && /^(?:append|extend)$/.test(member.name) && calleeOf(use.parent!.parent!) === use.parent;
}

/** A statement of its function that is no part of another loop and that no round leaves for good. */
function isLeftAtItsEnd(loop: PythonNode, file: PythonFile): boolean {
  const leaves = ['ReturnStatement', 'YieldStatement', 'YieldExpression'].some((kind) => loop.descendants(kind).length > 0);
  return file.loopsAround(loop).length === 0 && loop.kind === 'ForStatement' && !leaves;
}

/** Sorting is stable, so equal items stand in the order in which they were added either way. */
function behindLoop(list: PythonNode, statement: PythonNode, loop: PythonNode, file: PythonFile): Fix | undefined {
  const isSafe = isOwn(list, loop, file);
  const lines = wholeLines(statement, file.text);
  if (lines.start === statement.start) return undefined;
  const isLast = statement.end >= loop.start + loop.text.trimEnd().length;
  return {
    title: `Sort ${list.text} once behind the loop`,
    kind: isSafe ? 'safe' : 'suggestion',
    edits: isLast
      ? [{ start: lines.start, end: statement.end, newText: `${indentationAt(file.text, loop.start)}${statement.text}` }]
      : [{ ...lines, newText: '' }, insertAfter(loop, [statement.text])],
    caveat: isSafe ? undefined : 'The list is sorted even if the loop has no round, and where the loop ends by an exception it is not.',
  };
}

/** An empty list of the function that is first used in the loop, so that nobody else sees it if the loop raises. */
function isOwn(list: PythonNode, loop: PythonNode, file: PythonFile): boolean {
  const fn = loop.closest('FunctionDefinition');
  const bindings = file.scopes.resolve(list.text, list)?.bindings ?? [];
  const [binding] = bindings;
  if (fn === undefined || bindings.length !== 1 || binding?.value?.text !== '[]' || loop.closest('TryStatement', 'WithStatement', 'FunctionDefinition') !== fn) return false;
  const uses = file.usesOf(list.text).filter((use) => file.scopes.resolve(use.text, use)?.bindings[0] === binding);
  return fn.contains(binding.node) && uses.every((use) => use.start > loop.start && use.closest('FunctionDefinition', 'LambdaExpression') === fn);
}

/** `seen.append(x)` with `seen.sort()` in the next line becomes `bisect.insort(seen, x)`. */
function atItsPlace(call: PythonNode, name: string, statement: PythonNode, file: PythonFile): Fix | undefined {
  const before = statement.previous;
  const append = before?.kind === 'ExpressionStatement' ? before.firstChild : undefined;
  const item = append?.calledName === 'append' && memberOf(calleeOf(append))?.object.text === name ? argumentAt(append, 0) : undefined;
  const args = argumentsOf(call);
  const key = args.find((each) => each.name === 'key');
  const insort = item && args.every((each) => each.name === 'key') ? importMember('bisect', 'insort', file) : undefined;
  if (before === undefined || item === undefined || insort === undefined) return undefined;
  return {
    title: 'Insert each item at its place',
    kind: 'suggestion',
    edits: [
      ...insort.edits,
      { start: before.start, end: append!.end, newText: `${insort.name}(${name}, ${item.text}${key ? `, key=${key.value.text}` : ''})` },
      { ...wholeLines(statement, file.text), newText: '' },
    ],
    caveat: `The list must be sorted when the loop begins.${key ? ' insort takes a key from Python 3.10 on.' : ''}`,
  };
}
