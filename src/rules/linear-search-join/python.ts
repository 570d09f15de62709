import type { Confidence, Match } from '../../core/rule';
import { isFewByNature, isGroupKey, isIdentity } from '../../syntax/cardinality';
import { shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode, Value } from '../../syntax/python/file';
import { leavesEarly } from '../../syntax/python/iteration';
import { sourceOf, type Loop } from '../../syntax/python/loops';
import { sizeOf } from '../../syntax/python/perItem';
import { growsWithData } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import { fixSearch } from './pythonFix';
import { searchOf, type Consumer, type PythonSearch } from './pythonSearch';
import type { Facts } from './rule';

/** Below this many items a list is searched as fast as a dictionary is asked. */
const SMALL_LIST = 50;

/** What cannot be read twice, and what holds no records. */
const NOT_SEARCHED: ReadonlySet<Value['kind'] | undefined> = new Set(['str', 'bytes', 'number', 'file', 'range', 'path']);

const INDEXES: Readonly<Record<Consumer, string>> = {
  next: 'dict', any: 'set', all: 'set', filter: 'dict of lists', comprehension: 'dict of lists', loop: 'dict of lists', mask: 'groupby',
};

export const matcher: PythonMatcher<Facts> = {
  kinds: ['ForStatement', 'CallExpression', 'MemberExpression', 'ArgList', 'ArrayComprehensionExpression', 'SetComprehensionExpression', 'DictionaryComprehensionExpression', 'ComprehensionExpression'],
  names: ['filter'],

  find(node, file): Match<Facts> | undefined {
    const search = mayHold(node, file) ? searchOf(node, file) : undefined;
    const confidence = search && isWorthAnIndex(search, file) ? confidenceOf(search, file) : undefined;
    if (search === undefined || confidence === undefined || !isFirst(node, search)) return undefined;
    const { collection, consumer, key, loop } = search;
    const list = shorten(sourceOf(collection).text, 40);
    return {
      span: search.node,
      facts: { collection: list, search: describe(consumer, list), key: shorten(key.text, 40), loop: loop.label, index: INDEXES[consumer] },
      size: sizeOf(loop, file),
      confidence,
    };
  },

  fix: (_match, node, file) => fixSearch(node, file),
};

/** The cheap questions first: a loop around, or one in the comprehension itself. */
function mayHold(node: PythonNode, file: PythonFile): boolean {
  if (node.kind === 'ArgList' && !node.tree.hasChild(node.index, 'for')) return false;
  if (node.kind === 'MemberExpression' && node.lastChild?.kind !== ']') return false;
  return file.loopsAround(node).length > 0 || node.children.filter(({ kind }) => kind === 'for').length > 1;
}

function describe(consumer: Consumer, list: string): string {
  switch (consumer) {
    case 'loop':
    case 'comprehension':
      return `The ${consumer} over ${list}`;
    case 'mask':
      return `The mask of ${list}`;
    default:
      return `${consumer}() over ${list}`;
  }
}

/** Both collections may be long, and the key tells their items apart. */
function isWorthAnIndex({ collection, key, loop }: PythonSearch, file: PythonFile): boolean {
  if (loop.kind === 'while' || isShort(loop.size)) return false;
  const value = file.valueOf(collection);
  if (NOT_SEARCHED.has(value?.kind) || isShort(value?.length)) return false;
  // What is an iterator under a name is used up by its first search.
  if (value?.kind === 'iterator' && collection.kind === 'VariableName') return false;
  const names = [sourceOf(collection).text, loop.label];
  return !names.some((name) => isFewByNature(name) || /^[A-Z][A-Z0-9_]+$/.test(name)) && !isGroupKey(key.text);
}

function isShort(size: number | undefined): boolean {
  return size !== undefined && size < SMALL_LIST;
}

/**
 * Records are told apart by an id; what is told apart by a name or a slug may be a list of settings, unless the code shows
 * that either collection grows with the data. A loop that may end early or waits in every round has little to gain. One of
 * these doubts leaves a hint, two leave nothing.
 */
function confidenceOf({ collection, key, wanted, loop }: PythonSearch, file: PythonFile): Confidence | undefined {
  const isRecord = isIdentity(key.text) || isIdentity(wanted.text);
  const isData = growsWithData(collection, file) || growsWithData(loop.iterable, file);
  const doubts = [!isRecord, leavesEarly(loop), waits(loop, file)].filter(Boolean).length;
  if (!isData) return doubts === 0 && isIdentity(key.text) && isIdentity(wanted.text) ? 'possible' : undefined;
  return doubts === 0 ? 'likely' : doubts === 1 ? 'possible' : undefined;
}

function waits({ node }: Loop, file: PythonFile): boolean {
  return node.descendants('AwaitExpression').length > 0 || node.descendants('CallExpression').some((call) => file.dataAccess(call) !== undefined);
}

const FIRST = new WeakMap<PythonNode, Map<string, PythonNode>>();

/** One index serves all searches of one list by one key in one loop, so the first of them is the finding. */
function isFirst(node: PythonNode, { collection, key, item, loop }: PythonSearch): boolean {
  let searches = FIRST.get(loop.node);
  if (searches === undefined) FIRST.set(loop.node, (searches = new Map()));
  const what = `${collection.text} ${key.text.startsWith(item) ? key.text.slice(item.length) : key.text}`;
  if (!searches.has(what)) searches.set(what, node);
  return searches.get(what) === node;
}
