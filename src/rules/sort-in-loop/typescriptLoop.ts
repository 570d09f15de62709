import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { dependsOn } from '../../syntax/typescript/invariance';
import { comparesLength } from '../../syntax/typescript/lengths';
import type { Loop } from '../../syntax/typescript/loops';
import { isAssignment, isWithin, methodName, receiverOf, rootOf, some } from '../../syntax/typescript/nodes';
import { isRead } from '../../syntax/typescript/rounds';
import { pathOf, READING_METHODS, writesIn } from '../../syntax/typescript/writes';
import { loopOfCaller } from './typescriptCallers';
import type { Facts } from './rule';

/** Sorting fewer takes no time. */
const SMALL = 20;
const ADDERS = /^(?:push|unshift)$/;

/** The loop in each round of which a list is sorted that was there before it. */
export interface Sorting {
  readonly loop: Loop;
  readonly form: Facts['form'];
}

export function sortingLoop(call: ts.CallExpression, list: ts.Expression, path: string, file: TypeScriptFile): Sorting | undefined {
  const loop = file.loopAround(call);
  if (loop) return isFoundReady(list, path, loop, file) && isLong(loop) ? sortedIn(loop, call, path, file) : undefined;
  const caller = isAddedBeside(call, path) ? loopOfCaller(call, list, file) : undefined;
  const isKept = caller && isLong(caller.loop) && !isBounded(path, caller.callee);
  return isKept && !call.arguments.some((argument) => dependsOn(argument, caller.loop, file)) ? { loop: caller.loop, form: 'grows' } : undefined;
}

function sortedIn(loop: Loop, call: ts.CallExpression, path: string, file: TypeScriptFile): Sorting | undefined {
  if (isBounded(path, loop.body) || call.arguments.some((argument) => dependsOn(argument, loop, file))) return undefined;
  if (isAddedTo(path, loop.body)) return isRare(call, loop) && !isAddedBeside(call, path) ? undefined : { loop, form: 'grows' };
  return isRare(call, loop) || mayChange(call, path, loop) ? undefined : { loop, form: 'same' };
}

/** The list was there before the loop, and no round replaces it. */
function isFoundReady(list: ts.Expression, path: string, loop: Loop, file: TypeScriptFile): boolean {
  const root = rootOf(list);
  const declaration = ts.isIdentifier(root) ? file.scopes.resolve(root)?.node : undefined;
  if (ts.isIdentifier(root) && (!declaration || isWithin(declaration, loop.node))) return false;
  return !writesIn(loop.node).assigned.has(path);
}

/** A round that waits costs more than sorting. */
function isLong(loop: Loop): boolean {
  return (loop.size === undefined || loop.size >= SMALL) && !some(loop.body, ts.isAwaitExpression);
}

export function isAddedTo(path: string, within: ts.Node): boolean {
  return some(within, (node) => ts.isCallExpression(node) && ADDERS.test(methodName(node) ?? '') && pathOf(receiverOf(node)!) === path);
}

/** Adding and sorting stand under the same condition. */
function isAddedBeside(call: ts.CallExpression, path: string): boolean {
  let at: ts.Node = call;
  while (at.parent && !ts.isBlock(at.parent)) at = at.parent;
  return at.parent !== undefined && ts.isBlock(at.parent) && at.parent.statements.some((statement) => ts.isExpressionStatement(statement) && isAddedTo(path, statement));
}

/** The best ten are kept in order: `if (best.length > 10) best.pop()`, `best.length = 10`, `best.splice(10)`. */
function isBounded(path: string, within: ts.Node): boolean {
  return some(within, (node) => {
    if (ts.isCallExpression(node)) return methodName(node) === 'splice' && pathOf(receiverOf(node)!) === path && node.arguments[0]?.getText() !== '0';
    return (isAssignment(node) && pathOf(node.left) === `${path}.length`) || comparesLength(node, path);
  });
}

/** Under a condition, or in a function that runs some other time. */
function isRare(call: ts.CallExpression, loop: Loop): boolean {
  for (let at: ts.Node = call; at !== loop.body && at.parent; at = at.parent) {
    const { parent } = at;
    if ((ts.isIfStatement(parent) && parent.expression !== at) || ts.isConditionalExpression(parent) || ts.isCaseOrDefaultClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && /^(?:&&|\|\||\?\?)$/.test(parent.operatorToken.getText())) return true;
  }
  return false;
}

/** Whether a round may change which items the list holds or, where they are compared by what is in them, the items. */
function mayChange(call: ts.CallExpression, path: string, loop: Loop): boolean {
  const isCompared = call.arguments.length > 0;
  return some(loop.body, (node) => {
    if (isWithin(node, call)) return false;
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
    if (isCompared && isAssignment(node) && !ts.isIdentifier(node.left)) return true;
    if (isCompared && ts.isCallExpression(node) && node !== call.parent && !READING_METHODS.has(methodName(node) ?? '')) return true;
    return ts.isExpression(node) && pathOf(node) === path && !isRead(node);
  });
}
