import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, methodName, receiverOf, unwrap, walk } from '../../syntax/typescript/nodes';

type End = 'first' | 'last';

/** What is taken from a sorted list. */
export interface Taken {
  /** The whole expression, or the sorting where the list has a name. */
  readonly node: ts.Node;
  readonly ends: ReadonlySet<End>;
}

/** The ends of the sorted list that are read, where nothing else of it is. */
export function takenFrom(sort: ts.CallExpression, file: TypeScriptFile): Taken | undefined {
  let at: ts.Node = sort;
  while (ts.isParenthesizedExpression(at.parent) || ts.isNonNullExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent;
  const direct = endReadBy(at);
  if (direct) return { node: direct.node, ends: new Set([direct.end]) };
  const { parent } = at;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== at) return undefined;
  if (ts.isArrayBindingPattern(parent.name)) return parent.name.elements.length === 1 && !isRest(parent.name.elements[0]!) ? { node: sort, ends: new Set(['first']) } : undefined;
  return ts.isIdentifier(parent.name) ? takenByName(parent.name, sort, file) : undefined;
}

function isRest(element: ts.ArrayBindingElement): boolean {
  return ts.isBindingElement(element) && element.dotDotDotToken !== undefined;
}

/** `sorted[0]` and `sorted.at(-1)` are all that is done with `const sorted = [...list].sort()`. */
function takenByName(name: ts.Identifier, sort: ts.CallExpression, file: TypeScriptFile): Taken | undefined {
  // `xs.sort()` without a copy leaves xs sorted for everybody.
  const receiver = receiverOf(sort);
  if (methodName(sort) === 'sort' && receiver && (ts.isIdentifier(receiver) || ts.isPropertyAccessExpression(receiver))) return undefined;
  const ends = new Set<End>();
  let isMore = false;
  walk(enclosingFunction(name) ?? file.source, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name || (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) return;
    if (file.scopes.resolve(node)?.name !== name || isLength(node)) return;
    const read = endReadBy(node);
    if (read) ends.add(read.end);
    else isMore = true;
  });
  return isMore || ends.size === 0 ? undefined : { node: sort, ends };
}

function isLength(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name.text === 'length';
}

/** `list[0]`, `list.at(0)`, `list.shift()`; `list[list.length - 1]`, `list.at(-1)`, `list.pop()`. */
function endReadBy(list: ts.Node): { node: ts.Node; end: End } | undefined {
  let { parent } = list;
  if (ts.isNonNullExpression(parent)) ({ parent } = parent);
  if (ts.isElementAccessExpression(parent)) {
    if (unwrap(parent.expression) !== unwrap(list as ts.Expression) || isAssigned(parent)) return undefined;
    const index = parent.argumentExpression.getText().replace(/\s/g, '');
    if (index === '0') return { node: parent, end: 'first' };
    return index === `${list.getText()}.length-1` ? { node: parent, end: 'last' } : undefined;
  }
  const call = ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? parent.parent : undefined;
  if (!call || receiverOf(call) !== unwrap(list as ts.Expression)) return undefined;
  const [argument] = call.arguments;
  switch (methodName(call)) {
    case 'at':
      return argument?.getText() === '0' ? { node: call, end: 'first' } : argument?.getText() === '-1' ? { node: call, end: 'last' } : undefined;
    case 'shift':
      return { node: call, end: 'first' };
    case 'pop':
      return { node: call, end: 'last' };
    default:
      return undefined;
  }
}

function isAssigned(node: ts.Node): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.left === node && node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
