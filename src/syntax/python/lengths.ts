import { operatorOf } from './expressions';
import type { PythonNode } from './node';

/** `len(items) > limit`, which keeps a list short, but not `len(items) > 0`, which asks whether it is empty. */
export function comparesLength(node: PythonNode, path: string): boolean {
  if (node.kind !== 'BinaryExpression' || !/^(?:[<>]=?|==)$/.test(operatorOf(node))) return false;
  const sides = [node.firstChild!.text.replace(/\s/g, ''), node.lastChild!.text];
  const at = sides.indexOf(`len(${path})`);
  return at >= 0 && !/^[01]$/.test(sides[1 - at]!);
}
