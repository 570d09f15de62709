import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { perFile } from './perFile';
import { enclosingFunction, isAsync, isFunction, methodName, nameText, propertyOf, receiverOf, unwrap } from './nodes';
import { assertedType, declaredType, memberType, shapeOfType, thisMember, typeOf } from './types';

const {
  isArrayLiteralExpression, isClassLike, isFunctionDeclaration, isIdentifier, isMethodDeclaration,
  isObjectLiteralExpression, isParameter, isSpreadElement, isVariableDeclaration,
} = ts;

const Kind = ts.SyntaxKind;

/** What one file can tell of a value without a type checker. */
export interface Shape {
  readonly kind: 'array' | 'string' | 'set' | 'map' | 'number' | 'boolean' | 'object' | 'promise' | 'function' | 'unknown';
  /** Number of elements, where a literal shows it. */
  readonly size?: number;
  /** The element's type, for arrays, sets and promises. */
  readonly element?: ts.TypeNode;
  /** The declared type itself. */
  readonly type?: ts.TypeNode;
}

export const UNKNOWN: Shape = { kind: 'unknown' };
const MAX_DEPTH = 8;

const ARRAY_METHODS = new Set([
  'map', 'filter', 'flatMap', 'flat', 'sort', 'reverse', 'splice', 'toSorted', 'toReversed', 'toSpliced', 'fill', 'copyWithin',
]);
const STRING_METHODS = new Set([
  'trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'toLocaleLowerCase', 'toLocaleUpperCase', 'toString', 'join',
  'padStart', 'padEnd', 'replace', 'replaceAll', 'substring', 'substr', 'charAt', 'repeat', 'normalize', 'toFixed', 'toISOString',
]);
/** Methods that return the kind of value they were called on: an array or a string. */
const SAME_KIND_METHODS = new Set(['slice', 'concat']);
const NUMBER_METHODS = new Set(['indexOf', 'lastIndexOf', 'findIndex', 'push', 'unshift', 'charCodeAt', 'getTime', 'localeCompare']);

/** The shape of an expression from literals, annotations, initialisers and well-known APIs. */
export function inferShape(expression: ts.Expression, file: TypeScriptFile, depth = 0): Shape {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const annotated = assertedType(expression);
  if (annotated) return shapeOfType(annotated, file, depth);
  const node = unwrap(expression);
  switch (node.kind) {
    case Kind.ArrayLiteralExpression:
      return arrayLiteral(node as ts.ArrayLiteralExpression);
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
    case Kind.TemplateExpression:
      return { kind: 'string' };
    case Kind.NumericLiteral:
      return { kind: 'number' };
    case Kind.ObjectLiteralExpression:
      return { kind: 'object' };
    case Kind.ArrowFunction:
    case Kind.FunctionExpression:
      return { kind: 'function' };
    case Kind.Identifier:
      return shapeOfIdentifier(node as ts.Identifier, file, depth);
    case Kind.PropertyAccessExpression:
      return shapeOfProperty(node as ts.PropertyAccessExpression, file, depth);
    case Kind.NewExpression:
      return shapeOfNew(node as ts.NewExpression);
    case Kind.CallExpression:
      return shapeOfCall(node as ts.CallExpression, file, depth);
    case Kind.AwaitExpression:
      return awaited(inferShape((node as ts.AwaitExpression).expression, file, depth + 1), file, depth);
    case Kind.ConditionalExpression: {
      const { whenTrue, whenFalse } = node as ts.ConditionalExpression;
      return firstKnown([whenTrue, whenFalse], file, depth);
    }
    case Kind.BinaryExpression:
      return shapeOfBinary(node as ts.BinaryExpression, file, depth);
    default:
      return UNKNOWN;
  }
}

function arrayLiteral(node: ts.ArrayLiteralExpression): Shape {
  const spreads = node.elements.some(isSpreadElement);
  return spreads ? { kind: 'array' } : { kind: 'array', size: node.elements.length };
}

