import type { Schema } from '../../core/workspaceView';
import { plainName } from '../../workspace/schema/names';

/** A name as both engines take it in any case and with any character. */
export const quoteName = (name: string): string => `"${name.replace(/"/g, '""')}"`;

/** A text as a literal. */
export const quoteText = (text: string): string => `'${text.replace(/'/g, "''")}'`;

/** The one table of a query that has the column; undefined where there is none or more than one. */
export function ownerOfColumn(column: string, tables: readonly string[], schema: Schema): string | undefined {
  const owners = tables.filter((table) => schema.table(table)?.columns.has(plainName(column)));
  return owners.length === 1 ? owners[0] : undefined;
}

/** A table and a column as the schema spells them; undefined where it does not know them. */
export function spelledColumn(table: string, column: string, schema: Schema): { table: string; column: string } | undefined {
  const known = schema.table(table);
  const definition = known?.columns.get(plainName(column));
  return known && definition && { table: known.name, column: definition.name };
}
