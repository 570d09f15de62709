import { calleeOf, memberOf, subscriptOf } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import { assignmentOf } from './statements';

const MUTATORS = /^(?:append|appendleft|extend|insert|remove|pop|popleft|popitem|clear|sort|reverse|add|discard|update|setdefault|push)$/;

/** Whether `within` changes the collection that `text` ("seen", "self.items") names: rebinds it, or changes it in place. */
export function isChanged(text: string, within: PythonNode): boolean {
  return isMutated(text, within) || isRebound(text, within);
}

/** A mutating method, an assignment to or deletion of an item. */
export function isMutated(text: string, within: PythonNode): boolean {
  const isMutator = (call: PythonNode): boolean => {
    const member = memberOf(calleeOf(call));
    return member !== undefined && MUTATORS.test(member.name) && member.object.text === text;
  };
  if (within.descendants('CallExpression').some(isMutator)) return true;
  return within.descendants('MemberExpression').some((node) => {
    const subscript = subscriptOf(node);
    return subscript?.object.text === text && isTarget(node);
  });
}

function isRebound(text: string, within: PythonNode): boolean {
  if (within.descendants('AssignStatement').some((node) => assignmentOf(node).targets.flat().some((target) => target.text === text))) return true;
  return within.descendants('UpdateStatement').some((node) => node.firstChild?.text === text);
}

function isTarget(node: PythonNode): boolean {
  const statement = node.parent;
  if (statement?.kind === 'DeleteStatement') return true;
  if (statement?.kind === 'UpdateStatement') return statement.firstChild === node;
  return statement?.kind === 'AssignStatement' && assignmentOf(statement).targets.flat().includes(node);
}

/** The name is changed in place anywhere in the scope that binds it, so that a literal's length says little. */
export function isMutatedInScope(name: PythonNode, file: PythonFile): boolean {
  const scope = file.scopes.resolve(name.text, name)?.scope.node;
  return scope !== undefined && isMutated(name.text, scope);
}
