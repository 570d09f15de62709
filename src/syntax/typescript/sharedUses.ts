import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { isAssignment } from './nodes';

const {
  isAsExpression, isBinaryExpression, isCallExpression, isDeleteExpression, isElementAccessExpression, isExpressionStatement,
  isForInStatement, isForOfStatement, isNonNullExpression, isParenthesizedExpression, isPropertyAccessExpression, isSpreadAssignment,
  isSpreadElement, isTypeOfExpression,
} = ts;

const Kind = ts.SyntaxKind;

/** One place that puts something into a collection. */
export interface Addition {
  /** The call or the assignment. */
  readonly node: ts.CallExpression | ts.BinaryExpression;
  /** Under which key; none for lists, the value itself for sets. */
  readonly key?: ts.Expression;
  readonly value?: ts.Expression;
}

/** What one use of a collection does with it. */
export type UseRole =
  | { readonly kind: 'addition'; readonly addition: Addition }
  | { readonly kind: 'removal' }
  | { readonly kind: 'read' }
  | { readonly kind: 'escape' };

const REMOVING = /^(?:delete|clear|splice|pop|shift|evict|prune|reset)$/;
/** Functions that only look at what they are given. */
const READERS = /^(?:Object\.(?:keys|values|entries|fromEntries|freeze|hasOwn)|Array\.(?:from|isArray)|JSON\.stringify|console\.\w+|Math\.\w+|structuredClone|String|Boolean|new Map|new Set)$/;
const COMPARISONS = new Set([Kind.LessThanToken, Kind.LessThanEqualsToken, Kind.GreaterThanToken, Kind.GreaterThanEqualsToken]);

const READ: UseRole = { kind: 'read' };
const REMOVAL: UseRole = { kind: 'removal' };
const ESCAPE: UseRole = { kind: 'escape' };

export function roleOf(use: ts.Expression, file: TypeScriptFile): UseRole {
  let at: ts.Expression = use;
  while (isParenthesizedExpression(at.parent) || isNonNullExpression(at.parent) || isAsExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (isPropertyAccessExpression(parent) && parent.expression === at) return roleOfMember(parent);
  if (isElementAccessExpression(parent) && parent.expression === at) return roleOfElement(parent);
  if (isAssignment(parent)) return parent.left === at ? roleOfReplacement(parent) : ESCAPE;
  if (isCallExpression(parent)) return roleOfArgument(parent, at, file);
  if (isBinaryExpression(parent)) return READ;
  switch (parent.kind) {
    case Kind.NewExpression:
    case Kind.PrefixUnaryExpression:
    case Kind.IfStatement:
    case Kind.TemplateSpan:
    case Kind.ExportSpecifier:
      return READ;
    default:
      return isForOfStatement(parent) || isForInStatement(parent) || isSpreadElement(parent) || isSpreadAssignment(parent) || isTypeOfExpression(parent) ? READ : ESCAPE;
  }
}

/** `x.set(…)`, `x.delete(…)`, `x.size`, `x.name = …` */
function roleOfMember(member: ts.PropertyAccessExpression): UseRole {
  const { parent } = member;
  const name = member.name.text;
  if (name === 'size' || name === 'length') return roleOfSize(member);
  if (isCallExpression(parent) && parent.expression === member) {
    const [first, second] = parent.arguments;
    if (name === 'set') return { kind: 'addition', addition: { node: parent, key: first, value: second } };
    if (name === 'add') return { kind: 'addition', addition: { node: parent, key: first, value: first } };
    if (name === 'push' || name === 'unshift') return { kind: 'addition', addition: { node: parent, value: first } };
    return REMOVING.test(name) ? REMOVAL : READ;
  }
  if (isDeleteExpression(parent)) return REMOVAL;
  return READ;
}

/** Looking at the size in a comparison is how a bound is kept; `length = 0` empties a list. */
function roleOfSize(member: ts.PropertyAccessExpression): UseRole {
  const { parent } = member;
  if (isAssignment(parent) && parent.left === member) return REMOVAL;
  return isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind as ts.SyntaxKind.LessThanToken) && parent.right.getText() !== '0' ? REMOVAL : READ;
}

function roleOfElement(element: ts.ElementAccessExpression): UseRole {
  const { parent } = element;
  if (isAssignment(parent) && parent.left === element) {
    return { kind: 'addition', addition: { node: parent, key: element.argumentExpression, value: parent.right } };
  }
  return isDeleteExpression(parent) ? REMOVAL : READ;
}

/** `cache = new Map()` in a function begins anew; `list = [...list, x]` adds. */
function roleOfReplacement(assignment: ts.BinaryExpression): UseRole {
  const name = assignment.left.getText();
  const isOwn = assignment.operatorToken.kind === Kind.EqualsToken && new RegExp(`\\.\\.\\.${name.replace(/[$.]/g, '\\$&')}\\b`).test(assignment.right.getText());
  return isOwn ? { kind: 'addition', addition: { node: assignment } } : REMOVAL;
}

/** `Object.keys(x)` looks at it; `Object.assign(x, more)` adds to it; whatever else is called may do anything. */
function roleOfArgument(call: ts.CallExpression, at: ts.Expression, file: TypeScriptFile): UseRole {
  const callee = call.expression.getText(file.source);
  if (callee === 'Object.assign' && call.arguments[0] === at) {
    return isExpressionStatement(call.parent) ? { kind: 'addition', addition: { node: call, value: call.arguments[1] } } : ESCAPE;
  }
  if (callee === 'Object.keys' && isSizeComparison(call)) return REMOVAL;
  return READERS.test(callee) ? READ : ESCAPE;
}

/** `Object.keys(cache).length > 100` */
function isSizeComparison(call: ts.CallExpression): boolean {
  return isPropertyAccessExpression(call.parent) && call.parent.name.text === 'length' && roleOfSize(call.parent).kind === 'removal';
}
