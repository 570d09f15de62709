import type { ColumnDefinition, ForeignKey } from '../../../core/facts';
import { integerConstant } from '../query/expressions';
import { relationName } from '../query/scope';
import type { SqlNode } from '../tree';

/** PostgreSQL's internal type names and those people write. */
const WRITTEN_TYPES: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
};

export function columnDefinition(node: SqlNode): ColumnDefinition {
  const definition = node.as('ColumnDef')!;
  const required = node.in('constraints').some((constraint) => /^CONSTR_(?:NOTNULL|PRIMARY)$/.test(constraint.as('Constraint')?.contype ?? ''));
  const type = node.first('typeName');
  return { name: definition.colname ?? '', type: type === undefined ? '' : typeText(type), nullable: !required };
}

/** "varchar(20)", "timestamptz", "integer[]", always in lower case. */
export function typeText(node: SqlNode): string {
  const { names: parts = [], arrayBounds = [] } = node.as('TypeName')!;
  const last = parts.at(-1);
  const name = last !== undefined && 'String' in last ? (last.String.sval ?? '').toLowerCase() : '';
  const modifiers = node.in('typmods').map(integerConstant).filter((value) => value !== undefined);
  const size = modifiers.length > 0 ? `(${modifiers.join(',')})` : '';
  return `${WRITTEN_TYPES[name] ?? name}${size}${'[]'.repeat(arrayBounds.length)}`;
}

/** A FOREIGN KEY constraint; `column` is the column it stands at, where it stands at one. */
export function foreignKey(node: SqlNode, column?: string): ForeignKey {
  const constraint = node.as('Constraint');
  return {
    ...(constraint?.conname !== undefined && { name: constraint.conname }),
    columns: column === undefined ? names(node, 'fk_attrs') : [column],
    references: relationName(constraint?.pktable),
    referencedColumns: names(node, 'pk_attrs'),
  };
}

/** A list of plain names in a field: the columns of a key. */
export function names(node: SqlNode, field: string): string[] {
  const list = ((node.value as Record<string, unknown>)[field] ?? []) as { String?: { sval?: string } }[];
  return list.flatMap((item) => item.String?.sval ?? []);
}
