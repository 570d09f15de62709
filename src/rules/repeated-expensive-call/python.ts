import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { argumentsOf, calleeOf, dottedName, isComprehension, outerParent, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { loopsWithSame } from '../../syntax/python/invariance';
import { sourceOf } from '../../syntax/python/loops';
import { sizeOf } from '../../syntax/python/perItem';
import { isConstantTable, isManyRounds, isOnlyRead, isShort, runsEachRound } from '../../syntax/python/rounds';
import { growsWithData } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import { hoist } from './pythonFix';
import type { Facts } from './rule';

/** Builtins that read a whole collection; the first ones make a new one. */
const MAKERS = ['list', 'set', 'frozenset', 'tuple', 'dict', 'sorted'];
const REDUCERS = ['sum', 'max', 'min'];
const COMPREHENSIONS = ['ArrayComprehensionExpression', 'SetComprehensionExpression', 'DictionaryComprehensionExpression'];

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', ...COMPREHENSIONS],
  names: [...MAKERS, ...REDUCERS],

  find(node, file): Match<Facts> | undefined {
    const read = file.loopsAround(node).length > 0 ? readBy(node, file) : undefined;
    if (read === undefined) return undefined;
    const loop = loopsWithSame(node, node, file, 'keeps').find((each) => isManyRounds(each, file));
    if (loop === undefined || isPartOfSame(node, file) || !runsEachRound(node, loop, file) || isFew(read, file)) return undefined;
    // A copy is made in no time, unless the code shows that there is much of it, or many rounds.
    if (/^(?:list|tuple)$/.test(node.calledName) && !growsWithData(loop.iterable, file) && !growsWithData(read, file)) return undefined;
    if (makesCollection(node) && !isOnlyRead(node, file)) return undefined;
    return {
      span: node,
      facts: { call: shorten(node.text, 40), loop: loop.label, reads: shorten(sourceOf(read).text, 40) },
      size: sizeOf(loop, file),
    };
  },

  fix: (_match, node, file) => hoist(node, file),
};

/** The collection that is read through. */
function readBy(node: PythonNode, file: PythonFile): PythonNode | undefined {
  if (node.kind !== 'CallExpression') return node.children[node.children.findIndex(({ kind }) => kind === 'in') + 1];
  const callee = calleeOf(node)!;
  if (callee.kind !== 'VariableName' || !file.names.qualified(callee)?.startsWith('builtins.')) return undefined;
  const positional = argumentsOf(node).filter(({ name }) => name === undefined);
  const [first] = positional;
  // `max(a, b)` compares two values.
  if (first === undefined || first.unpacks !== undefined || (positional.length > 1 && callee.text !== 'sum')) return undefined;
  if (first.value.kind === 'ArgList') return first.value.children[first.value.children.findIndex(({ kind }) => kind === 'in') + 1];
  return first.value;
}

function makesCollection(node: PythonNode): boolean {
  return node.kind !== 'CallExpression' || MAKERS.includes(node.calledName);
}

function isFew(collection: PythonNode, file: PythonFile): boolean {
  const source = sourceOf(collection);
  const value = file.valueOf(collection);
  if (dottedName(source) === undefined || value?.kind === 'str' || value?.kind === 'iterator' || value?.kind === 'range') return true;
  return isShort(value?.length) || isFewByNature(source.text) || isConstantTable(source.text);
}

/** Part of a longer expression that is the same in every round as well: that one is the finding. */
function isPartOfSame(node: PythonNode, file: PythonFile): boolean {
  const list = outerParent(node);
  const parent = list?.kind === 'ArgList' && !isComprehension(list) ? list.parent : undefined;
  return parent !== undefined && [...MAKERS, ...REDUCERS].includes(parent.calledName) && readBy(parent, file) !== undefined && loopsWithSame(parent, parent, file, 'keeps').length > 0;
}
