import { argumentsOf, calleeOf, operatorOf, outerParent } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';

/** Whether a list is only asked for being empty or not: `if list:`, `not list`, `bool(list)`, `len(list) > 0`. */
export function emptinessOf(list: PythonNode, file: PythonFile): { readonly node: PythonNode; readonly isFilled: boolean } | undefined {
  const call = list.parent?.kind === 'ArgList' ? list.parent.parent : undefined;
  if (call === undefined) return isCondition(list) ? { node: list, isFilled: true } : undefined;
  if (call.kind !== 'CallExpression' || argumentsOf(call).length !== 1) return undefined;
  const name = file.names.qualified(calleeOf(call));
  if (name === 'builtins.bool') return { node: call, isFilled: true };
  return name === 'builtins.len' ? lengthAsked(call) : undefined;
}

function lengthAsked(length: PythonNode): { readonly node: PythonNode; readonly isFilled: boolean } | undefined {
  const { parent } = length;
  if (parent?.kind === 'BinaryExpression' && parent.firstChild === length) {
    const comparison = `${operatorOf(parent)} ${parent.lastChild!.text}`;
    if (/^(?:>|!=) 0$|^>= 1$/.test(comparison)) return { node: parent, isFilled: true };
    if (/^== 0$|^< 1$/.test(comparison)) return { node: parent, isFilled: false };
  }
  return isCondition(length) ? { node: length, isFilled: true } : undefined;
}

/** Where only true or false counts, also as a part of such a condition. */
function isCondition(node: PythonNode): boolean {
  const parent = outerParent(node);
  switch (parent?.kind) {
    case 'UnaryExpression':
      return parent.firstChild?.kind === 'not';
    case 'IfStatement':
    case 'WhileStatement':
      return true;
    case 'ConditionalExpression':
      return parent.children[2]?.contains(node) === true;
    case 'BinaryExpression':
      return /^(?:and|or)$/.test(operatorOf(parent)) && isCondition(parent);
    default:
      return false;
  }
}
