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

const REQUIRING: ReadonlySet<string> = new Set(['CONSTR_NOTNULL', 'CONSTR_PRIMARY']);

export function columnDefinition(node: SqlNode): ColumnDefinition {
  const definition = node.as('ColumnDef')!;
  const required = node.in('constraints').some((constraint) => REQUIRING.has(constraint.as('Constraint')?.contype ?? ''));
  const type = node.first('typeName');
  return { name: definition.colname ?? '', type: type === undefined ? '' : typeText(type), nullable: !required };
}

/** "varchar(20)", "timestamptz", "integer[]", always in lower case. */
export function typeText(node: SqlNode): string {
  const { names: parts = [], arrayBounds = [] } = node.as('TypeName')!;
  const last = parts.at(-1);
  const name = last !== undefined && 'String' in last ? (last.String.sval ?? '').toLowerCase() : '';
  const modifiers = 'typmods' in node.value ? node.in('typmods').map(integerConstant).filter((value) => value !== undefined) : [];
  const size = modifiers.length > 0 ? `(${modifiers.join(',')})` : '';
  return `${WRITTEN_TYPES[name] ?? name}${size}${'[]'.repeat(arrayBounds.length)}`;
}

/** A FOREIGN KEY constraint; `column` is the column it stands at, where it stands at one. */
export function foreignKey(node: SqlNode, column?: string): ForeignKey {
  const { conname, pktable } = node.as('Constraint') ?? {};
  const columns = column === undefined ? names(node, 'fk_attrs') : [column];
  const [references, referencedColumns] = [relationName(pktable), names(node, 'pk_attrs')];
  return conname === undefined ? { columns, references, referencedColumns } : { name: conname, columns, references, referencedColumns };
}

/** A list of plain names in a field: the columns of a key. */
export function names(node: SqlNode, field: string): string[] {
  const list = ((node.value as Record<string, unknown>)[field] ?? []) as { String?: { sval?: string } }[];
  const found: string[] = [];
  for (const item of list) if (item.String?.sval !== undefined) found.push(item.String.sval);
  return found;
}
