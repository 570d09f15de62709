import type { SchemaChange } from '../../../core/facts';
import { columnPath, relationName } from '../query/scope';
import { walk, type SqlNode } from '../tree';
import { names } from './columns';

export function createView(root: SqlNode, line: number): SchemaChange[] {
  const { view } = root.as('ViewStmt')!;
  const query = root.first('query');
  return query === undefined ? [] : [viewOf(relationName(view), names(root, 'aliases'), query, false, line)];
}

/** CREATE MATERIALIZED VIEW. CREATE TABLE AS shares its node and is a table whose columns nobody declares. */
export function createMaterializedView(root: SqlNode, line: number): SchemaChange[] {
  const { objtype, into } = root.as('CreateTableAsStmt')!;
  const query = root.first('query');
  if (objtype !== 'OBJECT_MATVIEW' || query === undefined) return [];
  return [viewOf(relationName(into?.rel), [], query, true, line)];
}

function viewOf(view: string, aliases: readonly string[], query: SqlNode, materialized: boolean, line: number): SchemaChange {
  const columns = aliases.length > 0 ? aliases : outputNames(query);
  return { kind: 'create-view', view, tables: tablesIn(query), ...(columns && { columns }), materialized, line };
}

function tablesIn(query: SqlNode): string[] {
  const common = new Set<string>();
  const tables = new Set<string>();
  walk(query, (node) => {
    const name = node.as('CommonTableExpr')?.ctename;
    if (name !== undefined) common.add(name);
    const range = node.as('RangeVar');
    if (range !== undefined) tables.add(relationName(range));
  });
  return [...tables].filter((table) => !common.has(table));
}

/** The names of a query's columns; undefined where a star or an unnamed expression hides one. */
function outputNames(query: SqlNode): string[] | undefined {
  let select = query;
  // A UNION is named by its first arm.
  for (let arm = select.first('larg'); arm !== undefined; arm = select.first('larg')) select = arm;
  const outputs = select.in('targetList').map((target) => {
    const value = target.first('val');
    return target.as('ResTarget')?.name ?? (value?.tag === 'ColumnRef' ? columnPath(value)?.at(-1) : undefined);
  });
  return outputs.length === 0 || outputs.includes(undefined) ? undefined : (outputs as string[]);
}
