import type { Fix } from '../../core/rule';
import { argumentAt, calleeOf, dottedName, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { hoistExpression } from '../../syntax/python/hoistExpression';
import { sourceOf } from '../../syntax/python/loops';
import { clausesOf } from '../../syntax/python/statements';

export const hoist = (node: PythonNode, file: PythonFile): Fix | undefined => hoistExpression(node, file, nameFor);

const NAMES: Readonly<Record<string, string>> = { max: 'largest', min: 'smallest', sum: 'total', sorted: 'sorted', set: 'set', list: 'list', dict: 'dict', tuple: 'tuple', frozenset: 'set' };

/** "largest_values" for max(values), "users_set" for set(users). */
function nameFor(node: PythonNode): string {
  const source = argumentAt(node, 0);
  const path = source && dottedName(sourceOf(source));
  const base = path?.split('.').at(-1);
  if (node.kind !== 'CallExpression') return comprehensionName(node);
  const called = NAMES[calleeOf(node)!.text] ?? 'value';
  if (base === undefined) return `${called}_once`;
  return /^(?:largest|smallest|total|sorted)$/.test(called) ? `${called}_${base}` : `${base}_${called}`;
}

/** "user_ids" for [user.id for user in users]. */
function comprehensionName(node: PythonNode): string {
  const [clause] = clausesOf(node);
  const base = clause?.iterable && dottedName(sourceOf(clause.iterable))?.split('.').at(-1);
  const attribute = memberOf(node.children[1])?.name;
  return base === undefined ? 'items_once' : attribute === undefined ? `${base}_items` : `${base.replace(/s$/, '')}_${attribute}s`;
}
