import { ts } from 'ts-morph';
import { enclosingFunction, some } from './nodes';
import type { SharedCollection } from './sharedState';
import type { Addition } from './sharedUses';

const { isBinaryExpression, isCallExpression, isElementAccessExpression, isPropertyAccessExpression } = ts;

/** The function that adds an entry asks for the same entry too: `get`, `has`, `[key]` or `in`. That is how a cache is filled. */
export function isLookedUp(collection: SharedCollection, { node, key }: Addition): boolean {
  const fn = enclosingFunction(node);
  if (key === undefined || fn === undefined || collection.container === 'set' || collection.container === 'array') return false;
  const name = collection.declaration.name.getText();
  const keyText = key.getText();
  // What stands in `x.set(k, (x.get(k) ?? 0) + 1)` itself counts; nobody asks whether the answer is there already.
  return some(fn, (at) => {
    if (isCallExpression(at) && isPropertyAccessExpression(at.expression) && /^(?:get|has)$/.test(at.expression.name.text)) {
      return isNamed(at.expression.expression, name) && at.arguments[0]?.getText() === keyText;
    }
    if (isElementAccessExpression(at)) return !isTarget(at) && isNamed(at.expression, name) && at.argumentExpression.getText() === keyText;
    return isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.InKeyword && isNamed(at.right, name) && at.left.getText() === keyText;
  }, (at) => at === node && !isFallback(node));
}

/** `x[k] ??= v` */
function isFallback(node: ts.Node): boolean {
  return isBinaryExpression(node) && /^(?:\?\?|\|\|)=$/.test(node.operatorToken.getText());
}

function isNamed(owner: ts.Expression, name: string): boolean {
  return isPropertyAccessExpression(owner) ? owner.name.text === name : owner.getText() === name;
}

/** `x[k] = v` stores; `x[k] ??= v` looks first. */
function isTarget(access: ts.ElementAccessExpression): boolean {
  const { parent } = access;
  return isBinaryExpression(parent) && parent.left === access && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
