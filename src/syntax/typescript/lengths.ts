import { ts } from 'ts-morph';
import { unwrap } from './nodes';
import { pathOf } from './writes';

/** `list.length > limit`, which keeps a list short, but not `list.length > 0`, which asks whether it is empty. */
export function comparesLength(node: ts.Node, path: string): boolean {
  if (!ts.isBinaryExpression(node) || !/^[<>]=?$/.test(node.operatorToken.getText())) return false;
  const sides = [unwrap(node.left), unwrap(node.right)];
  const other = sides.find((side) => pathOf(side) !== `${path}.length`);
  return sides.some((side) => pathOf(side) === `${path}.length`) && other !== undefined && !/^[01]$/.test(other.getText());
}
