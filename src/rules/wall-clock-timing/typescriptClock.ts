import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isAssignment, methodName, receiverOf, unwrap } from '../../syntax/typescript/nodes';
import type { Declaration } from '../../syntax/typescript/scopes';

const {
  isBinaryExpression, isCallExpression, isIdentifier, isNewExpression, isParenthesizedExpression, isPostfixUnaryExpression,
  isPrefixUnaryExpression, isPropertyAccessExpression, isVariableDeclaration,
} = ts;

/** Libraries whose plain call makes "now". */
const DATE_LIBRARIES: ReadonlySet<string> = new Set(['dayjs', 'moment', 'moment-timezone']);

/** How a reader names the clock that an expression reads: "Date.now()", "new Date()"; undefined where it reads none. */
export function clockOf(expression: ts.Expression, file: TypeScriptFile): string | undefined {
  const node = unwrap(expression);
  if (isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusToken) return dateOf(node.operand, file);
  if (!isCallExpression(node)) return dateOf(node, file);
  const receiver = receiverOf(node);
  const name = methodName(node);
  if (receiver === undefined || node.arguments.length > 0) return undefined;
  if (name === 'now') return isIdentifier(receiver) && receiver.text === 'Date' && !file.scopes.resolve(receiver) ? 'Date.now()' : undefined;
  return name === 'getTime' || name === 'valueOf' ? (dateOf(receiver, file) ?? libraryDate(receiver, file)) : undefined;
}

function dateOf(expression: ts.Expression, file: TypeScriptFile): string | undefined {
  const node = unwrap(expression);
  if (!isNewExpression(node) || (node.arguments?.length ?? 0) > 0 || !isIdentifier(node.expression)) return undefined;
  return node.expression.text === 'Date' && !file.scopes.resolve(node.expression) ? 'new Date()' : undefined;
}

/** `dayjs().valueOf()` */
function libraryDate(receiver: ts.Expression, file: TypeScriptFile): string | undefined {
  if (!isCallExpression(receiver) || receiver.arguments.length > 0 || !isIdentifier(receiver.expression)) return undefined;
  const { text } = receiver.expression;
  return DATE_LIBRARIES.has(file.imports.get(text)?.module ?? '') ? `${text}()` : undefined;
}

/** A variable that holds one reading of the clock and no other. */
export interface Timer {
  readonly declaration: Declaration;
  readonly reading: ts.Expression;
  readonly clock: string;
}

/** The timer behind `start`, `+start`, `start.getTime()`. */
export function timerOf(expression: ts.Expression, file: TypeScriptFile): Timer | undefined {
  const name = timerName(expression);
  const declaration = name && file.scopes.resolve(name);
  if (!declaration || !isVariableDeclaration(declaration.node) || !declaration.node.initializer) return undefined;
  const reading = declaration.node.initializer;
  const clock = clockOf(reading, file);
  if (clock === undefined || file.uses.of(declaration).some(isWritten)) return undefined;
  return { declaration, reading, clock };
}

function timerName(expression: ts.Expression): ts.Identifier | undefined {
  let node = unwrap(expression);
  if (isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusToken) node = unwrap(node.operand);
  else if (isCallExpression(node) && /^(?:getTime|valueOf)$/.test(methodName(node) ?? '')) node = receiverOf(node)!;
  return isIdentifier(node) ? node : undefined;
}

function isWritten(use: ts.Identifier): boolean {
  const { parent } = use;
  return (isAssignment(parent) && parent.left === use) || isPostfixUnaryExpression(parent);
}

/** The subtraction that a use is one side of, itself or as `+use` or `use.getTime()`. */
export function differenceAround(use: ts.Identifier): ts.BinaryExpression | undefined {
  let at: ts.Node = use;
  while (isPrefixUnaryExpression(at.parent) || isParenthesizedExpression(at.parent) || isReading(at)) at = at.parent;
  const { parent } = at;
  return isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.MinusToken ? parent : undefined;
}

function isReading({ parent }: ts.Node): boolean {
  if (isPropertyAccessExpression(parent)) return /^(?:getTime|valueOf)$/.test(parent.name.text);
  return isCallExpression(parent) && isPropertyAccessExpression(parent.expression) && parent.arguments.length === 0;
}

/** Objects that live as long as one request or call. */
const CARRIERS = /^(?:req|request|res|response|reply|ctx|context|c|config|meta|metadata|locals|state|span|job|event)$/i;
const BEGINNINGS = /start|begin|began|timer|received|^t0$/i;

/** The clock behind `req.startTime`, where some hook of this file puts a reading. */
export function carriedClock(expression: ts.Expression, file: TypeScriptFile): string | undefined {
  const node = unwrap(expression);
  if (!isPropertyAccessExpression(node) || !BEGINNINGS.test(node.name.text)) return undefined;
  const owner = unwrap(node.expression);
  const name = isIdentifier(owner) ? owner.text : isPropertyAccessExpression(owner) ? owner.name.text : '';
  if (!CARRIERS.test(name)) return undefined;
  const values = file.uses.properties(node.name.text).flatMap((use) => (isAssignment(use.parent) && use.parent.left === use ? [use.parent.right] : []));
  const clocks = values.map((value) => clockOf(value, file));
  return clocks.every((clock) => clock !== undefined) ? clocks[0] : undefined;
}
