import { memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { rowsOf, type Rows } from '../rowReads';

/** The rows of a model that a call yields, where they are many: a query set of instances, or the result of a query. */
export function manyRows(call: PythonNode, file: PythonFile): Rows | undefined {
  const value = file.valueOf(call);
  if (value?.kind === 'queryset') return value.element?.kind === 'record' ? rowsOf(value.element) : undefined;
  if (value?.kind !== 'list' && value?.kind !== 'iterator') return undefined;
  const isUnpacked = value.element?.kind === 'tuple' && memberOf(call.parent)?.name === 'scalars';
  return rowsOf(isUnpacked ? value.element!.element : value.element);
}

/** A call yields many rows, instances or not: values and columns count too. */
export function yieldsMany(call: PythonNode, file: PythonFile): boolean {
  const kind = file.valueOf(call)?.kind;
  return kind === 'queryset' || kind === 'list' || kind === 'iterator';
}
