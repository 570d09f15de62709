import { calleeOf, memberOf, subscriptOf } from './expressions';
import type { PythonNode } from './node';
import { assignmentOf } from './statements';

/** Methods that change their receiver in place. */
export const MUTATORS: ReadonlySet<string> = new Set([
  'append', 'appendleft', 'extend', 'insert', 'remove', 'pop', 'popleft', 'popitem', 'clear', 'sort', 'reverse', 'add', 'discard', 'update', 'setdefault', 'push',
]);

/** Whether `within` changes the collection that `text` ("seen", "self.items") names: rebinds it, or changes it in place. */
export function isChanged(text: string, within: PythonNode): boolean {
  return isMutated(text, within) || isRebound(text, within);
}

/** A mutating method, an assignment to or deletion of an item. */
export function isMutated(text: string, within: PythonNode): boolean {
  return mutatedCollections(within).has(text);
}

function isRebound(text: string, within: PythonNode): boolean {
  if (within.descendants('AssignStatement').some((node) => assignmentOf(node).targets.flat().some((target) => target.text === text))) return true;
  return within.descendants('UpdateStatement').some((node) => node.firstChild?.text === text);
}

/** Every name or attribute, as written, that is changed in place somewhere below a node. */
export function mutatedCollections(within: PythonNode): ReadonlySet<string> {
  const found = new Set<string>();
  for (const call of within.descendants('CallExpression')) {
    if (MUTATORS.has(call.calledName)) found.add(memberOf(calleeOf(call))?.object.text ?? '');
  }
  for (const kind of ['AssignStatement', 'UpdateStatement', 'DeleteStatement']) {
    for (const statement of within.descendants(kind)) {
      const target = kind === 'DeleteStatement' ? statement.lastChild : statement.firstChild;
      const subscript = target?.kind === 'MemberExpression' ? subscriptOf(target) : undefined;
      if (subscript !== undefined) found.add(subscript.object.text);
    }
  }
  return found;
}
