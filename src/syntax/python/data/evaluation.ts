import { calleeOf, isComprehension, memberOf, operatorOf, outerParent, subscriptOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { simpleAssignment } from '../statements';

/** Builtins that run through their argument. */
const CONSUMERS = /^(?:list|tuple|set|frozenset|dict|sorted|len|bool|sum|min|max|any|all|next|enumerate|zip|map|filter|reversed)$/;

/**
 * Whether a lazy query is run where it stands: iterated, measured, indexed or tested for truth,
 * itself or under the name it is assigned to.
 */
export function isEvaluated(query: PythonNode, file: PythonFile): boolean {
  if (isConsumed(query)) return true;
  const target = simpleAssignment(outerParent(query))?.target;
  if (target?.kind !== 'VariableName') return false;
  return usesOf(target, file).some(isConsumed);
}

/** The reads of a name in the scope that binds it, up to where it is bound again. */
function usesOf(target: PythonNode, file: PythonFile): readonly PythonNode[] {
  const bindings = file.scopes.resolve(target.text, target)?.bindings ?? [];
  const next = bindings.find((binding) => binding.node.index > target.index);
  const all = file.usesOf(target.text).filter((use) => use.index > target.index);
  return all.filter((use) => (next === undefined || use.index < next.node.index) && file.scopes.resolve(target.text, use)?.bindings === bindings);
}

function isConsumed(node: PythonNode): boolean {
  const parent = outerParent(node);
  if (parent === undefined) return false;
  switch (parent.kind) {
    case 'ForStatement':
      return follows(node, 'in');
    case 'ArgList':
      return isComprehension(parent) ? follows(node, 'in') : isConsumerCall(parent.parent);
    case '*':
      return true;
    case 'IfStatement':
    case 'WhileStatement':
    case 'ConditionalExpression':
      return follows(node, 'if') || follows(node, 'elif') || follows(node, 'while');
    case 'UnaryExpression':
      return parent.firstChild?.kind === 'not';
    case 'BinaryExpression':
      return /^(?:not )?in$/.test(operatorOf(parent)) && parent.lastChild?.contains(node) === true;
    case 'MemberExpression':
      // A slice of a query is a query again; an index runs it.
      return subscriptOf(parent)?.isSlice === false ? parent.firstChild === node : isSliceConsumed(parent, node);
    default:
      return isComprehension(parent) && follows(node, 'in');
  }
}

function isSliceConsumed(parent: PythonNode, node: PythonNode): boolean {
  return parent.firstChild === node && subscriptOf(parent)?.isSlice === true && isConsumed(parent);
}

/** `list(orders)`; of methods only `", ".join(orders)`, for `other.filter(id__in=orders)` makes a subquery of them. */
function isConsumerCall(call: PythonNode | undefined): boolean {
  const callee = call && calleeOf(call);
  const method = memberOf(callee)?.name;
  return method === undefined ? callee !== undefined && CONSUMERS.test(callee.text) : method === 'join';
}

/** The node (in its parentheses) stands right behind this keyword. */
function follows(node: PythonNode, keyword: string): boolean {
  let at = node;
  while (at.parent?.kind === 'ParenthesizedExpression') at = at.parent;
  return at.previous?.kind === keyword;
}
