import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, memberOf, subscriptOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { namesFewValues } from '../../workspace/schema/uses';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

/** Constant offsets below this skip next to nothing. */
const DEEP = 1_000;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'MemberExpression'],
  names: ['offset', 'skip', 'paginate', 'Paginator'],

  find(node, file) {
    if (node.kind === 'MemberExpression') return slicedQuerySet(node, file);
    return skippingCall(node, file) ?? paginator(node, file);
  },
};

/** `orders[offset:offset + size]` on a Django query set. */
function slicedQuerySet(node: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const slice = node.lastChild?.kind === ']' && node.tree.hasChild(node.index, ':') ? subscriptOf(node) : undefined;
  if (slice?.isSlice !== true || slice.start === undefined) return undefined;
  const value = file.valueOf(slice.object);
  if (value?.kind !== 'queryset' && value?.kind !== 'manager') return undefined;
  return matchAt(node, 'OFFSET', slice.start, value.table, isNarrowed(slice.object, file));
}

/** `.offset(n)` of SQLAlchemy, `.skip(n)` of a MongoDB cursor. */
function skippingCall(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const member = memberOf(calleeOf(call));
  const amount = argumentAt(call, 0, member?.name);
  if (member === undefined || amount === undefined) return undefined;
  if (member.name === 'offset') {
    const owner = file.valueOf(member.object);
    const isQuery = owner?.library === 'sqlalchemy' && (owner.kind === 'queryset' || owner.kind === 'statement');
    return isQuery ? matchAt(call, 'OFFSET', amount, owner.table, isNarrowed(member.object, file)) : undefined;
  }
  return member.name === 'skip' && readsDocuments(member.object, file) ? matchAt(call, 'skip', amount, undefined) : undefined;
}

function readsDocuments(chain: PythonNode, file: PythonFile): boolean {
  for (let at: PythonNode | undefined = chain; at?.kind === 'CallExpression'; at = memberOf(calleeOf(at))?.object) {
    if (file.dataAccess(at)?.library === 'pymongo') return true;
  }
  return false;
}

/** Page numbers: Django's Paginator over a query set, Flask-SQLAlchemy's paginate(). */
function paginator(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const callee = calleeOf(call)!;
  const member = memberOf(callee);
  if (member?.name === 'paginate') {
    const owner = file.valueOf(member.object);
    const isQuery = owner?.library === 'sqlalchemy' && (owner.kind === 'queryset' || owner.kind === 'engine');
    return isQuery ? found(call, 'paginator', owner.table) : undefined;
  }
  if (file.names.qualified(callee) !== 'django.core.paginator.Paginator') return undefined;
  const source = argumentAt(call, 0, 'object_list');
  const value = source && file.valueOf(source);
  return value?.kind === 'queryset' || value?.kind === 'manager' ? found(call, 'paginator', value.table) : undefined;
}

/** How many names in a row are followed to the query that they hold. */
const LONGEST_TRAIL = 3;

/** A filter in the chain, or in one that a name on its way was given, may leave the few rows of one owner. */
function isNarrowed(query: PythonNode, file: PythonFile, steps = LONGEST_TRAIL): boolean {
  let at: PythonNode | undefined = unwrap(query);
  while (at?.kind === 'CallExpression') {
    if (/^(?:filter|filter_by|where)$/.test(at.calledName) && argumentsOf(at).some(({ name }) => name === undefined || !namesFewValues(name))) return true;
    at = memberOf(calleeOf(at))?.object;
  }
  if (at?.kind !== 'VariableName' || steps === 0) return false;
  const bindings = file.scopes.resolve(at.text, at)?.bindings ?? [];
  return bindings.some((binding) => binding.kind === 'assignment' && binding.value !== undefined && isNarrowed(binding.value, file, steps - 1));
}

/** Only an offset that is computed can grow; a constant one says how deep it goes. */
function matchAt(node: PythonNode, form: Facts['form'], amount: PythonNode, table: string | undefined, isOfFewRows = false): Match<Facts> | undefined {
  const depth = /^[\d_]+$/.test(amount.text) ? Number(amount.text.replaceAll('_', '')) : undefined;
  if (depth !== undefined && depth < DEEP) return undefined;
  const match = found(node, form, table, depth);
  return isOfFewRows ? { ...match, confidence: 'possible' } : match;
}

function found(node: PythonNode, form: Facts['form'], table: string | undefined, depth?: number): Match<Facts> {
  // People do jump to page numbers, so a paginator is at most a hint.
  return { span: node, facts: { form, table, depth, isOfOrm: true }, confidence: form === 'paginator' ? 'possible' : 'likely' };
}
