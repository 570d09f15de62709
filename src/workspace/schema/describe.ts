import type { ForeignKey, IndexDefinition } from '../../core/facts';
import type { Schema, Table } from '../../core/workspaceView';

/** A table as plain JSON. */
export interface TableDescription {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly indexes: readonly IndexDefinition[];
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
}

/** The named tables, or all; names that the schema does not know are left out. */
export function describeTables(schema: Schema, names?: readonly string[]): TableDescription[] {
  const tables = names === undefined ? schema.tables : names.flatMap((name) => schema.table(name) ?? []);
  return tables.map(describeTable);
}

function describeTable({ columns, model, ...table }: Table): TableDescription {
  return { ...table, ...model, columns: [...columns.values()] };
}
