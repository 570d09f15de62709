import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { perFile } from './perFile';
import { declaredType, thisMember } from './types';
import { isFunction, unwrapAwait } from './nodes';

const Kind = ts.SyntaxKind;
const {
  isBinaryExpression, isBindingElement, isBlock, isCallExpression, isIdentifier, isImportClause, isImportSpecifier,
  isIntersectionTypeNode, isNamespaceImport, isNewExpression, isPropertyAccessExpression, isQualifiedName,
  isReturnStatement, isStringLiteralLike, isTypeReferenceNode, isUnionTypeNode, isVariableDeclaration,
} = ts;

/** Where a value comes from: a module's export, and what was read from it on the way. */
export interface Origin {
  readonly module: string;
  /** The export's name; "default" or "*" for the default and the namespace. */
  readonly name: string;
  /** Properties and methods passed on the way, outermost last: ["user", "findMany"]. */
  readonly path: readonly string[];
}

const MAX_DEPTH = 10;
const SHALLOW = 2;

/** Follows names, initialisers, annotations and `this.x` back to an import. */
export function originOf(expression: ts.Expression, file: TypeScriptFile, depth = 0): Origin | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = unwrapAwait(expression);
  if (isIdentifier(node)) return originOfName(node, file, depth);
  if (isPropertyAccessExpression(node)) {
    if (node.expression.kind === Kind.ThisKeyword) return originOfThisMember(node, file, depth);
    const owner = originOf(node.expression, file, depth + 1);
    return owner && { ...owner, path: [...owner.path, node.name.text] };
  }
  if (isCallExpression(node)) {
    return requireOf(node) ?? originOf(node.expression, file, depth + 1) ?? originOfReturn(node, file, depth);
  }
  if (isNewExpression(node)) return originOf(node.expression, file, depth + 1);
  if (isBinaryExpression(node)) return originOf(node.right, file, depth + 1) ?? originOf(node.left, file, depth + 1);
  return undefined;
}

/** The import behind a type: `Pool` of `pool: Pool`, `Repository` of `Repository<User>`. */
export function originOfType(type: ts.TypeNode, file: TypeScriptFile): Origin | undefined {
  if (isUnionTypeNode(type) || isIntersectionTypeNode(type)) {
    for (const part of type.types) {
      const found = originOfType(part, file);
      if (found) return found;
    }
    return undefined;
  }
  if (!isTypeReferenceNode(type)) return undefined;
  let name: ts.EntityName = type.typeName;
  const path: string[] = [];
  while (isQualifiedName(name)) {
    path.unshift(name.right.text);
    name = name.left;
  }
  const imported = file.imports.get(name.text);
  if (!imported) return undefined;
  const [first, ...rest] = path;
  return imported.name === '*' && first ? { module: imported.module, name: first, path: rest } : { ...imported, path };
}

/** What declares a name -> where its value comes from. All calls through one client ask for the same. */
const declaredOrigins = perFile(() => new Map<ts.Node, Origin | undefined>());

function originOfName(identifier: ts.Identifier, file: TypeScriptFile, depth: number): Origin | undefined {
  const declaration = file.scopes.resolve(identifier)?.node;
  const imported = file.imports.get(identifier.text);
  if (imported && (!declaration || isImportOrRequire(declaration))) return { ...imported, path: [] };
  if (!declaration) return undefined;
  const known = declaredOrigins(file);
  let origin = known.get(declaration);
  if (origin === undefined && !known.has(declaration)) {
    origin = originOfDeclaration(declaration, file, depth);
    // Further down, the limit of depth may have cut the search short.
    if (depth <= SHALLOW) known.set(declaration, origin);
  }
  return origin;
}

function originOfDeclaration(declaration: ts.Node, file: TypeScriptFile, depth: number): Origin | undefined {
  const type = declaredType(declaration, file);
  const typed = type && originOfType(type, file);
  if (typed) return typed;
  if (isVariableDeclaration(declaration) && declaration.initializer) return originOf(declaration.initializer, file, depth + 1);
  if (isBindingElement(declaration)) return originOfBinding(declaration, file, depth);
  return undefined;
}

function isImportOrRequire(node: ts.Node): boolean {
  if (isImportClause(node) || isImportSpecifier(node) || isNamespaceImport(node)) return true;
  return isVariableDeclaration(node) || isBindingElement(node);
}

/** `const { pool } = context` reads a property of what context is. */
function originOfBinding(element: ts.BindingElement, file: TypeScriptFile, depth: number): Origin | undefined {
  const holder = element.parent.parent;
  if (!isVariableDeclaration(holder) || !holder.initializer) return undefined;
  const owner = originOf(holder.initializer, file, depth + 1);
  const property = element.propertyName ?? element.name;
  if (!owner || !isIdentifier(property)) return undefined;
  return { ...owner, path: [...owner.path, property.text] };
}

function originOfThisMember(access: ts.PropertyAccessExpression, file: TypeScriptFile, depth: number): Origin | undefined {
  const member = thisMember(access, access.name.text);
  if (!member) return undefined;
  const typed = member.type && originOfType(member.type, file);
  if (typed) return typed;
  if (member.initializer) return originOf(member.initializer, file, depth + 1);
  return undefined;
}

/** `getClient()` of this file is what the function returns. */
function originOfReturn(call: ts.CallExpression, file: TypeScriptFile, depth: number): Origin | undefined {
  if (!isIdentifier(call.expression)) return undefined;
  const declaration = file.scopes.resolve(call.expression)?.node;
  const value = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrapAwait(declaration.initializer) : declaration;
  if (!value || !isFunction(value) || !value.body) return undefined;
  if (!isBlock(value.body)) return originOf(value.body, file, depth + 1);
  const last = value.body.statements[value.body.statements.length - 1];
  return last && isReturnStatement(last) && last.expression ? originOf(last.expression, file, depth + 1) : undefined;
}

function requireOf(call: ts.CallExpression): Origin | undefined {
  const [argument] = call.arguments;
  if (!isIdentifier(call.expression) || call.expression.text !== 'require' || !argument || !isStringLiteralLike(argument)) return undefined;
  return { module: argument.text, name: '*', path: [] };
}
