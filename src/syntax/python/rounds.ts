import { isFewByNature } from '../cardinality';
import { calleeOf, isComprehension, memberOf, outerParent } from './expressions';
import type { PythonFile, PythonNode } from './file';
import { isInvariant } from './invariance';
import { isErrorPath } from './iteration';
import type { Loop } from './loops';
import { isHandful } from './perItem';
import { simpleAssignment } from './statements';

/** Fewer rounds repeat little. */
const SMALL = 20;

const READING_BUILTINS = /^builtins\.(?:len|sum|min|max|any|all|sorted|set|frozenset|list|tuple|enumerate|zip|reversed|isinstance|str|bool|map|filter)$/;
const READING_METHODS = /^(?:get|keys|values|items|index|count|union|intersection|difference|issubset|issuperset|isdisjoint|copy)$/;

/** Whether a loop has so many rounds that what is the same in each of them is worth a name. */
export function isManyRounds(loop: Loop, file: PythonFile): boolean {
  if (loop.kind === 'while' || isShort(loop.size) || isFewByNature(loop.label) || isConstantTable(loop.label) || isHandful(loop)) return false;
  // A round that waits costs more than what is computed again.
  return loop.node.descendants('AwaitExpression').length === 0 && !loop.node.descendants('CallExpression').some((call) => file.dataAccess(call) !== undefined);
}

export function isShort(size: number | undefined): boolean {
  return size !== undefined && size < SMALL;
}

/** What is written in capitals is a table of constants, as long as somebody cared to type. */
export function isConstantTable(name: string): boolean {
  return /^_?[A-Z][A-Z0-9_]+$/.test(name);
}

/** Whether the expression is evaluated in every round of the loop on its ordinary way. */
export function runsEachRound(node: PythonNode, loop: Loop, file: PythonFile): boolean {
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
export function isOnlyRead(node: PythonNode, file: PythonFile): boolean {
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
      return !isComprehension(parent) ? READING_BUILTINS.test(file.names.qualified(calleeOf(parent.parent!)) ?? '') || /^join$/.test(parent.parent?.calledName ?? '') : !isElement(node, parent);
    default:
      return parent !== undefined && isComprehension(parent) && !isElement(node, parent);
  }
}

/** What a comprehension collects stands in front of its first clause. */
function isElement(node: PythonNode, comprehension: PythonNode): boolean {
  const first = comprehension.children.find(({ kind }) => kind === 'for' || kind === 'async');
  return first !== undefined && node.index < first.index;
}
