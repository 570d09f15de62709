import { calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';

/** The model behind a query set, '' where it has no name; undefined where it is none. */
export function queryTable(owner: PythonNode, file: PythonFile): string | undefined {
  const value = file.valueOf(owner);
  if (value?.kind === 'queryset' || value?.kind === 'manager') return value.library === 'django' ? (value.table ?? '') : undefined;
  // A look-up by keyword is Django's own way of writing; the file must have to do with it.
  return value === undefined && file.imports('django') ? '' : undefined;
}

/** The model behind the filter that a `Q(...)` stands in, '' where it has no name; undefined for other Qs. */
export function conditionTable(call: PythonNode, file: PythonFile): string | undefined {
  if (!/^django\.db\.models(?:\.\w+)*\.Q$/.test(file.names.qualified(calleeOf(call)) ?? '')) return undefined;
  const list = topOfCondition(call).parent;
  const filter = list?.kind === 'ArgList' && list.parent ? memberOf(calleeOf(list.parent)) : undefined;
  return (filter && file.valueOf(filter.object)?.table) ?? '';
}

function topOfCondition(call: PythonNode): PythonNode {
  let at = call;
  while (at.parent?.kind === 'BinaryExpression' || at.parent?.kind === 'ParenthesizedExpression' || at.parent?.kind === 'UnaryExpression') at = at.parent;
  return at;
}
