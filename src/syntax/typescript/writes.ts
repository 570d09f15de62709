import { ts } from 'ts-morph';
import { calledName, isAssignment, methodName, receiverOf, unwrap, walk } from './nodes';

const Kind = ts.SyntaxKind;
const {
  isArrayLiteralExpression, isCallExpression, isDeleteExpression, isElementAccessExpression, isForInStatement,
  isForOfStatement, isIdentifier, isNewExpression, isObjectLiteralExpression, isPostfixUnaryExpression,
  isPrefixUnaryExpression, isPropertyAccessExpression, isPropertyAssignment, isShorthandPropertyAssignment,
  isSpreadAssignment, isSpreadElement, isVariableDeclarationList,
} = ts;

/** What a stretch of code does to names and paths ("list", "this.items"), as they are written. */
export interface Writes {
  /** Those that get another value. */
  readonly assigned: ReadonlySet<string>;
  /** Those whose value is changed in place. */
  readonly mutated: ReadonlySet<string>;
  /** Those handed to a function or asked by a method that this file knows nothing of, which may change them. */
  readonly passed: ReadonlySet<string>;
}

const MUTATORS = new Set([
  'push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin', 'add', 'set', 'delete', 'clear', 'append',
]);

/** Methods of the language's own values that leave the receiver and the arguments as they are. */
export const READING_METHODS = new Set([
  'map', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'forEach', 'reduce', 'reduceRight', 'flatMap', 'flat',
  'includes', 'indexOf', 'lastIndexOf', 'slice', 'concat', 'join', 'keys', 'values', 'entries', 'at', 'has', 'get', 'toSorted', 'toReversed',
  'toSpliced', 'with', 'split', 'trim', 'toLowerCase', 'toUpperCase', 'startsWith', 'endsWith', 'replace', 'replaceAll', 'match', 'matchAll',
  'test', 'localeCompare', 'toString', 'substring', 'charAt', 'charCodeAt', 'padStart', 'padEnd', 'repeat', 'normalize', 'getTime', 'toISOString',
  'hasOwnProperty', 'push', 'unshift', 'add', 'set', 'log', 'warn', 'error', 'info', 'debug',
]);

const READING_OWNERS = new Set(['Object', 'Array', 'Math', 'JSON', 'Number', 'String', 'Reflect', 'console', 'Promise', 'Intl', 'Date']);

/** Functions that read their arguments and keep none of them. */
const READING_FUNCTIONS = new Set(['structuredClone', 'cloneDeep', 'String', 'Number', 'Boolean', 'parseInt', 'parseFloat', 'isNaN', 'encodeURIComponent', 'decodeURIComponent']);

const KNOWN = new WeakMap<ts.Node, Writes>();

/** What the code below a node writes; asked often for the same loop, so it is kept with the node. */
export function writesIn(node: ts.Node): Writes {
  let writes = KNOWN.get(node);
  if (!writes) KNOWN.set(node, (writes = readWrites(node)));
  return writes;
}

/** Whether a name or path, something it leads to, or something on the way to it may be written. */
export function isWritten(path: string, { assigned, mutated, passed }: Writes): boolean {
  return isAmong(path, assigned) || isAmong(path, mutated) || isAmong(path, passed);
}

/** Whether the value behind the path is surely another or changed: what is only handed on may stay as it is. */
export function isChanged(path: string, { assigned, mutated }: Writes): boolean {
  return isAmong(path, assigned) || isAmong(path, mutated);
}

function isAmong(path: string, paths: ReadonlySet<string>): boolean {
  if (paths.size === 0) return false;
  if (paths.has(path)) return true;
  for (const written of paths) {
    if (path.startsWith(`${written}.`) || written.startsWith(`${path}.`)) return true;
  }
  return false;
}

/** "a.b" for names, `this` and property paths; undefined for anything that is computed. */
export function pathOf(expression: ts.Expression): string | undefined {
  const node = unwrap(expression);
  if (isIdentifier(node)) return node.text;
  if (node.kind === Kind.ThisKeyword) return 'this';
  if (!isPropertyAccessExpression(node)) return undefined;
  const owner = pathOf(node.expression);
  return owner && `${owner}.${node.name.text}`;
}

function readWrites(root: ts.Node): Writes {
  const assigned = new Set<string>();
  const mutated = new Set<string>();
  const passed = new Set<string>();
  const assign = (target: ts.Expression): void => {
    const node = unwrap(target);
    if (isArrayLiteralExpression(node)) node.elements.forEach((element) => assign(isSpreadElement(element) ? element.expression : element));
    else if (isObjectLiteralExpression(node)) node.properties.forEach((property) => assignProperty(property));
    else if (isElementAccessExpression(node)) note(mutated, node.expression);
    else if (isAssignment(node)) assign(node.left);
    else note(assigned, node);
  };
  const assignProperty = (property: ts.ObjectLiteralElementLike): void => {
    if (isShorthandPropertyAssignment(property)) assign(property.name);
    else if (isPropertyAssignment(property)) assign(property.initializer);
    else if (isSpreadAssignment(property)) assign(property.expression);
  };
  walk(root, (node) => {
    if (isAssignment(node)) assign(node.left);
    else if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) {
      if (node.operator === Kind.PlusPlusToken || node.operator === Kind.MinusMinusToken) assign(node.operand);
    } else if (isDeleteExpression(node)) assign(node.expression);
    else if ((isForOfStatement(node) || isForInStatement(node)) && !isVariableDeclarationList(node.initializer)) assign(node.initializer);
    else if (isCallExpression(node)) readCall(node, mutated, passed);
    else if (isNewExpression(node)) readNew(node, passed);
  });
  return { assigned, mutated, passed };
}

function readCall(call: ts.CallExpression, mutated: Set<string>, passed: Set<string>): void {
  const name = methodName(call);
  const receiver = receiverOf(call);
  if (READING_FUNCTIONS.has(calledName(call) ?? '')) return;
  if (name !== undefined && receiver) {
    if (isIdentifier(receiver) && READING_OWNERS.has(receiver.text)) {
      if (name === 'assign' || name.startsWith('define') || name === 'setPrototypeOf') call.arguments.slice(0, 1).forEach((target) => note(mutated, target));
      return;
    }
    if (MUTATORS.has(name)) note(mutated, receiver);
    if (READING_METHODS.has(name)) return;
    note(passed, receiver);
  }
  call.arguments.forEach((argument) => noteArgument(passed, argument));
}

/** Classes of the language, which read what they are given; another class may keep and change it. */
const READING_CLASSES = /^(?:Set|Map|WeakMap|WeakSet|Array|RegExp|Date|Error|\w+Error|URL|Intl\.\w+)$/;

function readNew(node: ts.NewExpression, passed: Set<string>): void {
  if (READING_CLASSES.test(node.expression.getText())) return;
  node.arguments?.forEach((argument) => noteArgument(passed, argument));
}

function noteArgument(passed: Set<string>, argument: ts.Expression): void {
  const node = unwrap(isSpreadElement(argument) ? argument.expression : argument);
  if (isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      if (isShorthandPropertyAssignment(property)) note(passed, property.name);
      else if (isPropertyAssignment(property)) noteArgument(passed, property.initializer);
    }
  } else if (isArrayLiteralExpression(node)) node.elements.forEach((element) => noteArgument(passed, element));
  else note(passed, node);
}

function note(paths: Set<string>, expression: ts.Expression): void {
  const path = pathOf(expression);
  if (path !== undefined && path !== 'this') paths.add(path);
}
