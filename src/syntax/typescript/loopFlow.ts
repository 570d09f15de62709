import { ts } from 'ts-morph';
import type { Loop } from './loops';
import { isFunction, some, walk } from './nodes';

const Kind = ts.SyntaxKind;
const {
  isBinaryExpression, isBindingElement, isBlock, isBreakStatement, isCallExpression, isConditionalExpression,
  isContinueStatement, isElementAccessExpression, isIdentifier, isIfStatement, isIterationStatement, isJsxElement,
  isJsxFragment, isJsxSelfClosingElement, isParameter, isPropertyAccessExpression, isPropertyAssignment, isReturnStatement, isSwitchStatement, isThrowStatement,
  isVariableDeclaration,
} = ts;

/** Every call of a loop asks for the same names. */
const ASSIGNED = new WeakMap<ts.Node, ReadonlySet<string>>();

/** Names declared outside a loop's body that the body assigns anew; counters (`x++`, `x += …`) are left out. */
export function assignedNames(body: ts.Node): ReadonlySet<string> {
  let names = ASSIGNED.get(body);
  if (!names) ASSIGNED.set(body, (names = readAssignedNames(body)));
  return names;
}

function readAssignedNames(body: ts.Node): ReadonlySet<string> {
  const assigned = new Set<string>();
  const declared = new Set<string>();
  walk(body, (node) => {
    if (isVariableDeclaration(node) || isParameter(node) || isBindingElement(node)) {
      if (isIdentifier(node.name)) declared.add(node.name.text);
    } else if (isBinaryExpression(node) && node.operatorToken.kind === Kind.EqualsToken && isIdentifier(node.left)) {
      assigned.add(node.left.text);
    }
  });
  for (const name of declared) assigned.delete(name);
  return assigned;
}

/** Whether any identifier below `node` reads one of the names. */
export function readsAny(node: ts.Node, names: ReadonlySet<string>): boolean {
  return some(node, (at) => isIdentifier(at) && names.has(at.text) && !(isPropertyAccessExpression(at.parent) && at.parent.name === at));
}

/** `return` or `break` of the loop itself: the rounds after it may never run. */
export function leavesEarly(loop: Loop): boolean {
  if (loop.kind === 'callback') return loop.method === 'some' || loop.method === 'every' || loop.method === 'find' || loop.method === 'findIndex';
  return some(
    loop.body,
    (node) => isReturnStatement(node) || (isBreakStatement(node) && !isInsideSwitch(node, loop.body)),
    (node) => isFunction(node),
  );
}

/** Every round makes an element of the page: to draw it costs far more than to look through a list that fits on a page. */
export function drawsItem(loop: Loop): boolean {
  return some(loop.body, (node) => isJsxElement(node) || isJsxSelfClosingElement(node) || isJsxFragment(node));
}

/** It is only reached when something is wrong: the branch ends with a throw, or gives an `error` back. */
export function tellsFailure(node: ts.Node): boolean {
  for (let at = node; at.parent && (!isFunction(at) || isCallExpression(at.parent)); at = at.parent) {
    if (isPropertyAssignment(at) && /^(?:error|message)$/.test(at.name.getText())) return true;
    if (isBlock(at) && isIfStatement(at.parent) && at.statements.some(isThrowStatement)) return true;
  }
  return false;
}

function isInsideSwitch(node: ts.Node, end: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at && at !== end; at = at.parent) {
    if (isSwitchStatement(at)) return true;
    if (isIterationStatement(at, false)) return true;
  }
  return false;
}

/** `if (!known.has(id)) known.set(id, await load(id))`: a hand-written cache or a filled map decides whether the call is made. */
export function guardsWithLookup(node: ts.Node, loop: Loop): boolean {
  for (let at: ts.Node = node; at !== loop.body && at.parent; at = at.parent) {
    const { parent } = at;
    const condition = isIfStatement(parent) && parent.expression !== at ? parent.expression : isConditionalExpression(parent) && parent.condition !== at ? parent.condition : undefined;
    if (condition && looksUp(condition)) return true;
    const isFallback = isBinaryExpression(parent) && parent.right === at && /^(?:\?\?|\|\|)=?$/.test(parent.operatorToken.getText());
    if (isFallback && looksUp(parent.left)) return true;
  }
  return skipsKnown(loop);
}

function looksUp(condition: ts.Node): boolean {
  return some(condition, (node) => {
    if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) return /^(?:has|get|includes)$/.test(node.expression.name.text);
    if (isBinaryExpression(node) && node.operatorToken.kind === Kind.InKeyword) return true;
    return isElementAccessExpression(node) || (isIdentifier(node) && /cache|memo/i.test(node.text));
  });
}

/** `if (seen.has(id)) continue;` before the call. */
function skipsKnown(loop: Loop): boolean {
  if (!isBlock(loop.body)) return false;
  return loop.body.statements.some(
    (statement) =>
      isIfStatement(statement) &&
      looksUpMap(statement.expression) &&
      some(statement.thenStatement, (node) => isContinueStatement(node)),
  );
}

function looksUpMap(condition: ts.Node): boolean {
  return some(condition, (node) => isCallExpression(node) && isPropertyAccessExpression(node.expression) && /^(?:has|get)$/.test(node.expression.name.text));
}

/** Waiting on purpose: throttled, delayed, retried or rate-limited loops run one after another by design. */
export function waitsOnPurpose(loop: Loop): boolean {
  return some(loop.body, (node) => isIdentifier(node) && /^(?:sleep|delay|wait|waitFor|setTimeout|pause|throttle\w*|backoff\w*|rateLimit\w*|retry\w*|retries|attempts?|poll\w*)$/i.test(node.text));
}
