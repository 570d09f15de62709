import type { ColumnDefinition } from '../../core/facts';
import type { Schema, Table } from '../../core/workspaceView';
import { isSameName, plainName } from '../../workspace/schema/names';
import { columnType, sqliteType, type ColumnType } from './columnTypes';
import { quoteName } from './names';
import type { EngineProfile } from './plan';
import type { EnumType, SchemaSupport } from './support';

/** What a column's type comes to. */
export interface ResolvedType {
  readonly type: ColumnType;
  readonly enumType?: EnumType;
}

/** A key that refers to a key that refers on; further than that is a circle. */
const LONGEST_CHAIN = 8;

/** Reads the types of columns, with the workspace's own enums and domains. A model's foreign key has that of the key it refers to. */
export class TypeReader {
  constructor(
    private readonly schema: Schema,
    private readonly support: SchemaSupport,
  ) {}

  of(table: Table, column: ColumnDefinition, depth = 0): ResolvedType {
    const own = this.named(column.type);
    if (own.enumType !== undefined || !(own.type.isUnknown ?? false)) return own;
    const referred = depth < LONGEST_CHAIN ? this.referred(table, column) : undefined;
    return referred === undefined ? own : this.of(referred.table, referred.column, depth + 1);
  }

  /** The type as the throw-away database writes it. */
  built(table: Table, column: ColumnDefinition, { dialect, extensions }: EngineProfile): string {
    const { type } = this.of(table, column);
    if (dialect === 'sqlite') return sqliteType(type);
    return type.extension !== undefined && !extensions.has(type.extension) ? 'text' : type.postgresql;
  }

  private named(written: string): ResolvedType {
    const name = plainName(written.replace(/(?:\(.*\)|\[\])+$/, ''));
    const enumType = this.support.enums.get(name);
    if (enumType !== undefined && !/\[\]$/.test(written)) return { type: { family: 'text', postgresql: quoteName(enumType.name) }, enumType };
    return { type: columnType(this.support.domains.get(name) ?? written) };
  }

  private referred(table: Table, column: ColumnDefinition): { table: Table; column: ColumnDefinition } | undefined {
    for (const { columns, references, referencedColumns } of table.foreignKeys) {
      const position = columns.findIndex((name) => isSameName(name, column.name));
      const parent = position < 0 ? undefined : this.schema.table(references);
      const definition = parent?.columns.get(plainName(referencedColumns[position] ?? parent.primaryKey[position] ?? ''));
      if (parent !== undefined && definition !== undefined) return { table: parent, column: definition };
    }
    return undefined;
  }
}
