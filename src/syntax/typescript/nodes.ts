import { ts } from 'ts-morph';

const {
  forEachChild, isAwaitExpression, isBinaryExpression, isCallExpression, isElementAccessExpression,
  isIdentifier, isNumericLiteral, isPrivateIdentifier, isPropertyAccessExpression, isPropertyAssignment,
  isShorthandPropertyAssignment, isStringLiteral,
} = ts;

const Kind = ts.SyntaxKind;

/** Removes what does not change a value: parentheses, `as T`, `!`, `satisfies T`, `<T>x`. */
export function unwrap(expression: ts.Expression): ts.Expression {
  let current = expression;
  while (isWrapper(current)) current = current.expression;
  return current;
}

function isWrapper(node: ts.Expression): node is ts.ParenthesizedExpression | ts.AsExpression {
  switch (node.kind) {
    case Kind.ParenthesizedExpression:
    case Kind.AsExpression:
    case Kind.NonNullExpression:
    case Kind.SatisfiesExpression:
    case Kind.TypeAssertionExpression:
      return true;
    default:
      return false;
  }
}

/** `x` of `await x`, and `x` itself elsewhere. */
export function unwrapAwait(expression: ts.Expression): ts.Expression {
  const inner = unwrap(expression);
  return isAwaitExpression(inner) ? unwrap(inner.expression) : inner;
}

/** The method's name of `receiver.name(...)`; undefined for plain and computed calls. */
export function methodName(call: ts.CallExpression): string | undefined {
  const callee = unwrap(call.expression);
  return isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** The last name of what is called: "findMany" of `db.user.findMany()`, "load" of `load()`. */
export function calledName(call: ts.CallExpression): string | undefined {
  const callee = unwrap(call.expression);
  if (isPropertyAccessExpression(callee)) return callee.name.text;
  return isIdentifier(callee) ? callee.text : undefined;
}

export function receiverOf(call: ts.CallExpression): ts.Expression | undefined {
  const callee = unwrap(call.expression);
  return isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
}

export type FunctionNode = ts.FunctionLikeDeclaration;

export function isFunction(node: ts.Node): node is FunctionNode {
  switch (node.kind) {
    case Kind.FunctionDeclaration:
    case Kind.FunctionExpression:
    case Kind.ArrowFunction:
    case Kind.MethodDeclaration:
    case Kind.Constructor:
    case Kind.GetAccessor:
    case Kind.SetAccessor:
      return true;
    default:
      return false;
  }
}

export function isInlineFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return node.kind === Kind.ArrowFunction || node.kind === Kind.FunctionExpression;
}

export function enclosingFunction(node: ts.Node): FunctionNode | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (isFunction(at)) return at;
  }
  return undefined;
}

export function isAsync(node: FunctionNode): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === Kind.AsyncKeyword) ?? false;
}

/** Whether `node` lies inside `ancestor` (or is it). */
export function isWithin(node: ts.Node, ancestor: ts.Node): boolean {
  return node.pos >= ancestor.pos && node.end <= ancestor.end;
}

/** Visits the node and all its descendants; `visit` returns false to leave a subtree out. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean | void): void {
  if (visit(node) === false) return;
  forEachChild(node, (child) => walk(child, visit));
}

/** Whether any descendant passes; nested functions are entered unless `skip` says otherwise. */
export function some(node: ts.Node, test: (node: ts.Node) => boolean, skip?: (node: ts.Node) => boolean): boolean {
  if (test(node)) return true;
  return forEachChild(node, (child) => (skip?.(child) ? undefined : some(child, test, skip) || undefined)) ?? false;
}

/** The root identifier of a chain of property reads and calls: `a` in `a.b().c`. */
export function rootOf(expression: ts.Expression): ts.Expression {
  let current = unwrap(expression);
  for (;;) {
    if (isPropertyAccessExpression(current) || isElementAccessExpression(current) || isCallExpression(current)) {
      current = unwrap(current.expression);
    } else {
      return current;
    }
  }
}

/** Expression text on one line, shortened for messages. */
export function shortText(node: ts.Node, limit = 40): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

const LONGEST_CALLEE = 48;

/** The callee as a reader names it: `prisma.user.findMany`; inner calls are cut to "(…)", and what is too long to whole names. */
export function calleeText(call: ts.CallExpression): string {
  const text = call.expression
    .getText()
    .replace(/\s+/g, '')
    .replace(/\((?:[^()]|\([^()]*\))+\)/g, '(…)')
    .replace(/[!?](?=\.)/g, '')
    .replace(/^this\./, '');
  return text.length <= LONGEST_CALLEE ? text : text.slice(-LONGEST_CALLEE).replace(/^[^.]*\.(?=\w)/, '');
}

export function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (isPropertyAssignment(property) && nameText(property.name) === name) return property.initializer;
    if (isShorthandPropertyAssignment(property) && property.name.text === name) return property.name;
  }
  return undefined;
}

export function nameText(name: ts.PropertyName | ts.BindingName): string | undefined {
  if (isIdentifier(name) || isStringLiteral(name) || isNumericLiteral(name) || isPrivateIdentifier(name)) {
    return name.text;
  }
  return undefined;
}

/** `=`, `+=`, `??=` and the like. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind >= Kind.FirstAssignment && node.operatorToken.kind <= Kind.LastAssignment;
}
