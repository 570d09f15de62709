import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { growthOf } from '../../syntax/typescript/growth';
import { comesFromOneText } from '../../syntax/typescript/handfuls';
import { comparesLength } from '../../syntax/typescript/lengths';
import type { Loop } from '../../syntax/typescript/loops';
import { isWithin, methodName, receiverOf, rootOf, shortText, some } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import { pathOf, writesIn } from '../../syntax/typescript/writes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixFront } from './typescriptFix';

/** Moving fewer elements costs nothing worth saying. */
const SMALL_LIST = 100;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['shift', 'unshift', 'splice'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const does = changeOf(call);
    const list = receiverOf(call);
    const path = does && list && pathOf(list);
    const loop = path ? loopOutside(call, list, file) : undefined;
    if (!does || !path || !list || !loop || isBounded(call, path, loop) || isPaced(loop)) return undefined;
    if (!(does === 'takes from' ? isDrained(call, path, loop) : isFilled(call, loop)) || !isFirst(call, `${does} ${path}`, loop)) return undefined;
    const shape = file.shape(list);
    if ((shape.kind !== 'array' && shape.kind !== 'unknown') || isShort(list, path, loop, file)) return undefined;
    return {
      span: file.span(call),
      facts: {
        list: path.replace(/^this\./, ''),
        change: shortText(call),
        does,
        loop: loop.kind === 'while' ? 'the loop' : loop.label,
        advice: does === 'takes from' ? 'Read on with an index, or with for...of, which sees what is pushed meanwhile.' : 'Push and reverse once after the loop.',
      },
      size: loop.kind === 'while' ? { kind: 'collection', name: path } : sizeOf(loop),
      // Moving is fast: it takes thousands of elements, and something that tells of them.
      confidence: [list, loop.collection].some((each) => each && growthOf(each, file) === 'grows') ? 'likely' : 'possible',
      question: shape.kind === 'unknown' ? { span: file.span(list), holdsFor: ['array'], unanswered: 'possible' } : undefined,
    };
  },

  fix: (_match, node, file) => fixFront(node as ts.CallExpression, file),
};

/** `shift()`, `unshift(x)`, `splice(0, 1)` and `splice(0, 0, x)`. */
function changeOf(call: ts.CallExpression): Facts['does'] | undefined {
  const [start, count, ...added] = call.arguments;
  switch (methodName(call)) {
    case 'shift':
      return start ? undefined : 'takes from';
    case 'unshift':
      return start ? 'adds to' : undefined;
    default:
      if (!start || !count || start.getText() !== '0') return undefined;
      if (count.getText() === '1' && added.length === 0) return 'takes from';
      return count.getText() === '0' && added.length > 0 ? 'adds to' : undefined;
  }
}

/** The innermost loop that finds the list ready: one that is made or replaced in each round stays short. */
function loopOutside(call: ts.CallExpression, list: ts.Expression, file: TypeScriptFile): Loop | undefined {
  const loop = file.loopAround(call);
  const root = rootOf(list);
  const declaration = loop && ts.isIdentifier(root) ? file.scopes.resolve(root)?.node : undefined;
  if (!loop || (ts.isIdentifier(root) && !declaration) || (declaration && isWithin(declaration, loop.node))) return undefined;
  return writesIn(loop.node).assigned.has(pathOf(list)!) ? undefined : loop;
}

/** `if (history.length > LIMIT) history.shift()` keeps the list at its limit. */
function isBounded(call: ts.CallExpression, path: string, loop: Loop): boolean {
  for (let at: ts.Node = call; at !== loop.node.parent && at.parent; at = at.parent) {
    const { parent } = at;
    const condition =
      (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression !== at ? parent.expression
      : ts.isBinaryExpression(parent) && parent.right === at ? parent.left
      : undefined;
    if (condition && some(condition, (node) => comparesLength(node, path))) return true;
  }
  return false;
}

/** A round that waits costs more than moving some thousand elements. */
function isPaced(loop: Loop): boolean {
  return some(loop.body, (node) => ts.isAwaitExpression(node) || ts.isYieldExpression(node));
}

function isShort(list: ts.Expression, path: string, loop: Loop, file: TypeScriptFile): boolean {
  const isSmallLoop = loop.size !== undefined && loop.size < SMALL_LIST;
  return isSmallLoop || isFewByNature(path) || /(?:argv|path|parts|stack|ancestors|parents|words|chunks|breadcrumbs?)$/i.test(path) || comesFromOneText(list, file) || climbs(loop);
}

/** `node = node.parent`: the way up a tree has a few steps. */
function climbs(loop: Loop): boolean {
  return loop.kind === 'while' && some(loop.node, (node) => {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
    const target = pathOf(node.left);
    return target !== undefined && some(node.right, (at) => pathOf(at as ts.Expression) === target);
  });
}

/** A loop that runs until the list is empty, or takes one element for each item of another collection. */
function isDrained(call: ts.CallExpression, path: string, loop: Loop): boolean {
  const condition = conditionOf(loop.node);
  // What is pushed in the same round keeps the list at its length.
  if (loop.kind !== 'while' && condition === undefined) return !isConditional(call, loop) && !isPushed(path, loop);
  // `while (list[0] === '') list.shift()` trims what few empty elements there are.
  return condition !== undefined && mentions(condition, path) && !some(condition, (node) => ts.isElementAccessExpression(node) && pathOf(node.expression) === path);
}

function isPushed(path: string, loop: Loop): boolean {
  return some(loop.body, (node) => ts.isCallExpression(node) && methodName(node) === 'push' && pathOf(receiverOf(node)!) === path);
}

/** One element in front for each item; what stands under a condition may be rare. */
function isFilled(call: ts.CallExpression, loop: Loop): boolean {
  return !loop.isBatched && !isConditional(call, loop);
}

/** The condition of a loop that does not count. */
function conditionOf(loop: ts.Node): ts.Expression | undefined {
  if (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) return loop.expression;
  return ts.isForStatement(loop) && !loop.incrementor ? loop.condition : undefined;
}

function mentions(node: ts.Node, path: string): boolean {
  return some(node, (at) => (ts.isIdentifier(at) || ts.isPropertyAccessExpression(at)) && pathOf(at) === path);
}

function isConditional(call: ts.CallExpression, loop: Loop): boolean {
  for (let at: ts.Node = call; at !== loop.body && at.parent; at = at.parent) {
    if (ts.isIfStatement(at.parent) || ts.isConditionalExpression(at.parent) || ts.isCaseOrDefaultClause(at.parent)) return true;
    if (ts.isBlock(at.parent) && at.parent.statements.slice(0, at.parent.statements.indexOf(at as ts.Statement)).some((before) => ts.isIfStatement(before))) return true;
  }
  return false;
}

const FIRST = new WeakMap<ts.Node, Map<string, ts.Node>>();

/** The first change of a list in a loop speaks for the others. */
function isFirst(call: ts.CallExpression, change: string, loop: Loop): boolean {
  let changes = FIRST.get(loop.node);
  if (!changes) FIRST.set(loop.node, (changes = new Map()));
  if (!changes.has(change)) changes.set(change, call);
  return changes.get(change) === call;
}