function shapeOfIdentifier(identifier: ts.Identifier, file: TypeScriptFile, depth: number): Shape {
  const declaration = file.scopes.resolve(identifier);
  if (!declaration) return UNKNOWN;
  const { node } = declaration;
  const type = declaredType(node, file);
  if (type) return withSize(shapeOfType(type, file, depth + 1), node);
  if (isFunctionDeclaration(node)) return { kind: 'function' };
  if (isVariableDeclaration(node) && node.initializer) {
    const shape = inferShape(node.initializer, file, depth + 1);
    // A literal's size holds only while nobody can add to it or assign another one.
    return isConst(node) && !grows(declaration.name, file) ? shape : { ...shape, size: undefined };
  }
  if (isParameter(node) && node.initializer) return { ...inferShape(node.initializer, file, depth + 1), size: undefined };
  return UNKNOWN;
}

function withSize(shape: Shape, node: ts.Node): Shape {
  if (shape.kind !== 'array' || shape.size !== undefined || !isVariableDeclaration(node) || !isConst(node) || !node.initializer) return shape;
  const initializer = unwrap(node.initializer);
  return isArrayLiteralExpression(initializer) && initializer.elements.length > 0 ? { ...shape, size: arrayLiteral(initializer).size } : shape;
}

function isConst(node: ts.VariableDeclaration): boolean {
  return (node.parent.flags & ts.NodeFlags.Const) !== 0;
}

/** The name is read backwards from the full stop, of which a text has fewer than names. */
const GROWTH = /\.(?<=([\w$]+)\s*\.)\s*(?:push|unshift|splice|add|set)\b/g;
const growing = perFile((file) => new Set(Array.from(file.text.matchAll(GROWTH), ([, name]) => name!)));

/** Whether `name.push(...)` and the like appear anywhere in the file; text is enough for a "no". */
function grows(name: ts.Identifier, file: TypeScriptFile): boolean {
  return growing(file).has(name.text);
}

function shapeOfProperty(access: ts.PropertyAccessExpression, file: TypeScriptFile, depth: number): Shape {
  const name = access.name.text;
  if (name === 'length' || name === 'size') return { kind: 'number' };
  const owner = unwrap(access.expression);
  if (owner.kind === Kind.ThisKeyword) return shapeOfThisMember(access, name, file, depth);
  const type = typeOf(owner, file, depth + 1);
  const member = type && memberType(type, name, file);
  if (member) return shapeOfType(member, file, depth + 1);
  if (isIdentifier(owner)) {
    const declaration = file.scopes.resolve(owner)?.node;
    if (declaration && isVariableDeclaration(declaration) && declaration.initializer && isConst(declaration)) {
      const object = unwrap(declaration.initializer);
      const value = isObjectLiteralExpression(object) ? propertyOf(object, name) : undefined;
      if (value) return { ...inferShape(value, file, depth + 1), size: undefined };
    }
  }
  return UNKNOWN;
}

function shapeOfThisMember(access: ts.Node, name: string, file: TypeScriptFile, depth: number): Shape {
  const member = thisMember(access, name);
  if (!member) return UNKNOWN;
  if (member.type) return shapeOfType(member.type, file, depth + 1);
  if (member.initializer) return { ...inferShape(member.initializer, file, depth + 1), size: undefined };
  return UNKNOWN;
}

function shapeOfNew(node: ts.NewExpression): Shape {
  const name = isIdentifier(node.expression) ? node.expression.text : '';
  const element = node.typeArguments?.[0];
  switch (name) {
    case 'Set':
    case 'WeakSet':
      return { kind: 'set', element };
    case 'Map':
    case 'WeakMap':
      return { kind: 'map' };
    case 'Array':
      return { kind: 'array', element };
    case 'Promise':
      return { kind: 'promise', element };
    case 'String':
      return { kind: 'string' };
    default:
      return { kind: 'object' };
  }
}

function shapeOfCall(call: ts.CallExpression, file: TypeScriptFile, depth: number): Shape {
  const name = methodName(call);
  const receiver = receiverOf(call);
  if (name === undefined || receiver === undefined) return shapeOfPlainCall(call, file, depth);
  if (isIdentifier(receiver)) {
    const wellKnown = wellKnownStatic(receiver.text, name);
    if (wellKnown) return wellKnown;
  }
  if (name === 'split' || name === 'matchAll') return { kind: 'array' };
  if (ARRAY_METHODS.has(name)) return shapeOfArrayMethod(name, receiver, file, depth);
  if (STRING_METHODS.has(name)) return { kind: 'string' };
  if (NUMBER_METHODS.has(name)) return { kind: 'number' };
  if (SAME_KIND_METHODS.has(name)) return { ...inferShape(receiver, file, depth + 1), size: undefined };
  if (receiver.kind === Kind.ThisKeyword) return shapeOfReturn(thisMethod(call, name), file, depth);
  return UNKNOWN;
}

