import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { loopsAround, type Loop } from './loops';
import { isAssignment, isFunction, isWithin, methodName, receiverOf, unwrap } from './nodes';
import { isChanged, isWritten, pathOf, writesIn } from './writes';

const Kind = ts.SyntaxKind;
const {
  forEachChild, isBindingElement, isComputedPropertyName, isIdentifier, isJsxAttribute, isMethodDeclaration, isParameter,
  isPropertyAccessExpression, isPropertyAssignment, isTypeNode, isVariableDeclaration,
} = ts;

/** Names of the language that are the same everywhere. */
const GLOBALS = new Set(['Object', 'Array', 'JSON', 'Math', 'Number', 'String', 'Boolean', 'Intl', 'Set', 'Map', 'RegExp', 'Date', 'undefined', 'NaN', 'Infinity', 'structuredClone', 'parseInt', 'parseFloat', 'isNaN', 'encodeURIComponent', 'decodeURIComponent']);
const PURE_OWNERS = new Set(['Object', 'Array', 'JSON', 'Math', 'Number', 'String', 'Intl']);
const PURE_FUNCTIONS = new Set(['String', 'Number', 'Boolean', 'parseInt', 'parseFloat', 'isNaN', 'structuredClone', 'encodeURIComponent', 'decodeURIComponent', 'RegExp', 'cloneDeep']);
const PURE_CLASSES = new Set(['Set', 'Map', 'RegExp', 'Array', 'DateTimeFormat', 'NumberFormat', 'Collator', 'PluralRules', 'RelativeTimeFormat', 'ListFormat', 'Segmenter', 'DisplayNames']);
/** Methods whose result depends on the receiver and the arguments alone. */
const PURE_METHODS = new Set([
  'map', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'reduce', 'reduceRight', 'flatMap', 'flat', 'includes',
  'indexOf', 'lastIndexOf', 'slice', 'concat', 'join', 'keys', 'values', 'entries', 'at', 'has', 'get', 'toSorted', 'toReversed', 'toSpliced',
  'with', 'split', 'trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'toLocaleLowerCase', 'toLocaleUpperCase', 'startsWith', 'endsWith',
  'replace', 'replaceAll', 'match', 'localeCompare', 'toString', 'substring', 'charAt', 'charCodeAt', 'codePointAt', 'padStart', 'padEnd', 'repeat',
  'normalize', 'toFixed', 'getTime', 'toISOString', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'hasOwnProperty', 'cloneDeep',
]);

/** What calling an unknown function with a value does to it: `may-change` is for fixes, `keeps` for what is only said. */
export type Passing = 'may-change' | 'keeps';

/**
 * Whether an expression has the same value in each round of a loop and evaluating it changes nothing: what it
 * reads was there before the loop, nothing in the loop may change it, and it calls only what is known to be pure.
 */
export function isInvariant(expression: ts.Node, loop: Loop, file: TypeScriptFile, passing: Passing = 'may-change'): boolean {
  const isStable = stability(loop, passing);
  const visit = (node: ts.Node): boolean => {
    if (isTypeNode(node)) return true;
    if (!isPureNode(node)) return false;
    if (isIdentifier(node)) return isStableName(node, expression, loop, isStable, file);
    if (isPropertyAccessExpression(node)) {
      const path = pathOf(node);
      if (path !== undefined && !isStable(path)) return false;
      return node.expression.kind === Kind.ThisKeyword || visit(node.expression);
    }
    if (isPropertyAssignment(node)) return (!isComputedPropertyName(node.name) || visit(node.name.expression)) && visit(node.initializer);
    return !forEachChild(node, (child) => !visit(child));
  };
  return visit(expression);
}

/** Whether evaluating the expression changes nothing and asks nobody but what is known to be pure. */
export function isPure(expression: ts.Node): boolean {
  return isTypeNode(expression) || (isPureNode(expression) && !forEachChild(expression, (child) => !isPure(child)));
}

