import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isPureCall } from '../../syntax/typescript/invariance';
import { isAssignment, isWithin, some, type FunctionNode } from '../../syntax/typescript/nodes';

const Kind = ts.SyntaxKind;

/**
 * Whether the function only computes a value from its arguments, so that a case solved once is solved for good.
 * Backtracking changes a board between the calls, and what builds a tree needs each node anew.
 */
export function computesFromArguments(fn: FunctionNode, calls: readonly ts.CallExpression[], file: TypeScriptFile): boolean {
  return !calls.some((call) => isPartOfStructure(call, fn)) && !some(fn.body!, (node) => doesMore(node, fn, calls, file));
}

function doesMore(node: ts.Node, fn: FunctionNode, calls: readonly ts.CallExpression[], file: TypeScriptFile): boolean {
  switch (node.kind) {
    case Kind.ObjectLiteralExpression:
    case Kind.YieldExpression:
    case Kind.DeleteExpression:
    case Kind.TaggedTemplateExpression:
    case Kind.JsxElement:
    case Kind.JsxSelfClosingElement:
    case Kind.JsxFragment:
      return true;
    case Kind.NewExpression:
      return !ts.isThrowStatement(node.parent);
    case Kind.CallExpression:
      return !calls.includes(node as ts.CallExpression) && !isPureCall(node as ts.CallExpression);
    case Kind.PostfixUnaryExpression:
      return !isOwnName((node as ts.PostfixUnaryExpression).operand, fn, file);
    case Kind.PrefixUnaryExpression: {
      const { operator, operand } = node as ts.PrefixUnaryExpression;
      return (operator === Kind.PlusPlusToken || operator === Kind.MinusMinusToken) && !isOwnName(operand, fn, file);
    }
    default:
      return isAssignment(node) && !isOwnName(node.left, fn, file);
  }
}

function isOwnName(target: ts.Expression, fn: FunctionNode, file: TypeScriptFile): boolean {
  const declaration = ts.isIdentifier(target) ? file.scopes.resolve(target)?.node : undefined;
  return declaration !== undefined && isWithin(declaration, fn);
}

/** `[...f(n - 1), …]`: the result grows as fast as the calls do. */
function isPartOfStructure(call: ts.Node, fn: FunctionNode): boolean {
  for (let at = call.parent; at !== fn; at = at.parent) {
    if (ts.isArrayLiteralExpression(at) || ts.isSpreadElement(at)) return true;
  }
  return false;
}
