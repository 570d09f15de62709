import type { QueryFact, SortUse } from '../../../core/facts';
import type { SqlNode } from '../tree';
import { columnPath, resolveColumn, type Scope } from './scope';

/** The limit of a UNION also bounds what its arms return. */
export function isLimited(node: SqlNode): boolean {
  for (let at: SqlNode | undefined = node; at?.tag === 'SelectStmt'; at = at.parent) {
    if (at.as('SelectStmt')!.limitCount !== undefined) return true;
  }
  return false;
}

export interface SortedColumn {
  readonly use: QueryFact['orderBy'][number];
  readonly node: SqlNode;
}

/** The sort order where it is one of plain columns of the tables read, else nothing: no index gives another. */
export function sortedColumns(node: SqlNode, scope: Scope): SortedColumn[] {
  const select = node.as('SelectStmt')!;
  if (select.groupClause !== undefined || select.distinctClause !== undefined || select.havingClause !== undefined) return [];
  const sorted: SortedColumn[] = [];
  for (const sort of node.in('sortClause')) {
    const reference = sort.first('node');
    const column = reference && resolveColumn(outputExpression(reference, node), scope);
    if (reference === undefined || column === undefined || column.isOuter || column.isUncertain) return [];
    sorted.push({ use: { table: column.table, column: column.column, ...direction(sort.as('SortBy')?.sortby_dir, sort.as('SortBy')?.sortby_nulls) }, node: reference });
  }
  return sorted;
}

/** The direction as the parser names it, in a sort order and in an index alike. */
export function direction(ordering: string | undefined, nulls: string | undefined): Omit<SortUse, 'column'> {
  const place = nulls === 'SORTBY_NULLS_FIRST' ? 'first' : nulls === 'SORTBY_NULLS_LAST' ? 'last' : undefined;
  return { descending: ordering === 'SORTBY_DESC', ...(place && { nulls: place }) };
}

/** ORDER BY may name an output column, which can be any expression. */
function outputExpression(reference: SqlNode, select: SqlNode): SqlNode {
  const path = reference.tag === 'ColumnRef' ? columnPath(reference) : undefined;
  if (path?.length !== 1) return reference;
  const target = select.in('targetList').find((item) => item.as('ResTarget')?.name === path[0]);
  return target?.first('val') ?? reference;
}

export function selectedColumns(node: SqlNode): '*' | readonly string[] {
  const names: string[] = [];
  for (const target of node.in('targetList')) {
    const reference = target.first('val');
    if (reference?.tag !== 'ColumnRef') continue;
    const path = columnPath(reference);
    if (path === undefined) return '*';
    names.push(path.at(-1)!);
  }
  return names;
}

export function targetNames(node: SqlNode): string[] {
  return node.in('targetList').map((target) => target.as('ResTarget')?.name ?? '');
}
