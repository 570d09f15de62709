import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isAssignment, isFunction, isInlineFunction, isWithin, methodName, receiverOf, rootOf, some, unwrap } from '../../syntax/typescript/nodes';

const {
  isAwaitExpression, isBindingElement, isBreakStatement, isCallExpression, isElementAccessExpression, isForOfStatement, isIdentifier,
  isNonNullExpression, isParenthesizedExpression, isPropertyAccessExpression, isReturnStatement, isVariableDeclaration,
} = ts;

const COLLECTING = /^(?:push|unshift|set|add|concat|append)$/;

/** The one loop over a result, as a statement or a forEach, that lets each row go when it is done with it. */
export interface Pass {
  readonly node: ts.ForOfStatement | ts.CallExpression;
  readonly body: ts.Node;
  /** The loop stands around the read itself. */
  readonly isDirect: boolean;
}

/** @param ownsConnection the loop must not ask the database for anything else */
export function passOver(read: ts.CallExpression, file: TypeScriptFile, ownsConnection: boolean): Pass | undefined {
  const pass = loopWithHead(valueOf(read), true) ?? passUnderName(read, file);
  if (pass === undefined || leavesEarly(pass) || keepsRows(pass.body, file)) return undefined;
  if (ownsConnection && some(pass.body, (node) => isCallExpression(node) && file.dataAccess(node) !== undefined)) return undefined;
  return pass;
}

/** `(await read)`, `(await read).rows` and the like: the whole expression that is the list. */
function valueOf(read: ts.Expression): ts.Expression {
  let at: ts.Expression = read;
  for (;;) {
    const { parent } = at;
    if (isAwaitExpression(parent) || isParenthesizedExpression(parent) || isNonNullExpression(parent) || ts.isAsExpression(parent)) at = parent;
    else if (isPropertyAccessExpression(parent) && parent.name.text === 'rows') at = parent;
    else return at;
  }
}

function loopWithHead(list: ts.Expression, isDirect: boolean): Pass | undefined {
  const { parent } = list;
  if (isForOfStatement(parent) && parent.expression === list) return { node: parent, body: parent.statement, isDirect };
  const call = isPropertyAccessExpression(parent) && parent.expression === list && parent.name.text === 'forEach' ? parent.parent : undefined;
  const callback = call && isCallExpression(call) ? call.arguments[0] : undefined;
  return callback && isInlineFunction(callback) ? { node: call as ts.CallExpression, body: callback.body, isDirect } : undefined;
}

/** `const rows = await read;` and rows is read in one loop's head; besides, only its length may be asked for. `{ rows }` counts too. */
function passUnderName(read: ts.CallExpression, file: TypeScriptFile): Pass | undefined {
  const declaration = valueOf(read).parent;
  if (!isVariableDeclaration(declaration)) return undefined;
  const name = ts.isObjectBindingPattern(declaration.name) ? declaration.name.elements.find((element) => isIdentifier(element.name) && element.name.text === 'rows')?.name : declaration.name;
  if (name === undefined || !isIdentifier(name)) return undefined;
  const node = isBindingElement(name.parent) ? name.parent : declaration;
  const uses = file.uses.of({ name, node }).filter(({ parent }) => !isPropertyAccessExpression(parent) || parent.name.text !== 'length');
  return uses.length === 1 ? loopWithHead(valueOf(uses[0]!), false) : undefined;
}

function leavesEarly({ node, body }: Pass): boolean {
  if (isCallExpression(node)) return false;
  return some(body, (at) => isReturnStatement(at) || isBreakStatement(at), isFunction);
}

/** Whether the pass makes another collection of the rows, so that memory grows with them in any case. A collection that is emptied on the way is a batch. */
function keepsRows(body: ts.Node, file: TypeScriptFile): boolean {
  return some(body, (node) => {
    const owner = collected(node);
    return owner !== undefined && !isDeclaredWithin(owner, body, file) && !isEmptied(owner, body);
  });
}

/** The collection that a node adds to: `rows.push(x)`, `byId[x.id] = x`. */
function collected(node: ts.Node): ts.Expression | undefined {
  if (isCallExpression(node)) return COLLECTING.test(methodName(node) ?? '') ? receiverOf(node) : undefined;
  return isAssignment(node) && isElementAccessExpression(node.left) ? unwrap(node.left.expression) : undefined;
}

function isDeclaredWithin(owner: ts.Expression, body: ts.Node, file: TypeScriptFile): boolean {
  const root = rootOf(owner);
  const declaration = isIdentifier(root) ? file.scopes.resolve(root) : undefined;
  return declaration !== undefined && isWithin(declaration.node, body);
}

function isEmptied(owner: ts.Expression, body: ts.Node): boolean {
  const text = owner.getText();
  return some(body, (node) => {
    if (isAssignment(node)) return node.left.getText() === text || node.left.getText() === `${text}.length`;
    return isCallExpression(node) && /^(?:splice|clear|shift|pop)$/.test(methodName(node) ?? '') && receiverOf(node)?.getText() === text;
  });
}
