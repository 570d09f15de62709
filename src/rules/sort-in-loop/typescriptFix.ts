import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt, wholeLines } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import type { Loop } from '../../syntax/typescript/loops';
import { enclosingFunction, isWithin, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';
import { isAddedTo } from './typescriptLoop';

/**
 * Moves the sorting behind a loop that pushes to a list and does not read it. Sorting is stable, so equal items stand
 * in the order in which they were pushed either way.
 */
export function sortOnce(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const list = receiverOf(call);
  const statement = call.parent;
  const loop = file.loopAround(call);
  if (!list || !ts.isIdentifier(list) || !loop || !ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  if (!isStatementOfBlock(loop.node) || !isAddedTo(list.text, loop.body) || file.loopAround(loop.node)) return undefined;
  const declaration = file.scopes.resolve(list);
  const uses = declaration ? file.uses.of(declaration) : [];
  const leaves = some(loop.body, (node) => ts.isReturnStatement(node) || ts.isYieldExpression(node), (node) => ts.isFunctionLike(node));
  if (leaves || !declaration || uses.some((use) => isWithin(use, loop.node) && !isWithin(use, call) && !isPushed(use))) return undefined;
  const isSafe = isOwn(declaration.node, loop) && uses.every((use) => use.pos > loop.node.pos && enclosingFunction(use) === enclosingFunction(loop.node));
  return {
    title: `Sort ${list.text} once behind the loop`,
    kind: isSafe ? 'safe' : 'suggestion',
    edits: [
      { ...wholeLines(file.span(statement), file.text), newText: '' },
      { start: loop.node.end, end: loop.node.end, newText: `\n${indentationAt(file.text, loop.node.getStart(file.source))}${statement.getText()}` },
    ],
    caveat: isSafe ? undefined : 'The list is sorted even if the loop has no round, and where the loop ends by an exception it is not.',
  };
}

function isStatementOfBlock(node: ts.Node): boolean {
  return ts.isStatement(node) && (ts.isBlock(node.parent) || ts.isSourceFile(node.parent));
}

function isPushed({ parent }: ts.Node): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.name.text === 'push' && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
}

/** An empty list of the function, which nobody else sees if the loop throws. */
function isOwn(declaration: ts.Node, { node }: Loop): boolean {
  if (!ts.isVariableDeclaration(declaration) || enclosingFunction(declaration) !== enclosingFunction(node) || !enclosingFunction(node)) return false;
  const value = declaration.initializer && unwrap(declaration.initializer);
  const isEmpty = value !== undefined && ts.isArrayLiteralExpression(value) && value.elements.length === 0;
  for (let at = node; isEmpty && at !== enclosingFunction(node); at = at.parent) {
    if (ts.isTryStatement(at)) return false;
  }
  return isEmpty;
}
