import { ts } from 'ts-morph';
import { isFewByNature } from '../cardinality';
import type { TypeScriptFile } from './file';
import { isInvariant } from './invariance';
import type { Loop } from './loops';
import { isAssignment, isFunction, some, unwrap, walk } from './nodes';
import { READING_METHODS } from './writes';

const Kind = ts.SyntaxKind;

/** Fewer rounds repeat little. */
const SMALL = 20;

/** Whether a loop has so many rounds that what is the same in each of them is worth a name. */
export function isManyRounds(loop: Loop): boolean {
  if (loop.kind === 'while' || isShort(loop.size) || isFewByNature(loop.label) || isConstantTable(loop.label)) return false;
  // The parts of one text are few, and a round that waits costs more than what is computed again.
  return !/\bsplit\(/.test(loop.collection?.getText() ?? '') && !some(loop.body, ts.isAwaitExpression);
}

export function isShort(size: number | undefined): boolean {
  return size !== undefined && size < SMALL;
}

/** What is written in capitals is a table of constants, as long as somebody cared to type. */
export function isConstantTable(name: string): boolean {
  return /^_?[A-Z][A-Z0-9_]+$/.test(name);
}

/** Whether the call runs in every round of the loop on its ordinary way: not under a condition, nor on the way to an error. */
export function runsEachRound(call: ts.Node, loop: Loop, file: TypeScriptFile): boolean {
  for (let at = call; at !== loop.body && at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isThrowStatement(parent) || ts.isCatchClause(parent) || ts.isCaseOrDefaultClause(parent)) return false;
    const condition = conditionOf(parent, at);
    if (condition && !isInvariant(condition, loop, file, 'keeps')) return false;
    if (ts.isBlock(parent) && comesAfterExit(at, parent)) return false;
  }
  return true;
}

function conditionOf(parent: ts.Node, child: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(parent)) return parent.expression === child ? undefined : parent.expression;
  if (ts.isConditionalExpression(parent)) return parent.condition === child ? undefined : parent.condition;
  const isShortCut = ts.isBinaryExpression(parent) && parent.right === child && [Kind.AmpersandAmpersandToken, Kind.BarBarToken, Kind.QuestionQuestionToken].includes(parent.operatorToken.kind);
  return isShortCut ? parent.left : undefined;
}

/** `if (…) continue;` above it: many rounds may end before. */
function comesAfterExit(statement: ts.Node, block: ts.Block): boolean {
  return block.statements.slice(0, block.statements.indexOf(statement as ts.Statement)).some((before) => {
    if (!ts.isIfStatement(before)) return false;
    const then = before.thenStatement;
    const last = ts.isBlock(then) ? then.statements[then.statements.length - 1] : then;
    return last !== undefined && (ts.isReturnStatement(last) || ts.isContinueStatement(last) || ts.isBreakStatement(last) || ts.isThrowStatement(last));
  });
}

/** Whether a new collection is only read in the round that makes it, so that all rounds could read the same one. */
export function isOnlyRead(value: ts.Expression): boolean {
  let at: ts.Node = value;
  while (ts.isNonNullExpression(at.parent) || ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isVariableDeclaration(parent)) return isConst(parent) && ts.isIdentifier(parent.name) && isReadEverywhere(parent.name);
  return isRead(at as ts.Expression);
}

/** Whether the place where a collection stands leaves it as it is. */
export function isRead(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return !isCalled(parent) || READING_METHODS.has(parent.name.text);
  if (ts.isElementAccessExpression(parent)) return parent.expression === node && !(isAssignment(parent.parent) && parent.parent.left === parent);
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind < Kind.FirstAssignment || parent.operatorToken.kind > Kind.LastAssignment;
  return ts.isSpreadElement(parent) || ts.isForOfStatement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isTemplateSpan(parent);
}

function isCalled(access: ts.PropertyAccessExpression): boolean {
  return ts.isCallExpression(access.parent) && unwrap(access.parent.expression) === access;
}

function isConst(declaration: ts.VariableDeclaration): boolean {
  return (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
}

function isReadEverywhere(name: ts.Identifier): boolean {
  let at: ts.Node = name;
  while (!ts.isBlock(at) && !ts.isSourceFile(at) && !isFunction(at)) at = at.parent;
  let isReadOnly = true;
  walk(at, (node) => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && !isNameOfProperty(node) && !isRead(node)) isReadOnly = false;
  });
  return isReadOnly;
}

function isNameOfProperty({ parent }: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent) && ts.isIdentifier(parent.name) && parent.expression.kind !== Kind.Identifier;
}
