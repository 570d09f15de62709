import { calleeOf, isComprehension, outerParent } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import { clausesOf, forParts, simpleAssignment } from './statements';

/**
 * The one loop or comprehension that goes through a value, which stands in its head, itself or under the name it is
 * assigned to; undefined where the value is used for anything else.
 */
export function onePassOver(node: PythonNode, file: PythonFile): PythonNode | undefined {
  const direct = loopWithHead(node);
  if (direct !== undefined) return direct;
  const uses = readsOfName(node, file);
  return uses.length === 1 ? loopWithHead(uses[0]!) : undefined;
}

/** The loop that iterates over exactly this expression, possibly numbered. */
function loopWithHead(node: PythonNode): PythonNode | undefined {
  const parent = outerParent(node);
  if (parent === undefined) return undefined;
  if (parent.kind === 'ForStatement') return forParts(parent).iterables.some((iterable) => iterable.contains(node)) ? parent : undefined;
  if (parent.kind === 'ArgList' && !isComprehension(parent)) {
    const call = parent.parent!;
    return /^(?:enumerate|iter)$/.test(calleeOf(call)?.text ?? '') ? loopWithHead(call) : undefined;
  }
  return isComprehension(parent) && clausesOf(parent).some(({ iterable }) => iterable?.contains(node)) ? parent : undefined;
}

/** Every read of the name that a value is assigned to; none where the name is bound to something else, too. */
export function readsOfName(node: PythonNode, file: PythonFile): readonly PythonNode[] {
  const target = simpleAssignment(outerParent(node))?.target;
  if (target?.kind !== 'VariableName') return [];
  const bindings = file.scopes.resolve(target.text, target)?.bindings;
  if (bindings?.length !== 1) return [];
  return file.usesOf(target.text).filter((use) => file.scopes.resolve(target.text, use)?.bindings === bindings);
}
