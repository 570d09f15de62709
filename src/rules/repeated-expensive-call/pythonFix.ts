import type { Fix } from '../../core/rule';
import { argumentAt, calleeOf, dottedName, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { freeName, insertBefore, isKnownBefore, moveAssignment, statementAround } from '../../syntax/python/hoisting';
import { loopsWithSame } from '../../syntax/python/invariance';
import { isConditional } from '../../syntax/python/iteration';
import { sourceOf } from '../../syntax/python/loops';
import { clausesOf } from '../../syntax/python/statements';

/** Computes the value in front of the outermost loop that always gives the same one. */
export function hoist(node: PythonNode, file: PythonFile): Fix | undefined {
  const loop = loopsWithSame(node, node, file).at(-1);
  const statement = loop && statementAround(loop.node);
  if (loop === undefined || statement === undefined || isConditional(node, loop.node) || !isKnownBefore(node, statement, file)) return undefined;
  const moved = moveAssignment(node, statement, file);
  return moved ? { title: `Compute ${moved.name} once before the loop`, ...kindOf(node), edits: moved.edits } : extract(node, statement);
}

function extract(node: PythonNode, statement: PythonNode): Fix {
  const name = freeName(nameFor(node), node);
  const value = node.kind === 'CallExpression' || node.kind.endsWith('ComprehensionExpression') ? node.text : `(${node.text})`;
  return {
    title: `Compute ${name} once before the loop`,
    ...kindOf(node),
    edits: [insertBefore(statement, [`${name} = ${value}`]), { start: node.start, end: node.end, newText: name }],
  };
}

/** max() of nothing fails, as reading an attribute of None does; the loop may have had no round then. */
function kindOf(node: PythonNode): Pick<Fix, 'kind' | 'caveat'> {
  const mayFail = /^(?:max|min)$/.test(node.calledName) || node.descendants('MemberExpression').length > 0;
  return mayFail ? { kind: 'suggestion', caveat: 'It is computed even if the loop has no round, and must not fail then.' } : { kind: 'safe' };
}

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
