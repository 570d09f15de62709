import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { nameFunction } from '../../syntax/typescript/functions';
import { calledName, isFunction, isInlineFunction, isWithin, receiverOf, unwrap, walk, type FunctionNode } from '../../syntax/typescript/nodes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { computesFromArguments } from './typescriptPurity';
import { memoise } from './typescriptFix';

const Kind = ts.SyntaxKind;

/** A function that remembers what it has seen or computed does not solve a case twice. */
const REMEMBERS = /memo|cache|\bdp\b|seen|visited|known|\.has\s*\(|\.get\s*\(|\bin\s+\w+\s*\)/i;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [Kind.FunctionDeclaration, Kind.FunctionExpression, Kind.ArrowFunction, Kind.MethodDeclaration],

  find(node, file): Match<Facts> | undefined {
    const fn = node as FunctionNode;
    const name = fn.body && fn.parameters.length > 0 ? nameOf(fn) : undefined;
    if (name === undefined) return undefined;
    const text = file.text.slice(fn.body!.pos, fn.body!.end);
    const first = text.indexOf(`${name}(`);
    if (first < 0 || REMEMBERS.test(text)) return undefined;
    const calls = overlappingCalls(fn, name);
    const [call] = calls;
    if (!call) return undefined;
    const isPerItem = calls.length === 1 || !onOnePath(calls);
    if ((isPerItem && !calls.some((each) => isInLoop(each, fn))) || !computesFromArguments(fn, calls, file)) return undefined;
    return { span: file.span(call), facts: { functionName: name, times: isPerItem ? 'per item' : calls.length } };
  },

  fix: (_match, node, file) => memoise(node as FunctionNode, file),
};

/** The plain name of a function or method. */
export function nameOf(fn: FunctionNode): string | undefined {
  const name = nameFunction(fn)?.name;
  return name !== undefined && /^[\w$]+$/.test(name) ? name : undefined;
}

/** Calls of the function to itself whose results are used and whose arguments all count the parameters down. */
function overlappingCalls(fn: FunctionNode, name: string): ts.CallExpression[] {
  const parameters = fn.parameters.map((parameter) => (ts.isIdentifier(parameter.name) ? parameter.name.text : undefined));
  const calls: ts.CallExpression[] = [];
  let isPlain = true;
  walk(fn.body!, (node) => {
    if (isFunction(node) && !isInlineFunction(node)) return false;
    if (!ts.isCallExpression(node) || calledName(node) !== name || !isSelf(node, fn)) return;
    if (isUsed(node) && countsDown(node, parameters, fn)) calls.push(node);
    else isPlain = false;
    return;
  });
  return isPlain ? calls : [];
}

function isSelf(call: ts.CallExpression, fn: FunctionNode): boolean {
  const owner = receiverOf(call);
  return ts.isMethodDeclaration(fn) ? owner?.kind === Kind.ThisKeyword : owner === undefined;
}

/** A call for its effect, as in drawing or moving, has to be made each time. */
function isUsed(call: ts.CallExpression): boolean {
  let at: ts.Node = call;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAwaitExpression(at.parent)) at = at.parent;
  return !ts.isExpressionStatement(at.parent);
}

/** Each argument is its parameter as it was or a smaller case of it, and one of them is smaller. */
function countsDown(call: ts.CallExpression, parameters: readonly (string | undefined)[], fn: FunctionNode): boolean {
  if (call.arguments.length === 0 || call.arguments.length > parameters.length) return false;
  let isSmaller = false;
  const fits = call.arguments.every((argument, index) => {
    const parameter = parameters[index];
    const node = unwrap(argument);
    if (parameter === undefined) return false;
    if (ts.isIdentifier(node)) return node.text === parameter;
    const steps = isStep(node, parameter, fn);
    isSmaller ||= steps;
    return steps;
  });
  return fits && isSmaller;
}

/** `n - 1`, `i + 1`, `amount - coin`, `text.slice(1)`: the next case of a parameter. */
function isStep(node: ts.Expression, parameter: string, fn: FunctionNode): boolean {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const [left, right] = [unwrap(node.left), unwrap(node.right)];
    if (!ts.isIdentifier(left) || left.text !== parameter) return false;
    return kind === Kind.PlusToken ? ts.isNumericLiteral(right) : kind === Kind.MinusToken && readsNoOtherParameter(right, fn);
  }
  if (!ts.isCallExpression(node) || node.arguments.length !== 1) return false;
  const owner = receiverOf(node);
  const isNumber = ts.isNumericLiteral(unwrap(node.arguments[0]!));
  return isNumber && owner !== undefined && ts.isIdentifier(owner) && owner.text === parameter && /^(?:slice|substring|substr)$/.test(calledName(node) ?? '');
}

/** `n - k` with a parameter k is another way down for each k, as in counting partitions: those overlap, too, but less surely. */
function readsNoOtherParameter(amount: ts.Expression, fn: FunctionNode): boolean {
  return !ts.isIdentifier(amount) || !fn.parameters.some((parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === amount.text);
}

/** Whether one run of the function may make two of the calls. */
function onOnePath(calls: readonly ts.CallExpression[]): boolean {
  return calls.some((first, index) => calls.slice(index + 1).some((second) => !areExclusive(first, second)));
}

function areExclusive(first: ts.Node, second: ts.Node): boolean {
  let child = first;
  let ancestor = first.parent;
  while (!isWithin(second, ancestor)) {
    child = ancestor;
    ancestor = ancestor.parent;
  }
  const isBranch = (node: ts.Node): boolean => isWithin(first, node) !== isWithin(second, node);
  if (ts.isConditionalExpression(ancestor)) return isBranch(ancestor.whenTrue) && isBranch(ancestor.whenFalse);
  if (ts.isIfStatement(ancestor)) return isBranch(ancestor.thenStatement) && ancestor.elseStatement !== undefined && isBranch(ancestor.elseStatement);
  if (ts.isCaseBlock(ancestor)) return true;
  return ts.isBlock(ancestor) && returnsFrom(first, child);
}

/** `if (…) return f(n - 1);` ends the run before what comes after it. */
function returnsFrom(call: ts.Node, statement: ts.Node): boolean {
  for (let at = call; at !== statement.parent; at = at.parent) if (ts.isReturnStatement(at)) return true;
  return false;
}

function isInLoop(call: ts.Node, fn: FunctionNode): boolean {
  for (let at: ts.Node = call; at !== fn; at = at.parent) if (ts.isIterationStatement(at, false)) return true;
  return false;
}
