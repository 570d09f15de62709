import { ts } from 'ts-morph';
import type { ColumnDefinition, ForeignKey, SchemaChange } from '../../../core/facts';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, receiverOf, walk } from '../nodes';
import { isTrue, objectOf, propertiesOf, textOf, textProperty, textsOf } from '../models/literals';
import { indexFrom, typeNamed } from '../models/sequelize';
import { isInUndo } from './undo';

const { isCallExpression } = ts;

/** The steps of a Sequelize migration: calls on its `queryInterface`, in order. */
export function sequelizeChanges(file: TypeScriptFile): SchemaChange[] {
  const changes: SchemaChange[] = [];
  walk(file.source, (node) => {
    if (!isCallExpression(node) || !/queryInterface$/i.test(receiverOf(node)?.getText() ?? '') || isInUndo(node)) return;
    changes.push(...changesOf(node, file));
  });
  return changes;
}

function changesOf(call: ts.CallExpression, file: TypeScriptFile): SchemaChange[] {
  const [first, second, third] = call.arguments;
  const table = tableName(first);
  if (table === undefined) return [];
  const line = file.lineOf(call);
  switch (methodName(call)) {
    case 'createTable':
      return createTable(table, objectOf(second), line);
    case 'dropTable':
      return [{ kind: 'drop-table', table, line }];
    case 'renameTable':
      return [{ kind: 'rename-table', table, to: textOf(second) ?? table, line }];
    case 'addColumn':
    case 'changeColumn':
      return addColumn(table, textOf(second), third, line);
    case 'removeColumn':
      return [{ kind: 'drop-column', table, column: textOf(second) ?? '', line }];
    case 'renameColumn':
      return [{ kind: 'rename-column', table, column: textOf(second) ?? '', to: textOf(third) ?? '', line }];
    case 'addIndex':
      return addIndex(table, second, objectOf(third), line);
    case 'removeIndex':
      return [{ kind: 'drop-index', name: textOf(second) ?? `${table}_${textsOf(second).join('_')}`, line }];
    case 'addConstraint':
      return addConstraint(table, second, objectOf(third) ?? objectOf(second), line);
    default:
      return [];
  }
}

/** `"orders"` and `{ tableName: "orders", schema: "shop" }`. */
const tableName = (node: ts.Expression | undefined): string | undefined => textOf(node) ?? textProperty(objectOf(node), 'tableName');

function createTable(table: string, attributes: ts.ObjectLiteralExpression | undefined, line: number): SchemaChange[] {
  const columns = propertiesOf(attributes).map(([name, value]) => ({ name, value, options: objectOf(value) }));
  return [
    {
      kind: 'create-table',
      table,
      columns: columns.map(({ name, value }) => definition(name, value)),
      primaryKey: columns.filter(({ options }) => isTrue(options, 'primaryKey')).map(({ name }) => name),
      uniques: columns.filter(({ options }) => isUnique(options)).map(({ name }) => [name]),
      foreignKeys: columns.flatMap(({ name, options }) => foreignKey(name, options)),
      line,
    },
  ];
}

const isUnique = (options: ts.ObjectLiteralExpression | undefined): boolean => isTrue(options, 'unique') || textProperty(options, 'unique') !== undefined;

function definition(name: string, value: ts.Expression): ColumnDefinition {
  const options = objectOf(value);
  return { name, type: typeNamed((options ? propertyOf(options, 'type') : value)?.getText() ?? ''), nullable: options === undefined || propertyOf(options, 'allowNull')?.getText() !== 'false' };
}

function foreignKey(name: string, options: ts.ObjectLiteralExpression | undefined): ForeignKey[] {
  const references = options && propertyOf(options, 'references');
  const target = tableName(references) ?? tableName(objectOf(references) && propertyOf(objectOf(references)!, 'model')) ?? textProperty(objectOf(references), 'model');
  return target === undefined ? [] : [{ columns: [name], references: target, referencedColumns: [] }];
}

function addColumn(table: string, column: string | undefined, value: ts.Expression | undefined, line: number): SchemaChange[] {
  if (column === undefined || value === undefined) return [];
  const options = objectOf(value);
  return [
    { kind: 'add-column', table, column: definition(column, value), line },
    ...(isUnique(options) ? [{ kind: 'add-unique' as const, table, columns: [column], line }] : []),
    ...foreignKey(column, options).map((key) => ({ kind: 'add-foreign-key' as const, table, foreignKey: key, line })),
  ];
}

/** `addIndex("orders", ["a", "b"], { unique: true })` and `addIndex("orders", { fields: ["a"] })`. */
function addIndex(table: string, second: ts.Expression | undefined, third: ts.ObjectLiteralExpression | undefined, line: number): SchemaChange[] {
  const options = objectOf(second) ?? third;
  const read = indexFrom(options) ?? { fields: textsOf(second), unique: isTrue(options, 'unique'), name: textProperty(options, 'name') ?? textProperty(options, 'indexName'), where: options && propertyOf(options, 'where')?.getText() };
  if (read.fields.length === 0) return [];
  const method = textProperty(options, 'using')?.toLowerCase() ?? 'btree';
  return [{ kind: 'create-index', index: { name: read.name ?? `${table}_${read.fields.join('_')}`, table, columns: read.fields, unique: read.unique, method, where: read.where }, line }];
}

function addConstraint(table: string, second: ts.Expression | undefined, options: ts.ObjectLiteralExpression | undefined, line: number): SchemaChange[] {
  const type = textProperty(options, 'type')?.toLowerCase();
  const columns = textsOf(options && propertyOf(options, 'fields'));
  const listed = columns.length > 0 ? columns : textsOf(second);
  if (listed.length === 0) return [];
  if (type === 'unique') return [{ kind: 'add-unique', table, columns: listed, line }];
  return type === 'primary key' ? [{ kind: 'add-primary-key', table, columns: listed, line }] : [];
}
