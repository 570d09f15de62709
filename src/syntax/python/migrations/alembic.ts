import type { ColumnDefinition, SchemaChange } from '../../../core/facts';
import type { ModelField } from '../../../core/models';
import { argumentAt, argumentsOf, calleeOf, displayItems, keywordArgument, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import { calledKind, columnField } from '../models/sqlalchemyColumns';
import { constraintName, indexOf, tableArguments } from '../models/sqlalchemyTable';
import type { PythonNode } from '../node';
import { declaredName, simpleAssignment, withItems } from '../statements';
import { literalText } from '../strings';

/** The revision of an Alembic migration and those it comes after. */
export interface Revision {
  readonly id: string;
  readonly after: readonly string[];
}

export function alembicRevision(file: PythonFile): Revision | undefined {
  const assigned = new Map<string, PythonNode>();
  for (const statement of file.root.children) {
    const target = statement.kind === 'AssignStatement' ? statement.firstChild?.text : undefined;
    if (target === 'revision' || target === 'down_revision') assigned.set(target, simpleAssignment(statement)?.value ?? statement.lastChild!);
  }
  const id = literalText(assigned.get('revision'));
  if (id === undefined) return undefined;
  const down = assigned.get('down_revision');
  const single = literalText(down);
  return { id, after: single !== undefined ? [single] : displayItems(down).flatMap((item) => literalText(item) ?? []) };
}

/** The steps of `upgrade()`, in order. What a helper it calls does is not followed. */
export function alembicChanges(file: PythonFile): SchemaChange[] {
  const upgrade = file.root.children.find((statement) => statement.kind === 'FunctionDefinition' && declaredName(statement)?.text === 'upgrade');
  return upgrade === undefined ? [] : upgrade.descendants('CallExpression').flatMap((call) => changesOf(call, file));
}

function changesOf(call: PythonNode, file: PythonFile): SchemaChange[] {
  const member = memberOf(calleeOf(call));
  if (member === undefined) return [];
  const batch = batchTable(member.object);
  if (batch === undefined && file.names.qualified(member.object) !== 'alembic.op') return [];
  // In a batch the table is the batch's, and every argument stands one place further left.
  const table = (position: number): string | undefined => batch ?? literalText(argumentAt(call, position, 'table_name') ?? keywordArgument(call, 'source_table'));
  const at = (position: number, name: string): PythonNode | undefined => argumentAt(call, batch === undefined ? position : position - 1, name);
  const line = file.lineOf(call);
  switch (member.name) {
    case 'create_table':
      return createTable(call, file, line);
    case 'drop_table':
      return named(literalText(argumentAt(call, 0, 'table_name')), (name) => ({ kind: 'drop-table', table: name, line }));
    case 'rename_table':
      return named(literalText(argumentAt(call, 0)), (name) => ({ kind: 'rename-table', table: name, to: literalText(argumentAt(call, 1)) ?? name, line }));
    case 'create_index':
      return createIndex(call, batch ?? literalText(argumentAt(call, 1, 'table_name')), at(2, 'columns'), line);
    case 'drop_index':
      return named(constraintName(argumentAt(call, 0, 'index_name')), (name) => ({ kind: 'drop-index', name, line }));
    case 'create_unique_constraint':
      return named(batch ?? literalText(argumentAt(call, 1, 'table_name')), (name) => ({ kind: 'add-unique', table: name, columns: textsOf(at(2, 'columns')), line }));
    case 'add_column':
      return addColumn(table(0), at(1, 'column'), file, line);
    case 'drop_column':
      return named(table(0), (name) => ({ kind: 'drop-column', table: name, column: literalText(at(1, 'column_name')) ?? '', line }));
    case 'alter_column':
      return renameColumn(call, table(0), literalText(at(1, 'column_name')), line);
    default:
      return [];
  }
}

const named = (name: string | undefined, change: (name: string) => SchemaChange): SchemaChange[] => (name === undefined ? [] : [change(name)]);

const textsOf = (list: PythonNode | undefined): string[] => displayItems(list).flatMap((item) => literalText(item) ?? []);

/** "orders" for the name in `with op.batch_alter_table("orders") as batch_op`. */
function batchTable(object: PythonNode): string | undefined {
  if (object.kind !== 'VariableName') return undefined;
  for (let at = object.closest('WithStatement'); at !== undefined; at = at.closest('WithStatement')) {
    const item = withItems(at).find(({ target }) => target?.text === object.text);
    if (item !== undefined) return memberOf(calleeOf(item.context))?.name === 'batch_alter_table' ? literalText(argumentAt(item.context, 0)) : undefined;
  }
  return undefined;
}

function createTable(call: PythonNode, file: PythonFile, line: number): SchemaChange[] {
  const table = literalText(argumentAt(call, 0, 'table_name'));
  if (table === undefined) return [];
  const columns = argumentsOf(call).flatMap(({ value }) => (calledKind(value) === 'Column' ? [columnField('', value, undefined, file)] : []));
  const { primaryKey, foreignKeys, indexes } = tableArguments(call);
  const own = columns.filter(({ isPrimary }) => isPrimary).map(nameOf);
  return [
    {
      kind: 'create-table',
      table,
      columns: columns.map(definition),
      primaryKey: primaryKey.length > 0 ? primaryKey : own,
      uniques: [...columns.filter(({ isUnique }) => isUnique).map((column) => [nameOf(column)]), ...indexes.filter(({ unique }) => unique).map(({ fields }) => fields)],
      foreignKeys: columns.flatMap((column) => {
        const references = column.references ?? foreignKeys.get(nameOf(column));
        return references ? [{ columns: [nameOf(column)], references: references.table, referencedColumns: [references.column] }] : [];
      }),
      line,
    },
    ...columns.filter(({ isIndexed }) => isIndexed).map((column) => plainIndex(table, nameOf(column), line)),
  ];
}

const nameOf = ({ column }: ModelField): string => column ?? '';

const definition = (field: ModelField): ColumnDefinition => ({ name: nameOf(field), type: field.type, nullable: field.nullable });

const plainIndex = (table: string, column: string, line: number): SchemaChange => ({
  kind: 'create-index',
  index: { name: `ix_${table}_${column}`, table, columns: [column], unique: false, method: 'btree' },
  line,
});

function createIndex(call: PythonNode, table: string | undefined, columns: PythonNode | undefined, line: number): SchemaChange[] {
  if (table === undefined) return [];
  // The same columns and options as an Index has, which only lists them differently.
  const read = indexOf(call, displayItems(columns));
  if (read === undefined) return [];
  const { name, fields, unique, method = 'btree', where, operatorClasses } = read;
  return [{ kind: 'create-index', index: { name: name ?? `ix_${table}_${fields.join('_')}`, table, columns: fields, unique, method, where, operatorClasses }, line }];
}

function addColumn(table: string | undefined, column: PythonNode | undefined, file: PythonFile, line: number): SchemaChange[] {
  if (table === undefined || column === undefined || calledKind(column) !== 'Column') return [];
  const field = columnField('', column, undefined, file);
  const name = nameOf(field);
  return [
    { kind: 'add-column', table, column: definition(field), line },
    ...(field.isUnique ? [{ kind: 'add-unique' as const, table, columns: [name], line }] : []),
    ...(field.isIndexed ? [plainIndex(table, name, line)] : []),
  ];
}

function renameColumn(call: PythonNode, table: string | undefined, column: string | undefined, line: number): SchemaChange[] {
  const to = literalText(keywordArgument(call, 'new_column_name'));
  return table === undefined || column === undefined || to === undefined ? [] : [{ kind: 'rename-column', table, column, to, line }];
}
