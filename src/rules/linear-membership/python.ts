import type { Confidence, Fix, Match } from '../../core/rule';
import { isFewByNature, isIdentity } from '../../syntax/cardinality';
import { argumentAt, calleeOf, memberOf, operatorOf, rootName, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode, Value } from '../../syntax/python/file';
import { comesFromOneText } from '../../syntax/python/handfuls';
import { insertBefore, statementAround } from '../../syntax/python/hoisting';
import { iterationNames, leavesEarly, mentions } from '../../syntax/python/iteration';
import type { Loop } from '../../syntax/python/loops';
import { isChanged } from '../../syntax/python/mutation';
import { growsWithData } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

/** A handful of items is searched as fast as it is hashed. */
const SMALL = 8;
const FEW_BY_NATURE = /field|column|header|extension|suffix|prefix|choice|keyword|dialect|permission|role|delimiter|bracket|argv|args$|kwargs|attrs|attributes$|flags|modes?$|types$|kinds$|exclu|includ|allow|deny|black_?list|white_?list|ignore|skip|filters?$|required|migration/i;
/** What a class is made of: the fields of a Django model, the attributes of an object. */
const OF_A_CLASS = /\b_meta\b|__dict__|__fields__|\bmodel_fields\b|\bdir\(/;
const UNHASHABLE: ReadonlySet<Value['kind'] | undefined> = new Set(['list', 'dict', 'set']);

interface Search {
  readonly collection: PythonNode;
  readonly needle: PythonNode;
  readonly method: string;
}

export const matcher: PythonMatcher<Facts> = {
  kinds: ['BinaryExpression', 'CallExpression'],
  names: ['index', 'count'],

  find(node, file) {
    const search = node.kind === 'CallExpression' ? methodSearch(node) : operatorSearch(node);
    if (search === undefined) return undefined;
    const value = listBehind(search, file);
    const loop = value && loopOutside(node, search.collection, file);
    if (value === undefined || loop === undefined || isAnswerUsedToLeave(node, loop)) return undefined;
    if (!mentions(search.needle, iterationNames(loop)) || !isFirstSearch(node, search.collection, loop)) return undefined;
    const name = search.collection.text;
    if (value.length === undefined && isHandful(search.collection, loop, file)) return undefined;
    const confidence = confidenceOf(value, search, loop, file);
    return confidence && {
      span: node,
      facts: { collection: name, method: search.method, loop: loop.label },
      size: value.length === undefined ? { kind: 'collection', name } : { kind: 'literal', value: value.length },
      confidence,
    };
  },

  fix: (_match: Match<Facts>, node, file) => (node.kind === 'BinaryExpression' ? buildSet(node, file) : undefined),
};

/**
 * Most lists that a program makes by itself stay short, so what is searched or gone through has to be data: rows, lines,
 * documents. A constant list costs what its length says, and a list of which nothing tells that it grows may be short:
 * both are a hint at most.
 */
function confidenceOf({ length }: Value, { collection, needle }: Search, { iterable, label }: Loop, file: PythonFile): Confidence | undefined {
  const isManyRounds = growsWithData(iterable, file);
  if (length !== undefined) return isManyRounds ? 'possible' : undefined;
  if (!growsWithData(collection, file)) return isManyRounds && isIdentity(needle.text) ? 'possible' : undefined;
  return isManyRounds ? 'likely' : isIdentity(needle.text) && !isFewByNature(label) ? 'possible' : undefined;
}

/** The fields of a record, what somebody asked to leave out, and the parts of one text stay a handful. */
function isHandful(collection: PythonNode, { iterable }: Loop, file: PythonFile): boolean {
  const { text } = collection;
  if (FEW_BY_NATURE.test(text) || isFewByNature(text) || comesFromOneText(collection, file)) return true;
  const bindings = collection.kind === 'VariableName' ? (file.scopes.resolve(text, collection)?.bindings ?? []) : [];
  return [iterable, ...bindings.map(({ value }) => value)].some((source) => source !== undefined && OF_A_CLASS.test(source.text));
}

function operatorSearch(node: PythonNode): Search | undefined {
  if (!node.tree.hasChild(node.index, 'in')) return undefined;
  const operator = operatorOf(node);
  return { collection: unwrap(node.lastChild!), needle: node.firstChild!, method: operator };
}

function methodSearch(call: PythonNode): Search | undefined {
  const member = call.calledName === 'index' || call.calledName === 'count' ? memberOf(calleeOf(call)) : undefined;
  if (member === undefined) return undefined;
  const needle = argumentAt(call, 0);
  return needle && argumentAt(call, 1) === undefined ? { collection: member.object, needle, method: member.name } : undefined;
}

/** The list that is searched, where it is a name or an attribute known to hold one that is not small. */
function listBehind({ collection, needle }: Search, file: PythonFile): Value | undefined {
  if (rootName(collection) === undefined || collection.descendants('ArgList').length > 0) return undefined;
  const found = file.valueOf(collection);
  // What is filled later, as an attribute is by the methods of its class, is longer than the literal it began as.
  const value = found?.length !== undefined && file.mutated.has(collection.text) ? { ...found, length: undefined } : found;
  if (value?.kind !== 'list' || (value.length !== undefined && value.length < SMALL)) return undefined;
  return UNHASHABLE.has(value.element?.kind) || UNHASHABLE.has(file.valueOf(needle)?.kind) ? undefined : value;
}

/** The innermost loop of some size that finds the list ready and leaves it as it is. */
function loopOutside(node: PythonNode, collection: PythonNode, file: PythonFile): Loop | undefined {
  const root = rootName(collection)!;
  const bindings = file.scopes.resolve(root.text, root)?.bindings ?? [];
  for (const loop of file.loopsAround(node)) {
    const isBoundInside = bindings.some((binding) => loop.node.contains(binding.node)) || loop.targets.some((target) => target.text === root.text);
    if (isBoundInside || isChanged(collection.text, loop.node)) return undefined;
    // `while name in taken: name = another()` and parsers that run to an end say nothing of a count.
    if (loop.kind !== 'while' && (loop.size === undefined || loop.size >= SMALL)) return loop;
  }
  return undefined;
}

/** One finding for all searches of a list in one loop. */
function isFirstSearch(node: PythonNode, collection: PythonNode, loop: Loop): boolean {
  const searches = [...loop.node.descendants('BinaryExpression').map(operatorSearch), ...loop.node.descendants('CallExpression').map(methodSearch)];
  return !searches.some((other) => other !== undefined && other.collection.text === collection.text && other.collection.index < node.index && !node.contains(other.collection));
}

/** `if x in wanted: return x` searches once in the good case, and `any(x in wanted for ...)` stops as well. */
function isAnswerUsedToLeave(node: PythonNode, loop: Loop): boolean {
  if (loop.kind === 'comprehension') return leavesEarly(loop);
  const statement = node.closest('IfStatement');
  if (statement === undefined || !loop.node.contains(statement)) return false;
  const body = statement.child('Body');
  return body !== undefined && body.start >= node.end && (body.child('ReturnStatement') ?? body.child('BreakStatement')) !== undefined;
}

/** `wanted_set = set(wanted)` in front of the loop, and every test inside asks it. */
function buildSet(node: PythonNode, file: PythonFile): Fix | undefined {
  const collection = unwrap(node.lastChild!);
  const loop = loopOutside(node, collection, file);
  const statement = loop && statementAround(loop.node);
  if (collection.kind !== 'VariableName' || loop === undefined || statement === undefined) return undefined;
  const name = `${collection.text}_set`;
  if (file.scopes.resolve(name, node) !== undefined) return undefined;
  const tests = loop.node
    .descendants('BinaryExpression')
    .filter((each) => /^(?:not )?in$/.test(operatorOf(each)) && each.lastChild!.text === collection.text)
    .map((each) => each.lastChild!);
  return {
    title: `Build a set of ${collection.text} before the loop`,
    kind: 'suggestion',
    edits: [
      insertBefore(statement, [`${name} = set(${collection.text})`]),
      ...tests.map(({ start, end }) => ({ start, end, newText: name })),
    ],
    caveat: 'The items and the values looked for must be hashable, and nothing may change the list while the loop runs.',
  };
}
