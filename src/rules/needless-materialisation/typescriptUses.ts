import { ts } from 'ts-morph';
import { unwrap } from '../../syntax/typescript/nodes';

const Kind = ts.SyntaxKind;

/** The expression with the parentheses and assertions around it. */
export function outer(expression: ts.Expression): ts.Expression {
  let at: ts.Expression = expression;
  while (ts.isParenthesizedExpression(at.parent) || ts.isNonNullExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent;
  return at;
}

/** Whether `list.length` is asked for more than none, or for none, and the expression that asks. */
export function emptinessOf(list: ts.Expression): { readonly node: ts.Node; readonly isFilled: boolean } | undefined {
  const access = outer(list).parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'length') return undefined;
  const { parent } = access;
  if (ts.isBinaryExpression(parent) && parent.left === access) {
    const comparison = `${parent.operatorToken.getText()} ${parent.right.getText()}`;
    if (/^(?:>|!==?) 0$|^>= 1$/.test(comparison)) return { node: parent, isFilled: true };
    if (/^={2,3} 0$|^< 1$/.test(comparison)) return { node: parent, isFilled: false };
  }
  return isCondition(access) ? { node: access, isFilled: true } : undefined;
}

/** Where only true or false counts: `if (n)`, `!n`, `n ? a : b`, also as a part of such a condition. */
function isCondition(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isCondition(parent);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === Kind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  const isLogical = ts.isBinaryExpression(parent) && (parent.operatorToken.kind === Kind.AmpersandAmpersandToken || parent.operatorToken.kind === Kind.BarBarToken);
  return isLogical && isCondition(parent);
}

/** The first item of a list that is asked for nothing else. */
export interface Taken {
  readonly node: ts.Node;
  /** What to write in the node's place, given the expression that finds the item. */
  readonly rewrites?: (found: string) => string;
  /** The code already handles that there may be none, or is not typed. */
  readonly mayBeMissing: boolean;
}

/** `list[0]`, `list.at(0)`, `list.shift()`, `const [first] = list`. */
export function takenBy(list: ts.Expression): Taken | undefined {
  const at = outer(list);
  const { parent } = at;
  if (ts.isElementAccessExpression(parent) && parent.expression === at) {
    return parent.argumentExpression.getText() === '0' && !isWritten(parent) ? { node: parent, rewrites: (found) => found, mayBeMissing: isHandled(parent) } : undefined;
  }
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent) {
    const call = parent.parent;
    const isFirst = (parent.name.text === 'at' && call.arguments[0]?.getText() === '0') || (parent.name.text === 'shift' && call.arguments.length === 0);
    // Both give undefined where there is none, for the compiler, too.
    return isFirst ? { node: call, rewrites: (found) => found, mayBeMissing: true } : undefined;
  }
  return ts.isVariableDeclaration(parent) && unwrap(parent.initializer!) === list ? boundFirst(parent) : undefined;
}

/** Of a pattern with one plain name the fix takes the brackets off. */
function boundFirst(declaration: ts.VariableDeclaration): Taken | undefined {
  const { name } = declaration;
  const [only] = ts.isArrayBindingPattern(name) && name.elements.length === 1 ? name.elements : [];
  if (!only || !ts.isBindingElement(only) || only.dotDotDotToken) return undefined;
  const isPlain = ts.isIdentifier(only.name) && !only.initializer && !declaration.type;
  return { node: declaration, rewrites: isPlain ? (found) => `${only.name.getText()} = ${found}` : undefined, mayBeMissing: false };
}

function isWritten(access: ts.ElementAccessExpression): boolean {
  const { parent } = access;
  return ts.isDeleteExpression(parent) || (ts.isBinaryExpression(parent) && parent.left === access && parent.operatorToken.kind === Kind.EqualsToken);
}

/** Followed by `!`, `?.` or `??`. */
function isHandled({ parent }: ts.Node): boolean {
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === Kind.QuestionQuestionToken || parent.operatorToken.kind === Kind.BarBarToken;
  return ts.isNonNullExpression(parent) || (ts.isPropertyAccessExpression(parent) && parent.questionDotToken !== undefined);
}
