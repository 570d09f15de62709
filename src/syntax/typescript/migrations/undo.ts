import { ts } from 'ts-morph';
import { isFunction } from '../nodes';
import { nameFunction } from '../functions';

const { isBinaryExpression } = ts;

/** Whether a node stands in the half of a migration that takes it back: `down()`, `exports.down = …`. */
export function isInUndo(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (isFunction(at) && nameFunction(at)?.name === 'down') return true;
    if (isBinaryExpression(at) && /(?:^|\.)down$/.test(at.left.getText())) return true;
  }
  return false;
}
