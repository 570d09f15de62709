import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { inferShape, UNKNOWN, type Shape } from './inference';
import { methodName, nameText, receiverOf, unwrap } from './nodes';

const Kind = ts.SyntaxKind;
const {
  isArrayTypeNode, isArrowFunction, isAsExpression, isAwaitExpression, isBindingElement, isCallExpression,
  isClassLike, isConstructorDeclaration, isElementAccessExpression, isForOfStatement, isFunctionExpression,
  isFunctionTypeNode, isIdentifier, isIntersectionTypeNode, isLiteralTypeNode, isNonNullExpression, isParameter,
  isParenthesizedExpression, isParenthesizedTypeNode, isPropertyAccessExpression, isPropertyDeclaration,
  isPropertySignature, isTupleTypeNode, isTypeAliasDeclaration, isTypeAssertionExpression, isTypeLiteralNode,
  isTypeOperatorNode, isTypeReferenceNode, isUnionTypeNode, isVariableDeclaration,
} = ts;

const MAX_DEPTH = 8;

/** The shape behind an annotation; aliases and interfaces of the same file are followed. */
export function shapeOfType(type: ts.TypeNode, file: TypeScriptFile, depth = 0): Shape {
  if (depth > MAX_DEPTH) return UNKNOWN;
  if (isParenthesizedTypeNode(type)) return shapeOfType(type.type, file, depth + 1);
  if (isTypeOperatorNode(type)) return shapeOfType(type.type, file, depth + 1);
  if (isArrayTypeNode(type)) return { kind: 'array', element: type.elementType, type };
  if (isTupleTypeNode(type)) return { kind: 'array', size: type.elements.length, type };
  if (isTypeLiteralNode(type)) return { kind: 'object', type };
  if (isFunctionTypeNode(type)) return { kind: 'function', type };
  if (isUnionTypeNode(type)) return shapeOfUnion(type, file, depth);
  if (isLiteralTypeNode(type)) return type.literal.kind === Kind.StringLiteral ? { kind: 'string', type } : UNKNOWN;
  if (isTypeReferenceNode(type)) return shapeOfReference(type, file, depth);
  if (type.kind === Kind.StringKeyword) return { kind: 'string', type };
  if (type.kind === Kind.NumberKeyword) return { kind: 'number', type };
  if (type.kind === Kind.BooleanKeyword) return { kind: 'boolean', type };
  return { kind: 'unknown', type };
}

/** The declared type of a variable, parameter, property or destructured element. */
export function declaredType(node: ts.Node, file: TypeScriptFile, depth = 0): ts.TypeNode | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if ((isVariableDeclaration(node) || isParameter(node) || isPropertyDeclaration(node) || isPropertySignature(node)) && node.type) {
    return node.type;
  }
  if (isBindingElement(node)) {
    const owner = declaredType(node.parent.parent, file, depth + 1);
    const property = node.propertyName ?? node.name;
    const name = isIdentifier(property) ? property.text : undefined;
    return owner && name && !node.dotDotDotToken ? memberType(owner, name, file, depth + 1) : undefined;
  }
  if (isVariableDeclaration(node)) return loopVariableType(node, file, depth);
  if (isParameter(node)) return callbackParameterType(node, file, depth);
  return undefined;
}

/** The type of `type.name`, where the type literal, interface, class or alias stands in this file. */
export function memberType(type: ts.TypeNode, name: string, file: TypeScriptFile, depth = 0): ts.TypeNode | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (isTypeLiteralNode(type)) return memberOf(type.members, name);
  if (isParenthesizedTypeNode(type) || isTypeOperatorNode(type)) return memberType(type.type, name, file, depth + 1);
  if (isIntersectionTypeNode(type)) {
    for (const part of type.types) {
      const found = memberType(part, name, file, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  if (!isTypeReferenceNode(type) || !isIdentifier(type.typeName)) return undefined;
  const wrapped = type.typeName.text;
  if ((wrapped === 'Readonly' || wrapped === 'Required' || wrapped === 'Partial') && type.typeArguments?.[0]) {
    return memberType(type.typeArguments[0], name, file, depth + 1);
  }
  const declaration = file.types.get(wrapped);
  if (!declaration) return undefined;
  if (isTypeAliasDeclaration(declaration)) return memberType(declaration.type, name, file, depth + 1);
  return memberOf(declaration.members, name);
}

function memberOf(members: ts.NodeArray<ts.TypeElement | ts.ClassElement>, name: string): ts.TypeNode | undefined {
  for (const member of members) {
    if ((isPropertySignature(member) || isPropertyDeclaration(member)) && nameText(member.name) === name) return member.type;
  }
  return undefined;
}

/** `expr as T` and `<T>expr`; `as const` says nothing about the kind. */
export function assertedType(expression: ts.Expression): ts.TypeNode | undefined {
  if (isParenthesizedExpression(expression) || isNonNullExpression(expression)) return assertedType(expression.expression);
  if (!isAsExpression(expression) && !isTypeAssertionExpression(expression)) return undefined;
  const isConst = isTypeReferenceNode(expression.type) && expression.type.typeName.getText() === 'const';
  const isOpaque = expression.type.kind === Kind.AnyKeyword || expression.type.kind === Kind.UnknownKeyword;
  return isConst || isOpaque ? undefined : expression.type;
}

/** The property or constructor parameter property behind `this.name`. */
export function thisMember(node: ts.Node, name: string): ts.PropertyDeclaration | ts.ParameterDeclaration | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at && !isClassLike(at)) at = at.parent;
  if (!at) return undefined;
  for (const member of (at as ts.ClassLikeDeclaration).members) {
    if (isPropertyDeclaration(member) && nameText(member.name) === name) return member;
    if (isConstructorDeclaration(member)) {
      const parameter = member.parameters.find((p) => p.modifiers?.length && isIdentifier(p.name) && p.name.text === name);
      if (parameter) return parameter;
    }
  }
  return undefined;
}

