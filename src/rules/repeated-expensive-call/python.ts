import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { argumentsOf, calleeOf, dottedName, isComprehension, memberOf, outerParent, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isInvariant, loopsWithSame } from '../../syntax/python/invariance';
import { isErrorPath } from '../../syntax/python/iteration';
import { sourceOf, type Loop } from '../../syntax/python/loops';
import { isHandful, sizeOf } from '../../syntax/python/perItem';
import { simpleAssignment } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { hoist } from './pythonFix';
import type { Facts } from './rule';

/** Fewer rounds or items repeat little. */
const SMALL = 20;

/** Builtins that read a whole collection; the first ones make a new one. */
const MAKERS = ['list', 'set', 'frozenset', 'tuple', 'dict', 'sorted'];
const REDUCERS = ['sum', 'max', 'min'];
const COMPREHENSIONS = ['ArrayComprehensionExpression', 'SetComprehensionExpression', 'DictionaryComprehensionExpression'];
const READING_BUILTINS = /^builtins\.(?:len|sum|min|max|any|all|sorted|set|frozenset|list|tuple|enumerate|zip|reversed|isinstance|str|bool|map|filter)$/;
const READING_METHODS = /^(?:get|keys|values|items|index|count|union|intersection|difference|issubset|issuperset|isdisjoint|copy)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', ...COMPREHENSIONS],
  names: [...MAKERS, ...REDUCERS],

  find(node, file): Match<Facts> | undefined {
    const read = file.loopsAround(node).length > 0 ? readBy(node, file) : undefined;
    if (read === undefined) return undefined;
    const loop = loopsWithSame(node, node, file, 'keeps').find((each) => isManyRounds(each, file));
    if (loop === undefined || isPartOfSame(node, file) || !runsEachRound(node, loop, file) || isFew(read, file)) return undefined;
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

function isManyRounds(loop: Loop, file: PythonFile): boolean {
  if (loop.kind === 'while' || isShort(loop.size) || isFewByNature(loop.label) || isConstantTable(loop.label) || isHandful(loop)) return false;
  // A round that waits costs more than what is computed again.
  return loop.node.descendants('AwaitExpression').length === 0 && !loop.node.descendants('CallExpression').some((call) => file.dataAccess(call) !== undefined);
}

function isShort(size: number | undefined): boolean {
  return size !== undefined && size < SMALL;
}

function isFew(collection: PythonNode, file: PythonFile): boolean {
  const source = sourceOf(collection);
  const value = file.valueOf(collection);
  if (dottedName(source) === undefined || value?.kind === 'str' || value?.kind === 'iterator' || value?.kind === 'range') return true;
  return isShort(value?.length) || isFewByNature(source.text) || isConstantTable(source.text);
}

/** What is written in capitals is a table of constants, as long as somebody cared to type. */
function isConstantTable(name: string): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(name);
}

/** Part of a longer expression that is the same in every round as well: that one is the finding. */
function isPartOfSame(node: PythonNode, file: PythonFile): boolean {
  const list = outerParent(node);
  const parent = list?.kind === 'ArgList' && !isComprehension(list) ? list.parent : undefined;
  return parent !== undefined && [...MAKERS, ...REDUCERS].includes(parent.calledName) && readBy(parent, file) !== undefined && loopsWithSame(parent, parent, file, 'keeps').length > 0;
}

/** Whether the expression is evaluated in every round of the loop on its ordinary way. */
function runsEachRound(node: PythonNode, loop: Loop, file: PythonFile): boolean {
  if (isErrorPath(node, loop.node)) return false;
  for (let child = node, at = node.parent; at !== undefined && child !== loop.node; child = at, at = at.parent) {
    const condition = conditionFor(child, at);
    if (condition !== undefined && !isInvariant(condition, loop, file, 'keeps')) return false;
    if (at.kind === 'Body' && comesAfterExit(child, at)) return false;
    if (at === loop.node) return true;
  }
  return true;
}

/** The condition under which `parent` evaluates `child`; a comprehension's later conditions wait for the earlier ones. */
function conditionFor(child: PythonNode, parent: PythonNode): PythonNode | undefined {
  const { children } = parent;
  switch (parent.kind) {
    case 'IfStatement':
      return child.kind === 'Body' ? children[1] : undefined;
    case 'ConditionalExpression':
      return children[2] === child ? undefined : children[2];
    case 'BinaryExpression':
      return children[0] !== child && /^(?:and|or)$/.test(children[1]!.text) ? children[0] : undefined;
    default:
      return isComprehension(parent) ? children.find((each, index) => children[index - 1]?.kind === 'if' && each !== child && (each.index < child.index || child.index < children.findIndex(({ kind }) => kind === 'for'))) : undefined;
  }
}

function comesAfterExit(statement: PythonNode, body: PythonNode): boolean {
  return body.children.some((before) => before.index < statement.index && before.kind === 'IfStatement' && /^(?:Continue|Break|Return|Raise)Statement$/.test(before.child('Body')?.lastChild?.kind ?? ''));
}

/** Whether a new collection is only read in the round that makes it, so that all rounds could read the same one. */
function isOnlyRead(node: PythonNode, file: PythonFile): boolean {
  const statement = outerParent(node);
  const assigned = simpleAssignment(statement);
  if (assigned?.value !== node) return isRead(node, file);
  const { target } = assigned;
  if (target.kind !== 'VariableName') return false;
  const resolution = file.scopes.resolve(target.text, target);
  const uses = file.usesOf(target.text).filter((use) => file.scopes.resolve(target.text, use)?.scope === resolution?.scope);
  return resolution?.bindings.length === 1 && uses.every((use) => isRead(use, file));
}

function isRead(node: PythonNode, file: PythonFile): boolean {
  const parent = outerParent(node);
  switch (parent?.kind) {
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'ForStatement':
    case 'IfStatement':
      return true;
    case 'MemberExpression': {
      const member = memberOf(parent);
      return member === undefined ? parent.parent?.kind !== 'AssignStatement' || parent.parent.firstChild !== parent : READING_METHODS.test(member.name);
    }
    case 'ArgList':
      return !isComprehension(parent) ? READING_BUILTINS.test(file.names.qualified(calleeOf(parent.parent!)) ?? '') || /^join$/.test(parent.parent?.calledName ?? '') : true;
    default:
      return parent !== undefined && isComprehension(parent) && parent.firstChild !== node;
  }
}
