import { ts } from 'ts-morph';
import type { CalleeReference } from '../../core/facts';
import type { TypeScriptFile } from './file';
import { thisMember } from './types';
import { unwrap, unwrapAwait } from './nodes';
import { originOf, originOfType } from './origin';

const Kind = ts.SyntaxKind;
const {
  isCallExpression, isClassDeclaration, isClassLike, isFunctionDeclaration, isIdentifier, isNewExpression, isParameter,
  isPropertyAccessExpression, isTypeReferenceNode, isVariableDeclaration,
} = ts;

/** Methods of the language's own values, which are most of all method calls. */
const BUILT_IN_METHODS = new Set([
  'map', 'filter', 'forEach', 'push', 'join', 'slice', 'split', 'trim', 'includes', 'find', 'some', 'every', 'reduce', 'sort', 'concat', 'replace',
  'toString', 'then', 'catch', 'finally', 'keys', 'values', 'entries', 'has', 'set', 'test', 'match', 'indexOf', 'startsWith', 'endsWith', 'toLowerCase', 'toUpperCase', 'flatMap', 'stringify', 'parse', 'log', 'error', 'warn', 'preventDefault', 'addEventListener', 'min', 'max', 'floor', 'round', 'isArray', 'from', 'assign',
]);

/** Names what a call calls, as far as this file can tell, so that the workspace index can find it. */
export function calleeReference(call: ts.CallExpression, file: TypeScriptFile): CalleeReference | undefined {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee)) return nameReference(callee, file);
  if (!isPropertyAccessExpression(callee) || BUILT_IN_METHODS.has(callee.name.text)) return undefined;
  const owner = ownerReference(callee.expression, file);
  return owner && { kind: 'method', owner, name: callee.name.text };
}

/** What a plain name stands for: an import, or a declaration of this file. */
export function nameReference(identifier: ts.Identifier, file: TypeScriptFile): CalleeReference | undefined {
  const imported = file.imports.get(identifier.text);
  if (imported) return { kind: 'import', module: imported.module, name: imported.name };
  const declaration = (file.scopes.topLevel(identifier.text) ?? file.scopes.resolve(identifier))?.node;
  if (!declaration) return undefined;
  if (isFunctionDeclaration(declaration) || isVariableDeclaration(declaration) || isClassDeclaration(declaration)) {
    return { kind: 'local', name: identifier.text };
  }
  return undefined;
}

/** The class or module behind the receiver of a method call. */
function ownerReference(receiver: ts.Expression, file: TypeScriptFile): CalleeReference | undefined {
  const node = unwrap(receiver);
  if (node.kind === Kind.ThisKeyword) return enclosingClass(node);
  if (isPropertyAccessExpression(node) && node.expression.kind === Kind.ThisKeyword) {
    const member = thisMember(node, node.name.text);
    if (member?.type) return typeReference(member.type, file);
    return member?.initializer ? valueReference(member.initializer, file) : undefined;
  }
  if (isNewExpression(node)) return valueReference(node, file);
  if (!isIdentifier(node)) return undefined;
  if (file.imports.has(node.text)) return nameReference(node, file);
  const declaration = file.scopes.resolve(node)?.node;
  if (declaration && isClassDeclaration(declaration)) return { kind: 'local', name: node.text };
  if (!declaration || !(isVariableDeclaration(declaration) || isParameter(declaration))) return undefined;
  if (declaration.type) return typeReference(declaration.type, file);
  const value = declaration.initializer && valueReference(declaration.initializer, file);
  return value ?? (isVariableDeclaration(declaration) && !isGivenByMethod(declaration) ? nameReference(node, file) : undefined);
}

/** `const manager = this.pool.take()`: what a method gives back is not known to be made by this file. */
function isGivenByMethod({ initializer }: ts.VariableDeclaration): boolean {
  const value = initializer && unwrapAwait(initializer);
  return value !== undefined && isCallExpression(value) && isPropertyAccessExpression(value.expression);
}

function enclosingClass(node: ts.Node): CalleeReference | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at && !isClassLike(at)) at = at.parent;
  const name = (at as ts.ClassLikeDeclaration | undefined)?.name?.text;
  return name ? { kind: 'local', name } : undefined;
}

function typeReference(type: ts.TypeNode, file: TypeScriptFile): CalleeReference | undefined {
  const origin = originOfType(type, file);
  if (origin) return { kind: 'import', module: origin.module, name: origin.name };
  if (isTypeReferenceNode(type) && isIdentifier(type.typeName) && file.types.has(type.typeName.text)) {
    return { kind: 'local', name: type.typeName.text };
  }
  return undefined;
}

/** `new Service()` is an instance of what Service names. */
function valueReference(value: ts.Expression, file: TypeScriptFile): CalleeReference | undefined {
  const node = unwrap(value);
  if (isNewExpression(node) && isIdentifier(node.expression)) return nameReference(node.expression, file);
  const origin = originOf(node, file);
  return origin && origin.path.length === 0 ? { kind: 'import', module: origin.module, name: origin.name } : undefined;
}

/** Packages are not part of the workspace's call graph. */
export function isProjectCallee(callee: CalleeReference): boolean {
  if (callee.kind === 'method') return isProjectCallee(callee.owner);
  return callee.kind === 'local' || /^(?:\.|@\/|~|#|src\/|@[\w-]+\/)/.test(callee.module);
}