/** The annotation that an expression's value carries, followed through names, properties and elements. */
export function typeOf(expression: ts.Expression, file: TypeScriptFile, depth = 0): ts.TypeNode | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const asserted = assertedType(expression);
  if (asserted) return asserted;
  const node = unwrap(expression);
  if (isIdentifier(node)) {
    const declaration = file.scopes.resolve(node)?.node;
    if (!declaration) return undefined;
    const declared = declaredType(declaration, file, depth + 1);
    if (declared) return declared;
    return isVariableDeclaration(declaration) && declaration.initializer ? typeOf(declaration.initializer, file, depth + 1) : undefined;
  }
  if (isPropertyAccessExpression(node)) {
    if (node.expression.kind === Kind.ThisKeyword) return thisMember(node, node.name.text)?.type;
    const owner = typeOf(node.expression, file, depth + 1);
    return owner ? memberType(owner, node.name.text, file, depth + 1) : undefined;
  }
  if (isElementAccessExpression(node)) return inferShape(node.expression, file, depth + 1).element;
  if (isCallExpression(node)) return inferShape(node, file, depth + 1).type;
  if (isAwaitExpression(node)) {
    const inner = typeOf(node.expression, file, depth + 1);
    return inner ? (shapeOfType(inner, file).kind === 'promise' ? shapeOfType(inner, file).element : inner) : undefined;
  }
  return undefined;
}

function shapeOfUnion(type: ts.UnionTypeNode, file: TypeScriptFile, depth: number): Shape {
  const shapes = type.types
    .filter((part) => part.kind !== Kind.UndefinedKeyword && !(isLiteralTypeNode(part) && part.literal.kind === Kind.NullKeyword))
    .map((part) => shapeOfType(part, file, depth + 1));
  const [first] = shapes;
  if (!first) return UNKNOWN;
  return shapes.every((shape) => shape.kind === first.kind) ? first : UNKNOWN;
}

function shapeOfReference(type: ts.TypeReferenceNode, file: TypeScriptFile, depth: number): Shape {
  if (!isIdentifier(type.typeName)) return { kind: 'unknown', type };
  const element = type.typeArguments?.[0];
  switch (type.typeName.text) {
    case 'Array':
    case 'ReadonlyArray':
      return { kind: 'array', element, type };
    case 'Set':
    case 'ReadonlySet':
    case 'WeakSet':
      return { kind: 'set', element, type };
    case 'Map':
    case 'ReadonlyMap':
    case 'WeakMap':
      return { kind: 'map', type };
    case 'Promise':
    case 'PromiseLike':
      return { kind: 'promise', element, type };
    case 'Record':
      return { kind: 'object', type };
    case 'Readonly':
    case 'Awaited':
    case 'NonNullable':
      return element ? shapeOfType(element, file, depth + 1) : UNKNOWN;
    default: {
      const declaration = file.types.get(type.typeName.text);
      if (declaration && isTypeAliasDeclaration(declaration)) return shapeOfType(declaration.type, file, depth + 1);
      return declaration ? { kind: 'object', type } : { kind: 'unknown', type };
    }
  }
}

/** `for (const x of xs)`: the element type of xs. */
function loopVariableType(node: ts.VariableDeclaration, file: TypeScriptFile, depth: number): ts.TypeNode | undefined {
  const statement = node.parent.parent;
  return isForOfStatement(statement) && !node.initializer ? inferShape(statement.expression, file, depth + 1).element : undefined;
}

/** `xs.map((x) => …)`: the element type of xs for the first parameter. */
function callbackParameterType(node: ts.ParameterDeclaration, file: TypeScriptFile, depth: number): ts.TypeNode | undefined {
  const owner = node.parent;
  if (!isArrowFunction(owner) && !isFunctionExpression(owner)) return undefined;
  const call = owner.parent;
  if (!isCallExpression(call) || call.arguments[0] !== owner) return undefined;
  const receiver = receiverOf(call);
  const position = methodName(call) === 'reduce' ? 1 : 0;
  if (!receiver || owner.parameters[position] !== node) return undefined;
  return inferShape(receiver, file, depth + 1).element;
}
