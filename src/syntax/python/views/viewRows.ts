import { join, type Value } from '../values';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { declaredRows, classAttribute, classMethod } from './declaredRows';

/** The rows that a class-based view or an admin page asks for. */
export interface ViewRows {
  readonly value: Value;
  /** The expression that makes the query, where there is one. */
  readonly query?: PythonNode;
}

/** By `get_queryset`, else by what the class declares; undefined where the rows come from somewhere else. */
export function viewRows(declaration: PythonNode, file: PythonFile): ViewRows | undefined {
  const method = classMethod(declaration, 'get_queryset', file);
  if (method === undefined) {
    const value = declaredRows(declaration, file);
    return value && { value, query: classAttribute(declaration, 'queryset', file) };
  }
  const returned = method.descendants('ReturnStatement').filter((statement) => statement.closest('FunctionDefinition', 'LambdaExpression') === method);
  const queries = returned.flatMap((statement) => statement.children[1] ?? []);
  const values = queries.map((query) => file.valueOf(query)).filter((value) => value?.kind !== 'none');
  // `return Order.objects.none()` hands out no rows, and says nothing of how the others are read.
  const value = values.length > 0 ? values.reduce(join) : undefined;
  if (value?.kind !== 'queryset') return undefined;
  return { value, query: queries.length === 1 ? queries[0] : undefined };
}
