import { ts } from 'ts-morph';
import { isFunction, methodName, nameText, type FunctionNode } from './nodes';

const Kind = ts.SyntaxKind;
const {
  isArrowFunction, isAsExpression, isBinaryExpression, isCallExpression, isClassLike, isConstructorDeclaration,
  isExportAssignment, isFunctionExpression, isIdentifier, isObjectLiteralExpression, isParenthesizedExpression,
  isPropertyAssignment, isPropertyDeclaration, isSatisfiesExpression, isStringLiteralLike,
  isVariableDeclaration,
} = ts;

/** Where a function gets its name: its own, its variable's, its property's, or its route's. */
export interface NamedFunction {
  readonly node: FunctionNode;
  readonly name: string;
  /** What a lens stands above. */
  readonly nameNode: ts.Node;
  /** The statement or member to show as the whole declaration. */
  readonly declaration: ts.Node;
}

/** The name of a function as its reader would say it; undefined for inline callbacks, which belong to their surroundings. */
export function nameFunction(node: FunctionNode): Omit<NamedFunction, 'node'> | undefined {
  if (isConstructorDeclaration(node)) return { name: 'constructor', nameNode: node, declaration: node };
  if (!isArrowFunction(node) && !isFunctionExpression(node)) {
    if (node.name) return { name: nameText(node.name) ?? '<computed>', nameNode: node.name, declaration: node };
    return isDefaultExport(node) ? { name: 'default', nameNode: node, declaration: node } : undefined;
  }
  const holder = holderOf(node);
  if (isVariableDeclaration(holder) && isIdentifier(holder.name)) {
    return { name: holder.name.text, nameNode: holder.name, declaration: holder.parent.parent };
  }
  if (isPropertyDeclaration(holder) || isPropertyAssignment(holder)) {
    return { name: nameText(holder.name) ?? '<computed>', nameNode: holder.name, declaration: holder };
  }
  if (isBinaryExpression(holder) && holder.operatorToken.kind === Kind.EqualsToken && holder.right === node) {
    const target = holder.left.getText().replace(/^module\.exports\.|^exports\./, '');
    return { name: target === 'module.exports' ? 'default' : target, nameNode: holder.left, declaration: holder };
  }
  if (isExportAssignment(holder)) return { name: 'default', nameNode: node, declaration: holder };
  return routeName(node, holder);
}

/** Passes through wrappers that keep the function what it is: `memo(() => …)`, `asyncHandler(async (req) => …)`. */
function holderOf(node: ts.Node): ts.Node {
  let at = node.parent;
  while (isParenthesizedExpression(at) || isAsExpression(at) || isSatisfiesExpression(at)) at = at.parent;
  if (isCallExpression(at) && at.expression !== node && isIdentifier(at.expression)) {
    const outer = at.parent;
    const isWrapped = isVariableDeclaration(outer) || isExportAssignment(outer) || isPropertyAssignment(outer);
    if (isWrapped && at.arguments[0] === node) return outer;
  }
  return at;
}

const ROUTE_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'options', 'head']);

/** `app.get('/orders', async (req, res) => …)` is called "GET /orders". */
function routeName(node: FunctionNode, holder: ts.Node): Omit<NamedFunction, 'node'> | undefined {
  if (!isCallExpression(holder) || holder.arguments[holder.arguments.length - 1] !== node) return undefined;
  const name = routeOf(holder);
  return name === undefined ? undefined : { name, nameNode: node, declaration: node };
}

/** The route that a call registers handlers for. */
export function routeOf(call: ts.CallExpression): string | undefined {
  const [path] = call.arguments;
  if (!path || !isStringLiteralLike(path) || !path.text.startsWith('/')) return undefined;
  const method = methodName(call);
  return method && ROUTE_METHODS.has(method) ? `${method.toUpperCase()} ${path.text}` : undefined;
}

function isDefaultExport(node: FunctionNode): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === Kind.DefaultKeyword) ?? false;
}

/** Prefixes that enclosing classes, objects and functions give to a name; `known` ends the way up where the name is known. */
export function qualifier(node: ts.Node, known?: { readonly node: ts.Node; readonly name: string }): string {
  const parts: string[] = [];
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (at === known?.node) {
      parts.unshift(known.name);
      break;
    }
    if (isClassLike(at)) parts.unshift(at.name?.text ?? '<class>');
    else if (isObjectLiteralExpression(at) && isVariableDeclaration(at.parent) && isIdentifier(at.parent.name)) parts.unshift(at.parent.name.text);
    else if (isFunction(at)) {
      const named = nameFunction(at);
      if (named) parts.unshift(named.name);
    }
  }
  return parts.length > 0 ? `${parts.join('.')}.` : '';
}

/** The qualified name of the innermost named function around a node; '' at top level. */
export function functionNameAround(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (!isFunction(at)) continue;
    const named = nameFunction(at);
    if (named) return qualifier(at) + named.name;
  }
  return '';
}
