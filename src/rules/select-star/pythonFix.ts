import type { Fix } from '../../core/rule';
import { calleeOf, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { Facts } from './rule';

/** Adds `.only(…)` behind a query of Django, the same for all that it yields. */
export function loadUsedColumns({ used }: Facts, call: PythonNode, file: PythonFile): Fix | undefined {
  const value = file.valueOf(call);
  if (value?.kind !== 'queryset' || value.library !== 'django' || /^a?iterator$/.test(memberOf(calleeOf(call))?.name ?? '')) return undefined;
  return {
    title: `Read ${used.join(', ')} only`,
    kind: 'suggestion',
    edits: [{ start: call.end, end: call.end, newText: `.only(${used.map((name) => `"${name}"`).join(', ')})` }],
    caveat: 'A column that is used after all is asked for row by row.',
  };
}
