import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isAssignment, isFunction, isInlineFunction, methodName, nameText, receiverOf } from '../../syntax/typescript/nodes';
import { isDurationName, isLimitName, isOtherDifference } from './words';

const Kind = ts.SyntaxKind;
const {
  isArrowFunction, isBinaryExpression, isCallExpression, isConditionalExpression, isIdentifier, isParenthesizedExpression, isPropertyAccessExpression,
  isPropertyAssignment, isReturnStatement, isTemplateSpan, isVariableDeclaration,
} = ts;

/** Callbacks that run when the work is over. */
const ENDINGS = /^(?:then|catch|finally|on|once|tap|finalize|subscribe|addListener|onFinished|callback|cb)$/;
const ENDING_NAMES = /end|finish|done|stop|complete|close|log|report|record|elapsed|duration|measure|took|flush|respond|resolve|callback|cb$/i;
const ROUNDING = /^(?:round|floor|ceil|trunc|abs|max)$/;
const WAITING = /^(?:setTimeout|setInterval|sleep|delay|wait|min|Date)$/;

/** Whether the reading at the end belongs to the run of code that took the one at the beginning. */
export function isSameRun(end: ts.Node, start: ts.Node): boolean {
  for (let at: ts.Node = end; at.parent; at = at.parent) {
    if (at.pos <= start.pos && at.end >= start.end) return true;
    if (isFunction(at) && !endsWork(at)) return false;
  }
  return false;
}

function endsWork(node: ts.FunctionLikeDeclaration): boolean {
  const { parent } = node;
  if (isInlineFunction(node) && isCallExpression(parent) && parent.expression !== node) {
    const name = methodName(parent) ?? (isIdentifier(parent.expression) ? parent.expression.text : '');
    return ENDINGS.test(name);
  }
  if (isPropertyAssignment(parent) || isVariableDeclaration(parent)) return ENDING_NAMES.test(nameText(parent.name) ?? '');
  if (isAssignment(parent)) return ENDING_NAMES.test(parent.left.getText());
  return node.name !== undefined && ENDING_NAMES.test(nameText(node.name as ts.PropertyName) ?? '');
}

/** `while (Date.now() - start < timeout)` */
export function isDeadline(difference: ts.Expression): boolean {
  let at: ts.Node = difference.parent;
  while (isParenthesizedExpression(at)) at = at.parent;
  return isBinaryExpression(at) && /^[<>]=?$/.test(at.operatorToken.getText()) && isLimitName(at.getText());
}

/** Whether a difference is told to somebody as a duration; one that is only compared with a limit is a deadline. */
export function isReported(difference: ts.Expression, file: TypeScriptFile): boolean {
  let at: ts.Node = difference;
  for (;;) {
    const { parent }: ts.Node = at;
    if (isTemplateSpan(parent)) return true;
    if (isReturnStatement(parent) || (isArrowFunction(parent) && parent.body === at)) return true;
    if (isPropertyAssignment(parent)) return !isOtherDifference(nameText(parent.name) ?? '');
    if (isVariableDeclaration(parent)) return isIdentifier(parent.name) && isToldUnder(parent.name, parent, file);
    if (isAssignment(parent)) return parent.right === at && isDurationName(lastName(parent.left));
    if (isBinaryExpression(parent)) {
      if (!passesOn(parent, at)) return false;
    } else if (isCallExpression(parent) && parent.expression !== at) {
      if (!isRounding(parent)) return !WAITING.test(calledName(parent));
    } else if (isPropertyAccessExpression(parent)) {
      if (!isCallExpression(parent.parent) || !/^(?:toFixed|toString|toLocaleString)$/.test(parent.name.text)) return false;
    } else if (!isConditionalExpression(parent) && !isTransparent(parent)) {
      return false;
    }
    at = parent;
  }
}

/** `const elapsed = …`, which is read for more than to compare it. */
function isToldUnder(name: ts.Identifier, node: ts.VariableDeclaration, file: TypeScriptFile): boolean {
  if (isOtherDifference(name.text)) return false;
  const uses = file.uses.of({ name, node });
  return uses.some((use) => !isCompared(use)) && !uses.some((use) => isCompared(use) && isLimitName(use.parent.getText()));
}

function isCompared({ parent }: ts.Identifier): boolean {
  return isBinaryExpression(parent) && !/^[+*/]$/.test(parent.operatorToken.getText());
}

function passesOn({ operatorToken, left }: ts.BinaryExpression, at: ts.Node): boolean {
  switch (operatorToken.kind) {
    case Kind.PlusToken:
    case Kind.AsteriskToken:
    case Kind.SlashToken:
    case Kind.BarBarToken:
    case Kind.QuestionQuestionToken:
      return true;
    case Kind.MinusToken:
      return left === at;
    default:
      return false;
  }
}

function isTransparent({ kind }: ts.Node): boolean {
  return kind === Kind.ParenthesizedExpression || kind === Kind.AsExpression || kind === Kind.NonNullExpression || kind === Kind.CallExpression;
}

function isRounding(call: ts.CallExpression): boolean {
  const receiver = receiverOf(call);
  if (receiver && isIdentifier(receiver) && receiver.text === 'Math') return ROUNDING.test(methodName(call)!);
  return /^(?:Number|String|parseInt)$/.test(calledName(call));
}

function calledName(call: ts.CallExpression): string {
  return methodName(call) ?? (isIdentifier(call.expression) ? call.expression.text : '');
}

function lastName(target: ts.Expression): string {
  if (isPropertyAccessExpression(target)) return target.name.text;
  return isIdentifier(target) ? target.text : '';
}
