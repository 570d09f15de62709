import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { argumentAt, argumentsOf, calleeOf, dottedName, memberOf, outerParent, shorten, subscriptOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { sourceOf } from '../../syntax/python/loops';
import { simpleAssignment } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { fixExtreme } from './pythonFix';
import type { Facts } from './rule';

/** Sorting fewer takes no time. */
const SMALL = 20;

type End = 'first' | 'last';

interface Sorting {
  readonly collection: PythonNode;
  readonly taken: PythonNode;
  readonly ends: ReadonlySet<End>;
  readonly instead: string;
}

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['sorted', 'sort_values'],

  find(node, file): Match<Facts> | undefined {
    const sorting = node.calledName === 'sorted' ? sortedList(node, file) : sortedFrame(node, file);
    if (sorting === undefined || isSmall(sorting.collection, file)) return undefined;
    const { collection, taken, ends, instead } = sorting;
    const name = shorten(sourceOf(collection).text, 40);
    return {
      span: taken,
      facts: { expression: shorten(taken.text, 50), collection: name, takes: ends.size > 1 ? 'first and last' : ends.has('first') ? 'first' : 'last', instead },
      size: { kind: 'collection', name },
    };
  },

  fix: (_match, node, file) => (node.calledName === 'sorted' ? fixExtreme(node, file) : undefined),
};

function sortedList(call: PythonNode, file: PythonFile): Sorting | undefined {
  const collection = argumentAt(call, 0);
  if (collection === undefined || file.names.qualified(calleeOf(call)) !== 'builtins.sorted') return undefined;
  const isReversed = isTrue(argumentAt(call, Number.MAX_SAFE_INTEGER, 'reverse'));
  const end = endReadBy(outerParent(call), call);
  const found = end ? { taken: outerParent(call)!, ends: new Set([end]) } : takenByName(call, file);
  if (found === undefined) return undefined;
  const smallest = found.ends.has(isReversed ? 'last' : 'first');
  return { collection, ...found, instead: found.ends.size > 1 ? 'min() and max()' : smallest ? 'min()' : 'max()' };
}

function isTrue(argument: PythonNode | undefined): boolean {
  return argument !== undefined && argument.text !== 'False';
}

/** `sorted(xs)[0]`, `sorted(xs)[-1]`. */
function endReadBy(parent: PythonNode | undefined, list: PythonNode): End | undefined {
  const subscript = subscriptOf(parent);
  const isAssigned = parent?.parent?.kind === 'AssignStatement' && parent.parent.firstChild === parent;
  if (subscript === undefined || !subscript.object.contains(list) || isAssigned) return undefined;
  return subscript.index?.text === '0' ? 'first' : subscript.index?.text.replace(/\s/g, '') === '-1' ? 'last' : undefined;
}

/** `ordered[0]` and `ordered[-1]` are all that is done with `ordered = sorted(xs)`. */
function takenByName(call: PythonNode, file: PythonFile): { taken: PythonNode; ends: ReadonlySet<End> } | undefined {
  const assigned = simpleAssignment(outerParent(call));
  if (assigned?.value !== call || assigned.target.kind !== 'VariableName') return undefined;
  const resolution = file.scopes.resolve(assigned.target.text, assigned.target);
  if (resolution === undefined || resolution.bindings.length !== 1 || resolution.scope.node.kind !== 'FunctionDefinition') return undefined;
  const ends = new Set<End>();
  for (const use of file.usesOf(assigned.target.text)) {
    if (file.scopes.resolve(use.text, use)?.scope !== resolution.scope || isOnlyAsked(use)) continue;
    const end = endReadBy(outerParent(use), use);
    if (end === undefined) return undefined;
    ends.add(end);
  }
  return ends.size === 0 ? undefined : { taken: call, ends };
}

/** `if ordered:`, `len(ordered)`. */
function isOnlyAsked(use: PythonNode): boolean {
  const { parent } = use;
  if (parent?.kind === 'IfStatement' || parent?.kind === 'UnaryExpression') return true;
  return parent?.kind === 'ArgList' && parent.parent?.calledName === 'len';
}

/** `frame.sort_values("x").iloc[0]`, `.head(1)`, `.tail(1)`. */
function sortedFrame(call: PythonNode, file: PythonFile): Sorting | undefined {
  const frame = memberOf(calleeOf(call))?.object;
  const outer = memberOf(outerParent(call));
  if (frame === undefined || outer === undefined || !file.imports('pandas', 'geopandas')) return undefined;
  const access = outerParent(call)!;
  const end = outer.name === 'iloc' ? endReadBy(access.parent, access) : oneRow(access.parent, outer.name);
  if (end === undefined || argumentsOf(call).length === 0) return undefined;
  return { collection: frame, taken: access.parent!, ends: new Set([end]), instead: 'idxmin() or idxmax() and loc' };
}

function oneRow(call: PythonNode | undefined, name: string): End | undefined {
  if (call?.kind !== 'CallExpression' || argumentAt(call, 0, 'n')?.text !== '1') return undefined;
  return name === 'head' ? 'first' : name === 'tail' ? 'last' : undefined;
}

function isSmall(collection: PythonNode, file: PythonFile): boolean {
  const length = file.valueOf(collection)?.length;
  const source = sourceOf(collection);
  if ((length !== undefined && length < SMALL) || /\.r?split\([^()]*\)$/.test(source.text)) return true;
  const name = dottedName(source);
  return name !== undefined && (isFewByNature(name) || /(?:^|\.)[A-Z][A-Z0-9_]+$/.test(name));
}
