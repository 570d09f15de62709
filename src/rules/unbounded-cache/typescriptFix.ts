import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, receiverOf } from '../../syntax/typescript/nodes';
import { sharedCollectionAt } from '../../syntax/typescript/sharedState';

const LIMIT = 1000;

/** After `cache.set(key, value);` the oldest entry goes when there are too many: a Map keeps its entries in the order they came. */
export function dropOldest(node: ts.Node, file: TypeScriptFile): Fix | undefined {
  const statement = node.parent;
  if (!ts.isCallExpression(node) || methodName(node) !== 'set' || !ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  if (sharedCollectionAt(node, file)?.container !== 'map') return undefined;
  const map = receiverOf(node)!.getText();
  // TypeScript does not know that a map which is too large has a first key.
  const sure = /\.[cm]?tsx?$/.test(file.path) ? '!' : '';
  const line = indentationAt(file.text, statement.getStart(file.source));
  return {
    title: `Keep the last ${LIMIT} entries of ${map}`,
    kind: 'suggestion',
    edits: [{ start: statement.end, end: statement.end, newText: `\n${line}if (${map}.size > ${LIMIT}) ${map}.delete(${map}.keys().next().value${sure});` }],
    caveat: `The entry that came first is dropped, used or not, and computed again when it is asked for. Choose the limit by what an entry takes and how many keys are in use at a time.`,
  };
}