/** The loops, from the inside out, in each of which an expression of the innermost is the same in every round. */
export function loopsWithSame(expression: ts.Node, place: ts.Node, file: TypeScriptFile, passing: Passing = 'may-change'): Loop[] {
  const same: Loop[] = [];
  for (const loop of loopsAround(place, file)) {
    if (!isInvariant(expression, loop, file, passing)) break;
    same.push(loop);
  }
  return same;
}

/**
 * Whether an expression reads something that a round of the loop brings along: its item, or what the body makes of it.
 * What `search`, a part of the body, declares for itself does not count.
 */
export function dependsOn(expression: ts.Node, loop: Loop, file: TypeScriptFile, search: ts.Node = expression): boolean {
  const { assigned } = writesIn(loop.node);
  const visit = (node: ts.Node): boolean => {
    if (isIdentifier(node) && !isNameOnly(node)) {
      const declaration = file.scopes.resolve(node)?.node;
      if (declaration && isWithin(declaration, loop.node) && !isWithin(declaration, search)) return true;
      if (declaration && assigned.has(node.text)) return true;
    }
    return forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(expression);
}

function stability(loop: Loop, passing: Passing): (path: string) => boolean {
  const writes = writesIn(loop.node);
  return passing === 'keeps' ? (path) => !isChanged(path, writes) : (path) => !isWritten(path, writes);
}

function isStableName(name: ts.Identifier, expression: ts.Node, loop: Loop, isStable: (path: string) => boolean, file: TypeScriptFile): boolean {
  if (isNameOnly(name)) return true;
  const declaration = file.scopes.resolve(name)?.node;
  if (!declaration) return GLOBALS.has(name.text);
  if (isWithin(declaration, expression)) return true;
  return !isWithin(declaration, loop.node) && isStable(name.text);
}

/** The name of a property or of what is declared here: no value is read under it. */
function isNameOnly(name: ts.Identifier): boolean {
  const { parent } = name;
  if (isPropertyAccessExpression(parent) || isPropertyAssignment(parent) || isParameter(parent) || isVariableDeclaration(parent)) return parent.name === name;
  if (isBindingElement(parent)) return parent.name === name || parent.propertyName === name;
  return isJsxAttribute(parent) || isMethodDeclaration(parent);
}

function isPureNode(node: ts.Node): boolean {
  if (isAssignment(node)) return false;
  if (isFunction(node)) return node.kind === Kind.ArrowFunction || node.kind === Kind.FunctionExpression;
  switch (node.kind) {
    case Kind.AwaitExpression:
    case Kind.YieldExpression:
    case Kind.DeleteExpression:
    case Kind.PostfixUnaryExpression:
    case Kind.ThrowStatement:
    case Kind.TaggedTemplateExpression:
    case Kind.ThisKeyword:
    case Kind.JsxElement:
    case Kind.JsxSelfClosingElement:
    case Kind.JsxFragment:
      return false;
    case Kind.PrefixUnaryExpression: {
      const { operator } = node as ts.PrefixUnaryExpression;
      return operator !== Kind.PlusPlusToken && operator !== Kind.MinusMinusToken;
    }
    case Kind.CallExpression:
      return isPureCall(node as ts.CallExpression);
    case Kind.NewExpression:
      return isPureNew(node as ts.NewExpression);
    default:
      return true;
  }
}

/** A call of the language's own functions whose result depends on the receiver and the arguments alone. */
export function isPureCall(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee)) return PURE_FUNCTIONS.has(callee.text);
  const name = methodName(call);
  const receiver = receiverOf(call);
  if (name === undefined || !receiver) return false;
  if (isIdentifier(receiver) && PURE_OWNERS.has(receiver.text)) return name !== 'random' && name !== 'assign' && !/^(?:define|set|prevent|freeze|seal)/.test(name);
  return PURE_METHODS.has(name);
}

function isPureNew(node: ts.NewExpression): boolean {
  const callee = unwrap(node.expression);
  const name = isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : '';
  // `new Date()` is another one each time, `new Date(text)` is not.
  return PURE_CLASSES.has(name) || (name === 'Date' && (node.arguments?.length ?? 0) > 0);
}
