import { ts } from 'ts-morph';
import type { SchemaChange } from '../../../core/facts';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, unwrap, walk } from '../nodes';
import { elementsOf, isTrue, objectOf, textOf, textProperty, textsOf } from '../models/literals';
import { isInUndo } from './undo';

const { isCallExpression, isNewExpression } = ts;

/** The steps of a TypeORM migration that uses its table objects; those in SQL are read as SQL. */
export function typeOrmChanges(file: TypeScriptFile): SchemaChange[] {
  const changes: SchemaChange[] = [];
  walk(file.source, (node) => {
    if (isCallExpression(node) && /^(?:create|drop|add)/.test(methodName(node) ?? '') && !isInUndo(node)) changes.push(...changesOf(node, file));
  });
  return changes;
}

function changesOf(call: ts.CallExpression, file: TypeScriptFile): SchemaChange[] {
  const [first, second] = call.arguments;
  const line = file.lineOf(call);
  const table = textOf(first);
  switch (methodName(call)) {
    case 'createTable':
      return createTable(made(first, 'Table'), line);
    case 'dropTable':
      return table === undefined ? [] : [{ kind: 'drop-table', table, line }];
    case 'createIndex':
      return table === undefined ? [] : index(table, made(second, 'TableIndex'), line);
    case 'createIndices':
      return table === undefined ? [] : elementsOf(second).flatMap((element) => index(table, made(element, 'TableIndex'), line));
    case 'addColumn':
      return table === undefined ? [] : addColumn(table, made(second, 'TableColumn'), line);
    case 'createUniqueConstraint':
      return table === undefined ? [] : [{ kind: 'add-unique', table, columns: textsOf(valueOf(made(second, 'TableUnique'), 'columnNames')), line }];
    default:
      return [];
  }
}

/** The options of `new Table({…})`; the methods also take the options as they are. */
function made(node: ts.Expression | undefined, type: string): ts.ObjectLiteralExpression | undefined {
  const value = node && unwrap(node);
  if (value && isNewExpression(value)) return value.expression.getText() === type ? objectOf(value.arguments?.[0]) : undefined;
  return objectOf(value);
}

const valueOf = (object: ts.ObjectLiteralExpression | undefined, name: string): ts.Expression | undefined => object && propertyOf(object, name);

function createTable(options: ts.ObjectLiteralExpression | undefined, line: number): SchemaChange[] {
  const table = textProperty(options, 'name');
  if (table === undefined) return [];
  const columns = elementsOf(valueOf(options, 'columns')).flatMap((element) => objectOf(element) ?? []);
  const named = (flag: string): string[] => columns.filter((column) => isTrue(column, flag)).flatMap((column) => textProperty(column, 'name') ?? []);
  return [
    {
      kind: 'create-table',
      table,
      columns: columns.map((column) => ({ name: textProperty(column, 'name') ?? '', type: textProperty(column, 'type') ?? 'other', nullable: isTrue(column, 'isNullable') })),
      primaryKey: named('isPrimary'),
      uniques: named('isUnique').map((column) => [column]),
      foreignKeys: elementsOf(valueOf(options, 'foreignKeys')).flatMap((element) => {
        const key = objectOf(element);
        const references = textProperty(key, 'referencedTableName');
        return references === undefined ? [] : [{ columns: textsOf(valueOf(key, 'columnNames')), references, referencedColumns: textsOf(valueOf(key, 'referencedColumnNames')) }];
      }),
      line,
    },
    ...elementsOf(valueOf(options, 'indices')).flatMap((element) => index(table, objectOf(element), line)),
  ];
}

function index(table: string, options: ts.ObjectLiteralExpression | undefined, line: number): SchemaChange[] {
  const columns = textsOf(valueOf(options, 'columnNames'));
  if (columns.length === 0) return [];
  return [{ kind: 'create-index', index: { name: textProperty(options, 'name') ?? `${table}_${columns.join('_')}`, table, columns, unique: isTrue(options, 'isUnique'), method: 'btree', where: textProperty(options, 'where') }, line }];
}

function addColumn(table: string, options: ts.ObjectLiteralExpression | undefined, line: number): SchemaChange[] {
  const name = textProperty(options, 'name');
  if (name === undefined) return [];
  return [
    { kind: 'add-column', table, column: { name, type: textProperty(options, 'type') ?? 'other', nullable: isTrue(options, 'isNullable') }, line },
    ...(isTrue(options, 'isUnique') ? [{ kind: 'add-unique' as const, table, columns: [name], line }] : []),
  ];
}
