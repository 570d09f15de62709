import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { methodName, receiverOf, unwrapAwait } from './nodes';
import { declaredType } from './types';

const {
  isCallExpression, isElementAccessExpression, isEnumDeclaration, isForOfStatement, isIdentifier, isLiteralTypeNode, isPropertyAccessExpression,
  isTemplateExpression, isTypeAliasDeclaration, isTypeReferenceNode, isUnionTypeNode, isVariableDeclaration,
} = ts;

const Kind = ts.SyntaxKind;
const MAX_DEPTH = 5;

/** Calls that give the same value in another form. */
const SAME_VALUE = /^(?:toString|toLowerCase|toUpperCase|trim|valueOf|normalize|String|Number|encodeURIComponent)$/;

/** What the values an expression can take are known by: written out in the code, or named by these words. */
export type ValueSource = { readonly kind: 'fixed' } | { readonly kind: 'named'; readonly names: readonly string[] };

const FIXED: ValueSource = { kind: 'fixed' };

/** Follows an expression to the names its value comes in under; "fixed" for constants, enums and unions of literals. */
export function valueSource(expression: ts.Expression, file: TypeScriptFile, depth = 0): ValueSource {
  const node = unwrapAwait(expression);
  switch (node.kind) {
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
    case Kind.NumericLiteral:
    case Kind.TrueKeyword:
    case Kind.FalseKeyword:
      return FIXED;
  }
  if (depth > MAX_DEPTH) return named([]);
  if (isIdentifier(node)) return sourceOfName(node, file, depth);
  if (isTemplateExpression(node)) return together(node.templateSpans.map((span) => valueSource(span.expression, file, depth + 1)));
  if (isPropertyAccessExpression(node)) return sourceOfProperty(node, file);
  if (isElementAccessExpression(node)) return valueSource(node.expression, file, depth + 1);
  if (isCallExpression(node)) return sourceOfCall(node, file, depth);
  if (ts.isBinaryExpression(node)) return together([valueSource(node.left, file, depth + 1), valueSource(node.right, file, depth + 1)]);
  if (ts.isConditionalExpression(node)) return together([valueSource(node.whenTrue, file, depth + 1), valueSource(node.whenFalse, file, depth + 1)]);
  return named([]);
}

function named(names: readonly string[]): ValueSource {
  return { kind: 'named', names };
}

function together(parts: readonly ValueSource[]): ValueSource {
  if (parts.every(({ kind }) => kind === 'fixed')) return FIXED;
  return named(parts.flatMap((part) => (part.kind === 'named' ? part.names : [])));
}

function sourceOfName(name: ts.Identifier, file: TypeScriptFile, depth: number): ValueSource {
  const declaration = file.scopes.resolve(name)?.node;
  if (!declaration) return named([name.text]);
  const type = declaredType(declaration, file);
  if (type && isFewValued(type, file)) return FIXED;
  if (isVariableDeclaration(declaration)) {
    if (declaration.initializer) {
      const source = valueSource(declaration.initializer, file, depth + 1);
      // `const cacheKey = make(a, b)`: the parts say more than the name, where they say anything.
      return source.kind === 'named' && source.names.length === 0 ? named([name.text]) : source;
    }
    const loop = declaration.parent.parent;
    if (isForOfStatement(loop)) return file.shape(loop.expression).size !== undefined ? FIXED : named([name.text]);
  }
  return named([name.text]);
}

/** `Status.Paid` is one of a few; of `user.id` the last name counts. */
function sourceOfProperty(access: ts.PropertyAccessExpression, file: TypeScriptFile): ValueSource {
  const { expression } = access;
  if (isIdentifier(expression)) {
    const owner = file.scopes.resolve(expression)?.node;
    const isConstant = (owner && isEnumDeclaration(owner)) || (/^[A-Z]/.test(expression.text) && /^[A-Z]/.test(access.name.text));
    if (isConstant) return FIXED;
  }
  const { text } = access.name;
  if (text === 'length' || text === 'name') return isPropertyAccessExpression(expression) ? named([`${expression.name.text}_${text}`]) : isIdentifier(expression) ? named([`${expression.text}_${text}`]) : named([text]);
  return named([text]);
}

function sourceOfCall(call: ts.CallExpression, file: TypeScriptFile, depth: number): ValueSource {
  const name = methodName(call) ?? (isIdentifier(call.expression) ? call.expression.text : '');
  const receiver = receiverOf(call);
  if (name === 'stringify' || name === 'join') return together(call.arguments.concat(receiver && name === 'join' ? [receiver] : []).map((part) => named([part.getText()])));
  if (SAME_VALUE.test(name)) {
    const inner = receiver ?? call.arguments[0];
    return inner ? valueSource(inner, file, depth + 1) : named([]);
  }
  return named(call.arguments.flatMap((argument) => (isIdentifier(argument) ? [argument.text] : isPropertyAccessExpression(argument) ? [argument.name.text] : [])));
}

/** A union of literals, a boolean, an enum or `keyof`: values that somebody has written out. */
function isFewValued(type: ts.TypeNode, file: TypeScriptFile, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (type.kind === Kind.BooleanKeyword || type.kind === Kind.TypeOperator || isLiteralTypeNode(type)) return true;
  if (isUnionTypeNode(type)) return type.types.every((part) => part.kind === Kind.UndefinedKeyword || isFewValued(part, file, depth + 1));
  if (!isTypeReferenceNode(type) || !isIdentifier(type.typeName)) return false;
  const alias = file.types.get(type.typeName.text);
  if (alias) return isTypeAliasDeclaration(alias) && isFewValued(alias.type, file, depth + 1);
  const declaration = file.scopes.topLevel(type.typeName.text)?.node;
  return declaration !== undefined && isEnumDeclaration(declaration);
}
