import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt, wholeLines } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isWithin, methodName, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';

/** Reads a queue with for...of, or appends and reverses once, where the list belongs to the function alone. */
export function fixFront(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const list = receiverOf(call);
  const declaration = list && ts.isIdentifier(list) ? file.scopes.resolve(list)?.node : undefined;
  if (!list || !ts.isIdentifier(list) || !declaration || !ts.isVariableDeclaration(declaration) || !isOwn(declaration)) return undefined;
  const uses = usesOf(list.text, declaration);
  return methodName(call) === 'shift' ? readOn(call, list.text, uses, file) : methodName(call) === 'unshift' ? appendAndReverse(call, list.text, declaration, uses, file) : undefined;
}

/** `while (queue.length > 0) { const item = queue.shift()!; … }` becomes `for (const item of queue) { … }`. */
function readOn(call: ts.CallExpression, name: string, uses: readonly ts.Identifier[], file: TypeScriptFile): Fix | undefined {
  const statement = call.parent && declarationStatement(call);
  const block = statement?.parent;
  const loop = block && ts.isBlock(block) && block.statements[0] === statement ? block.parent : undefined;
  if (!statement || !loop || !ts.isWhileStatement(loop) || !asksForMore(loop.expression, name)) return undefined;
  const isUnused = uses.every((use) => !isWithin(use, loop.statement) || isPush(use) || isWithin(use, statement)) && uses.every((use) => use.pos < loop.end);
  if (!isUnused) return undefined;
  const [declared] = statement.declarationList.declarations;
  const keyword = statement.declarationList.flags & ts.NodeFlags.Const ? 'const' : 'let';
  return {
    title: `Read ${name} with for...of`,
    kind: 'suggestion',
    edits: [
      { start: loop.getStart(file.source), end: loop.statement.getStart(file.source), newText: `for (${keyword} ${declared!.name.getText()} of ${name}) ` },
      { ...wholeLines(file.span(statement), file.text), newText: '' },
    ],
    caveat: `${name} keeps what was handled until the loop ends, and is not empty after it. Elements pushed meanwhile are still read.`,
  };
}

function declarationStatement(call: ts.CallExpression): ts.VariableStatement | undefined {
  let at: ts.Node = call;
  while (ts.isNonNullExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const declaration = at.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.type || !ts.isVariableDeclarationList(declaration.parent)) return undefined;
  const { declarations, parent } = declaration.parent;
  return declarations.length === 1 && ts.isVariableStatement(parent) ? parent : undefined;
}

/** `queue.length`, `queue.length > 0`, `queue.length !== 0`. */
function asksForMore(condition: ts.Expression, name: string): boolean {
  return new RegExp(`^${name.replace(/\$/g, '\\$')}\\.length(?:(?:>|!==?)0|>=1)?$`).test(condition.getText().replace(/\s/g, ''));
}

/** `rows.unshift(row)` becomes `rows.push(row)`, and `rows.reverse()` follows the loop. */
function appendAndReverse(call: ts.CallExpression, name: string, declaration: ts.VariableDeclaration, uses: readonly ts.Identifier[], file: TypeScriptFile): Fix | undefined {
  const loop = file.loopAround(call);
  const value = declaration.initializer && unwrap(declaration.initializer);
  const holder = loop && (ts.isStatement(loop.node) ? loop.node : loop.node.parent);
  const isEmpty = value && ts.isArrayLiteralExpression(value) && value.elements.length === 0;
  if (!loop || !holder || !isEmpty || call.arguments.length !== 1 || ts.isSpreadElement(call.arguments[0]!)) return undefined;
  if (!ts.isStatement(holder) || !ts.isBlock(holder.parent) || !ts.isExpressionStatement(call.parent) || file.loopAround(loop.node)) return undefined;
  if (uses.some((use) => use.pos < loop.node.end && !isWithin(use, call))) return undefined;
  if (some(loop.body, ts.isReturnStatement, (node) => ts.isFunctionLike(node))) return undefined;
  const method = receiverOf(call)!.parent as ts.PropertyAccessExpression;
  return {
    title: `Push to ${name} and reverse it after the loop`,
    kind: 'suggestion',
    edits: [
      { ...file.span(method.name), newText: 'push' },
      { start: holder.end, end: holder.end, newText: `\n${indentationAt(file.text, holder.getStart(file.source))}${name}.reverse();` },
    ],
    caveat: `Where the loop ends by an exception, ${name} is left in reading order.`,
  };
}

/** Made in the function as a new list. */
function isOwn({ initializer }: ts.VariableDeclaration): boolean {
  const value = initializer && unwrap(initializer);
  return value !== undefined && (ts.isArrayLiteralExpression(value) || (ts.isCallExpression(value) && /^(?:map|filter|slice|from|keys|values|concat)$/.test(methodName(value) ?? '')));
}

function usesOf(name: string, declaration: ts.VariableDeclaration): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && node !== declaration.name && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(enclosingFunction(declaration) ?? declaration.getSourceFile());
  return found;
}

function isPush(use: ts.Identifier): boolean {
  const access = use.parent;
  return ts.isPropertyAccessExpression(access) && access.name.text === 'push' && ts.isCallExpression(access.parent) && access.parent.expression === access;
}
