import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, methodName, receiverOf, unwrap, walk } from '../../syntax/typescript/nodes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

const Kind = ts.SyntaxKind;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [Kind.BinaryExpression],

  find(node, file): Match<Facts> | undefined {
    const difference = node as ts.BinaryExpression;
    if (difference.operatorToken.kind !== Kind.MinusToken || !isWallClock(difference.left, file) || isDeadline(difference)) return undefined;
    const timing = timingOf(difference, file);
    // One beginning is one finding, however many durations are taken from it.
    if (timing?.differences[0] !== difference) return undefined;
    return {
      span: file.span(difference),
      facts: { clock: unwrap(difference.left).getText(), variable: timing.name, instead: 'performance.now()' },
    };
  },

  fix: (_match, node, file) => readMonotonic(node as ts.BinaryExpression, file),
};

/** A variable of this function that holds the beginning, and every duration that is taken from it. */
interface Timing {
  readonly name: string;
  readonly declaration: ts.VariableDeclaration;
  readonly differences: readonly ts.BinaryExpression[];
}

/** undefined where the beginning is anything but a reading of a function that only durations are taken from. */
function timingOf(difference: ts.BinaryExpression, file: TypeScriptFile): Timing | undefined {
  const start = unwrap(difference.right);
  const declaration = ts.isIdentifier(start) ? file.scopes.resolve(start)?.node : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const isConstant = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  const owner = enclosingFunction(declaration);
  if (!isConstant || !owner || !declaration.initializer || !isWallClock(declaration.initializer, file)) return undefined;
  const differences: ts.BinaryExpression[] = [];
  let isPointInTime = false;
  const { name } = declaration;
  walk(owner, (at) => {
    if (!ts.isIdentifier(at) || at.text !== name.text || at === name || isPropertyName(at)) return;
    const { parent } = at;
    const isDuration = ts.isBinaryExpression(parent) && parent.right === at && parent.operatorToken.kind === Kind.MinusToken && isWallClock(parent.left, file);
    if (isDuration) differences.push(parent);
    else isPointInTime = true;
  });
  return isPointInTime ? undefined : { name: name.text, declaration, differences };
}

function isPropertyName(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  return (ts.isPropertyAccessExpression(parent) && parent.name === identifier) || (ts.isPropertyAssignment(parent) && parent.name === identifier);
}

/** `Date.now()`, `new Date().getTime()`, `+new Date()`, `new Date()`. */
function isWallClock(expression: ts.Expression, file: TypeScriptFile): boolean {
  const node = unwrap(expression);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === Kind.PlusToken && isNewDate(node.operand, file);
  if (!ts.isCallExpression(node)) return isNewDate(node, file);
  const name = methodName(node);
  const receiver = receiverOf(node);
  if (!receiver || node.arguments.length > 0) return false;
  return name === 'now' ? isDate(receiver, file) : (name === 'getTime' || name === 'valueOf') && isNewDate(receiver, file);
}

function isNewDate(expression: ts.Expression, file: TypeScriptFile): boolean {
  const node = unwrap(expression);
  return ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0 && isDate(node.expression, file);
}

function isDate(expression: ts.Expression, file: TypeScriptFile): boolean {
  return ts.isIdentifier(expression) && expression.text === 'Date' && !file.scopes.resolve(expression);
}

/** `while (Date.now() - started < limit)` waits until a point in time; nobody reads how long it took. */
function isDeadline(difference: ts.BinaryExpression): boolean {
  let at: ts.Node = difference;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (!ts.isBinaryExpression(parent)) return false;
  switch (parent.operatorToken.kind) {
    case Kind.LessThanToken:
    case Kind.LessThanEqualsToken:
    case Kind.GreaterThanToken:
    case Kind.GreaterThanEqualsToken:
      return true;
    default:
      return false;
  }
}

/** Both readings of every duration come from the monotonic clock; rounded, because whoever prints them expects whole milliseconds. */
function readMonotonic(difference: ts.BinaryExpression, file: TypeScriptFile): Fix | undefined {
  const timing = timingOf(difference, file);
  if (!timing || declaresPerformance(file)) return undefined;
  return {
    title: 'Take the duration with performance.now()',
    kind: 'safe',
    edits: [
      { ...file.span(timing.declaration.initializer!), newText: 'performance.now()' },
      ...timing.differences.map((each) => ({ ...file.span(each), newText: `Math.round(performance.now() - ${timing.name})` })),
    ],
  };
}

/** A name of the file's own would be called instead of the global one. */
function declaresPerformance(file: TypeScriptFile): boolean {
  const imported = file.imports.get('performance');
  if (imported) return !/^(?:node:)?perf_hooks$/.test(imported.module);
  return /(?:\b(?:const|let|var|function)\s+|[({,]\s*)performance\b(?!\s*\.)/.test(file.text);
}
