import type { SchemaChange } from '../../../core/facts';
import type { SqlNode } from '../tree';
import type { SchemaContext } from './changes';
import { columnDefinition, typeText } from './columns';
import { TableConstraints } from './constraints';

/** What one action of ALTER TABLE changes; empty for those that leave columns, keys and indexes as they are. */
export function alterTable(node: SqlNode, table: string, context: SchemaContext): SchemaChange[] {
  const command = node.as('AlterTableCmd')!;
  const { line } = context;
  const column = command.name ?? '';
  const definition = node.first('def');
  switch (command.subtype) {
    case 'AT_AddColumn':
      return definition === undefined ? [] : addColumn(definition, table, context);
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column, line }];
    case 'AT_AlterColumnType': {
      const type = definition?.first('typeName');
      return type === undefined ? [] : [{ kind: 'alter-column', table, column, type: typeText(type), line }];
    }
    case 'AT_SetNotNull':
      return [{ kind: 'alter-column', table, column, nullable: false, line }];
    case 'AT_DropNotNull':
      return [{ kind: 'alter-column', table, column, nullable: true, line }];
    case 'AT_AddConstraint':
      return definition === undefined ? [] : addConstraint(definition, table, context);
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, name: column, line }];
    default:
      return [];
  }
}

function addColumn(definition: SqlNode, table: string, context: SchemaContext): SchemaChange[] {
  const column = columnDefinition(definition);
  const constraints = definition.in('constraints').flatMap((constraint) => addConstraint(constraint, table, context, column.name));
  return [{ kind: 'add-column', table, column, line: context.line }, ...constraints];
}

function addConstraint(node: SqlNode, table: string, context: SchemaContext, column?: string): SchemaChange[] {
  const constraints = new TableConstraints(table, context);
  constraints.add(node, column);
  const { line } = context;
  return [
    ...(constraints.primaryKey.length > 0 ? [{ kind: 'add-primary-key', table, columns: constraints.primaryKey, line } as const] : []),
    ...constraints.uniques.map((columns) => ({ kind: 'add-unique', table, columns, line }) as const),
    ...constraints.foreignKeys.map((key) => ({ kind: 'add-foreign-key', table, foreignKey: key, line }) as const),
    ...constraints.indexes,
  ];
}
