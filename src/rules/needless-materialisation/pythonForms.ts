import { argumentsOf, calleeOf, memberOf, operatorOf, outerParent, subscriptOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isPure } from '../../syntax/python/invariance';
import { clausesOf } from '../../syntax/python/statements';
import { emptinessOf } from './pythonUses';
import type { Facts } from './rule';

/** A list that is made for one look at it. */
export interface Needless {
  /** What is gone through: `orders` of `[o.id for o in orders]`. */
  readonly source: PythonNode;
  readonly then: string;
  readonly instead: string;
  readonly saves: Facts['saves'];
  /** The expression that can be written in another way, and what the fix writes. */
  readonly rewrite?: { readonly node: PythonNode; readonly text: string; readonly caveat?: string };
}

/** Names of what answers and does nothing else; `is_valid` of a form also keeps what was wrong. */
const PREDICATE = /^(?:is|has|can|should|was|were|are|matches|contains|startswith|endswith|exists|supports)(?:_(?!valid)|$)/;
/** Builtins that go through what they are given once. */
const READERS = /^builtins\.(?:any|all|sum|min|max|sorted|set|frozenset|tuple|list)$/;
const STOPPING = /^builtins\.(?:any|all)$/;
const EARLY_CAVEAT = 'Items behind the first hit are no longer looked at, which counts if looking does something.';
const FIRST_CAVEAT = 'Where there is none, next() raises StopIteration, and [0] raised IndexError.';

/** Of `[… for x in xs if …]`. */
export function needlessComprehension(list: PythonNode, file: PythonFile): Needless | undefined {
  const [clause, ...more] = clausesOf(list);
  const source = clause?.iterable;
  if (source === undefined || clause!.isAsync || ['AwaitExpression', 'YieldExpression', 'NamedExpression'].some((kind) => list.descendants(kind).length > 0)) return undefined;
  const inner = list.text.slice(1, -1).trim();
  const caveat = isPure(list, file) ? undefined : EARLY_CAVEAT;
  const reader = readerOf(list, file);
  if (reader !== undefined) {
    if (!STOPPING.test(reader) || !onlyAnswers(list, file)) return undefined;
    return { source, then: `only asks ${nameOf(reader)}() about it`, instead: 'A generator', saves: 'stops', rewrite: { node: list, text: inner, caveat } };
  }
  const parent = outerParent(list);
  if (isFirstOf(parent, list)) {
    const isCaught = list.closest('TryStatement') !== undefined;
    return { source, then: 'only takes the first item', instead: 'next() over a generator', saves: 'stops', rewrite: isCaught ? undefined : { node: parent!, text: `next(${inner})`, caveat: FIRST_CAVEAT } };
  }
  if (isSearched(parent, list)) {
    // In a loop a set serves better, which linear-membership says.
    return file.loopsAround(list).length > 0 ? undefined : { source, then: 'only looks for one value', instead: 'A generator', saves: 'stops', rewrite: { node: list, text: `(${inner})`, caveat } };
  }
  const emptiness = emptinessOf(list, file);
  if (emptiness === undefined || more.length > 0) return undefined;
  const [condition, ...others] = clause!.conditions;
  const isAny = condition !== undefined && others.length === 0;
  const asked = isAny ? `any(${condition.text} for ${clause!.targets.map(({ text }) => text).join(', ')} in ${source.text})` : '';
  const rewrite = isAny ? { node: emptiness.node, text: emptiness.isFilled ? asked : `not ${asked}`, caveat } : undefined;
  return condition === undefined ? undefined : { source, then: 'only asks whether there is one', instead: 'any() over a generator', saves: 'stops', rewrite };
}

/**
 * Of `list(xs)`: handed to what takes any iterable, or searched for a key. `list(d.values())[0]` is no finding: who
 * takes any item of a dict knows that it holds one.
 */
export function needlessCopy(call: PythonNode, file: PythonFile): Needless | undefined {
  const [argument, ...more] = argumentsOf(call);
  if (argument === undefined || more.length > 0 || argument.name !== undefined || argument.unpacks !== undefined || file.names.qualified(calleeOf(call)) !== 'builtins.list') return undefined;
  const source = argument.value;
  const kind = file.valueOf(source)?.kind;
  // What a query gives is for the rules about queries.
  if (kind === 'queryset' || kind === 'manager' || kind === 'cursor' || kind === 'str') return undefined;
  const reader = readerOf(call, file);
  if (reader !== undefined) {
    const caveat = STOPPING.test(reader) && !isPure(source, file) ? EARLY_CAVEAT : undefined;
    const instead = source.text.length > 40 ? 'The iterable itself' : `${source.text} itself`;
    return { source, then: `only hands it to ${nameOf(reader)}(), which takes any iterable`, instead, saves: 'copies', rewrite: { node: call, text: source.text, caveat } };
  }
  if (!isKeys(source) || !isSearched(outerParent(call), call)) return undefined;
  const mapping = memberOf(calleeOf(source))!.object;
  const caveat = 'A key that cannot be hashed raises TypeError instead of not being found.';
  return { source: mapping, then: 'only looks for one key', instead: `${mapping.text} itself`, saves: 'asks', rewrite: { node: call, text: mapping.text, caveat } };
}

/** The builtin that takes the list as its only positional argument. */
function readerOf(list: PythonNode, file: PythonFile): string | undefined {
  const call = list.parent?.kind === 'ArgList' ? list.parent.parent : undefined;
  if (call?.kind !== 'CallExpression') return undefined;
  const args = argumentsOf(call);
  const others = args.slice(1).every(({ name }) => name === 'key' || name === 'reverse' || name === 'default');
  // A comma behind a bare generator is no Python.
  if (args[0]?.value !== list || args[0].name !== undefined || !others || (args.length === 1 && /,\s*\)$/.test(call.text))) return undefined;
  const name = file.names.qualified(calleeOf(call));
  return name !== undefined && READERS.test(name) ? name : undefined;
}

function nameOf(builtin: string): string {
  return builtin.slice('builtins.'.length);
}

/** Every call in it is pure or named like a question. */
function onlyAnswers(list: PythonNode, file: PythonFile): boolean {
  return list.descendants('CallExpression').every((call) => PREDICATE.test(call.calledName) || isPure(call, file));
}

function isFirstOf(parent: PythonNode | undefined, list: PythonNode): boolean {
  const subscript = subscriptOf(parent);
  return subscript?.object === list && subscript.index?.text === '0';
}

function isSearched(parent: PythonNode | undefined, list: PythonNode): boolean {
  return parent?.kind === 'BinaryExpression' && parent.lastChild !== undefined && parent.lastChild.contains(list) && /^(?:not )?in$/.test(operatorOf(parent));
}

function isKeys(source: PythonNode): boolean {
  return source.kind === 'CallExpression' && source.calledName === 'keys' && argumentsOf(source).length === 0 && memberOf(calleeOf(source)) !== undefined;
}