function wellKnownStatic(owner: string, method: string): Shape | undefined {
  if (owner === 'Object' && ['keys', 'values', 'entries', 'getOwnPropertyNames'].includes(method)) return { kind: 'array' };
  if (owner === 'Array' && ['from', 'of'].includes(method)) return { kind: 'array' };
  if (owner === 'JSON') return method === 'stringify' ? { kind: 'string' } : UNKNOWN;
  if (owner === 'Promise') return { kind: 'promise' };
  if (owner === 'Object' && method === 'fromEntries') return { kind: 'object' };
  if (owner === 'Math' || owner === 'Number' || owner === 'Date') return { kind: 'number' };
  return undefined;
}

function shapeOfArrayMethod(name: string, receiver: ts.Expression, file: TypeScriptFile, depth: number): Shape {
  const base = inferShape(receiver, file, depth + 1);
  if (base.kind === 'array') {
    const keepsElements = name === 'filter' || name === 'sort' || name === 'toSorted' || name === 'reverse' || name === 'toReversed';
    return { kind: 'array', element: keepsElements ? base.element : undefined, size: name === 'map' || keepsElements ? base.size : undefined };
  }
  // `map` and `filter` are also methods of observables, options and results, so an unknown receiver stays unknown.
  return UNKNOWN;
}

function shapeOfPlainCall(call: ts.CallExpression, file: TypeScriptFile, depth: number): Shape {
  const callee = unwrap(call.expression);
  if (!isIdentifier(callee)) return UNKNOWN;
  if (callee.text === 'String') return { kind: 'string' };
  if (callee.text === 'Number' || callee.text === 'parseInt' || callee.text === 'parseFloat') return { kind: 'number' };
  const declaration = file.scopes.resolve(callee)?.node;
  if (!declaration) return UNKNOWN;
  if (isFunction(declaration)) return shapeOfReturn(declaration, file, depth);
  if (isVariableDeclaration(declaration) && declaration.initializer) {
    const value = unwrap(declaration.initializer);
    if (isFunction(value)) return shapeOfReturn(value, file, depth);
  }
  return UNKNOWN;
}

function shapeOfReturn(declaration: ts.FunctionLikeDeclaration | undefined, file: TypeScriptFile, depth: number): Shape {
  if (!declaration) return UNKNOWN;
  if (declaration.type) return shapeOfType(declaration.type, file, depth + 1);
  return isAsync(declaration) ? { kind: 'promise' } : UNKNOWN;
}

function thisMethod(node: ts.Node, name: string): ts.MethodDeclaration | undefined {
  let at: ts.Node | undefined = enclosingFunction(node);
  while (at && !isClassLike(at)) at = at.parent;
  return (at as ts.ClassLikeDeclaration | undefined)?.members.find(
    (member): member is ts.MethodDeclaration => isMethodDeclaration(member) && nameText(member.name) === name,
  );
}

function awaited(shape: Shape, file: TypeScriptFile, depth: number): Shape {
  if (shape.kind !== 'promise') return shape;
  return shape.element ? shapeOfType(shape.element, file, depth + 1) : UNKNOWN;
}

function shapeOfBinary(node: ts.BinaryExpression, file: TypeScriptFile, depth: number): Shape {
  switch (node.operatorToken.kind) {
    case Kind.QuestionQuestionToken:
    case Kind.BarBarToken:
      return { ...firstKnown([node.left, node.right], file, depth), size: undefined };
    case Kind.PlusToken: {
      const left = inferShape(node.left, file, depth + 1);
      const right = inferShape(node.right, file, depth + 1);
      return left.kind === 'string' || right.kind === 'string' ? { kind: 'string' } : left.kind === 'number' ? left : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function firstKnown(expressions: readonly ts.Expression[], file: TypeScriptFile, depth: number): Shape {
  for (const expression of expressions) {
    const shape = inferShape(expression, file, depth + 1);
    if (shape.kind !== 'unknown') return shape;
  }
  return UNKNOWN;
}
