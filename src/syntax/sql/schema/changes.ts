import type { SchemaChange } from '../../../core/facts';
import type { SqlNode } from '../tree';
import { columnDefinition, foreignKey, names } from './columns';
import { indexOfConstraint, indexOfStatement, type TextOf } from './indexes';

/** What reading DDL needs from the statement around it. */
export interface SchemaContext {
  readonly textOf: TextOf;
  /** The zero-based document line of the statement. */
  readonly line: number;
  /** InnoDB indexes the columns of every foreign key. */
  readonly indexesForeignKeys: boolean;
}

/** The steps a DDL statement takes; empty for every other statement. */
export function schemaChangesOf(root: SqlNode, context: SchemaContext): SchemaChange[] {
  switch (root.tag) {
    case 'CreateStmt':
      return createTable(root, context);
    case 'AlterTableStmt':
      return root.in('cmds').flatMap((command) => alterTable(command, tableName(root), context));
    case 'IndexStmt':
      return [{ kind: 'create-index', index: indexOfStatement(root, context.textOf), line: context.line }];
    case 'RenameStmt':
      return rename(root, context.line);
    case 'DropStmt':
      return drop(root, context.line);
    default:
      return [];
  }
}

const tableName = (node: SqlNode): string => node.first('relation')?.as('RangeVar')?.relname ?? '';

function createTable(root: SqlNode, context: SchemaContext): SchemaChange[] {
  const table = tableName(root);
  const definitions = root.in('tableElts').filter((element) => element.tag === 'ColumnDef');
  // A partition or a typed table repeats another table's definition, which is not in this statement.
  if (definitions.length === 0 || isTemporary(root)) return [];
  const constraints = new TableConstraints(table, context);
  for (const element of root.in('tableElts')) {
    if (element.tag === 'Constraint') constraints.add(element);
    const column = element.as('ColumnDef')?.colname;
    if (column !== undefined) for (const constraint of element.in('constraints')) constraints.add(constraint, column);
  }
  return [
    {
      kind: 'create-table',
      table,
      columns: definitions.map(columnDefinition),
      primaryKey: constraints.primaryKey,
      uniques: constraints.uniques,
      foreignKeys: constraints.foreignKeys,
      line: context.line,
    },
    ...constraints.indexes,
  ];
}

/** A temporary table lives as long as a session, and is as large as what was just put in. */
function isTemporary(root: SqlNode): boolean {
  return root.as('CreateStmt')!.relation?.relpersistence === 't';
}

/** Sorts the constraints of a table, at columns or on their own, into keys and indexes. */
class TableConstraints {
  primaryKey: string[] = [];
  readonly uniques: string[][] = [];
  readonly foreignKeys: ReturnType<typeof foreignKey>[] = [];
  readonly indexes: SchemaChange[] = [];

  constructor(
    private readonly table: string,
    private readonly context: SchemaContext,
  ) {}

  add(node: SqlNode, column?: string): void {
    const constraint = node.as('Constraint');
    switch (constraint?.contype) {
      case 'CONSTR_PRIMARY':
        this.primaryKey = column === undefined ? names(node, 'keys') : [column];
        break;
      case 'CONSTR_UNIQUE':
        if (column !== undefined) this.uniques.push([column]);
        else if (constraint.conname === undefined) this.uniques.push(names(node, 'keys'));
        else this.addIndex(indexOfConstraint(node, this.table));
        break;
      case 'CONSTR_EXCLUSION':
        this.addIndex(indexOfConstraint(node, this.table));
        break;
      case 'CONSTR_FOREIGN':
        this.addForeignKey(node, column);
        break;
    }
  }

  private addForeignKey(node: SqlNode, column: string | undefined): void {
    const key = foreignKey(node, column);
    this.foreignKeys.push(key);
    if (this.context.indexesForeignKeys) {
      this.addIndex({ name: `${this.table}_${key.columns.join('_')}_fk`, table: this.table, columns: key.columns, unique: false, method: 'btree' });
    }
  }

  private addIndex(index: Extract<SchemaChange, { kind: 'create-index' }>['index']): void {
    this.indexes.push({ kind: 'create-index', index, line: this.context.line });
  }
}

function alterTable(node: SqlNode, table: string, context: SchemaContext): SchemaChange[] {
  const command = node.as('AlterTableCmd')!;
  const { line } = context;
  const definition = node.first('def');
  switch (command.subtype) {
    case 'AT_AddColumn':
      return definition === undefined ? [] : addColumn(definition, table, context);
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column: command.name ?? '', line }];
    case 'AT_AddConstraint':
      return definition === undefined ? [] : addConstraint(definition, table, context);
    case 'AT_DropConstraint':
      return [{ kind: 'drop-index', name: command.name ?? '', line }];
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

function rename(root: SqlNode, line: number): SchemaChange[] {
  const { renameType, subname = '', newname = '' } = root.as('RenameStmt')!;
  const table = tableName(root);
  if (renameType === 'OBJECT_TABLE') return [{ kind: 'rename-table', table, to: newname, line }];
  if (renameType === 'OBJECT_COLUMN') return [{ kind: 'rename-column', table, column: subname, to: newname, line }];
  return [];
}

function drop(root: SqlNode, line: number): SchemaChange[] {
  const { removeType } = root.as('DropStmt')!;
  const dropped = root.in('objects').flatMap((object) => names(object, 'items').at(-1) ?? []);
  if (removeType === 'OBJECT_TABLE') return dropped.map((table) => ({ kind: 'drop-table', table, line }));
  if (removeType === 'OBJECT_INDEX') return dropped.map((name) => ({ kind: 'drop-index', name, line }));
  return [];
}
