import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt, wholeLines } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isWithin, receiverOf, some } from '../../syntax/typescript/nodes';
import { pathOf } from '../../syntax/typescript/writes';
import { isAddedTo, loopOutside } from './typescript';

/** Moves the sorting behind the loop where the loop only adds to the list and does not read it. */
export function sortOnce(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const list = receiverOf(call);
  const path = list && pathOf(list);
  const statement = call.parent;
  const loop = path ? loopOutside(call, list, path, file) : undefined;
  if (!list || !path || !loop || !ts.isExpressionStatement(statement) || !ts.isStatement(loop.node) || !isAddedTo(path, loop) || file.loopAround(loop.node)) return undefined;
  const isRead = some(loop.node, (node) => pathOf(node as ts.Expression) === path && !isWithin(node, call) && !isAdded(node));
  const leaves = some(loop.body, (node) => ts.isReturnStatement(node), (node) => ts.isFunctionLike(node));
  if (isRead || leaves) return undefined;
  const indentation = indentationAt(file.text, loop.node.getStart(file.source));
  return {
    title: `Sort ${path} once behind the loop`,
    kind: 'suggestion',
    edits: [
      { ...wholeLines(file.span(statement), file.text), newText: '' },
      { start: loop.node.end, end: loop.node.end, newText: `\n${indentation}${statement.getText()}` },
    ],
    caveat: 'Equal items may come to stand in another order than sorting after each one left them, and where the loop ends by an exception the list is not sorted.',
  };
}

function isAdded(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name.text === 'push' && node.parent.expression === node;
}
