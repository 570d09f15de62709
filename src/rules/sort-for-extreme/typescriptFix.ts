import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isInlineFunction, methodName, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';
import { pathOf } from '../../syntax/typescript/writes';
import { takenFrom } from './taken';
import { behindCopy } from './typescript';

/**
 * `[...xs].sort((a, b) => compare)[0]` becomes a reduce that keeps the better item: with the names of the comparison
 * turned round, `a` is the next item and `b` the best so far. Sorting is stable, so the first of equal items is the
 * first and the last one the last.
 */
export function fixExtreme(sort: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const receiver = receiverOf(sort);
  const taken = takenFrom(sort, file);
  const [comparison, ...more] = sort.arguments;
  if (!receiver || !taken || taken.node === sort || taken.ends.size !== 1 || !comparison || more.length > 0 || !isInlineFunction(comparison)) return undefined;
  const [a, b] = comparison.parameters.map(({ name }) => name);
  const list = behindCopy(receiver);
  const path = pathOf(list);
  // An optional chain would have to be carried on.
  if (taken.node.getText().includes('?.') || !a || !b || !ts.isIdentifier(a) || !ts.isIdentifier(b) || ts.isBlock(comparison.body) || path === undefined) return undefined;
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const better = taken.ends.has('first') ? '< 0' : '>= 0';
  const start = `${list.getText()}[0]${isTyped ? '!' : ''}`;
  const isCopied = list !== unwrap(receiver) || methodName(sort) === 'toSorted';
  return {
    title: 'Find it in one pass',
    kind: isCopied ? 'safe' : 'suggestion',
    edits: [{ ...file.span(taken.node), newText: `${list.getText()}.reduce((${b.text}, ${a.text}) => (${compared(comparison.body)} ${better} ? ${a.text} : ${b.text}), ${start})` }],
    caveat: isCopied ? undefined : `${path} is no longer left sorted: code that reads it afterwards finds it in its old order.`,
  };
}

/** What binds less tightly than a comparison needs its parentheses. */
function compared(expression: ts.Expression): string {
  const node = unwrap(expression);
  const isTight = ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) || ts.isPrefixUnaryExpression(node) || (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.MinusToken);
  return isTight && !some(node, ts.isAwaitExpression) ? node.getText() : `(${node.getText()})`;
}
