import type { SchemaChange } from '../../../core/facts';
import { relationName } from '../query/scope';
import type { SqlNode } from '../tree';
import { alterTable } from './alterTable';
import { columnDefinition, names } from './columns';
import { TableConstraints } from './constraints';
import { indexOfStatement, type TextOf } from './indexes';
import { createMaterializedView, createView } from './views';

/** What reading DDL needs from the statement around it. */
export interface SchemaContext {
  readonly textOf: TextOf;
  /** The zero-based document line of the statement. */
  readonly line: number;
  /** InnoDB indexes the columns of every foreign key. */
  indexesForeignKeys(): boolean;
}

/** The steps a DDL statement takes; empty for every other statement. */
export function schemaChangesOf(root: SqlNode, context: SchemaContext): SchemaChange[] {
  switch (root.tag) {
    case 'CreateStmt':
      return createTable(root, context);
    case 'CreateTableAsStmt':
      return createMaterializedView(root, context.line);
    case 'ViewStmt':
      return createView(root, context.line);
    case 'AlterTableStmt':
      return root.in('cmds').flatMap((command) => alterTable(command, tableName(root), context));
    case 'IndexStmt':
      return [{ kind: 'create-index', index: indexOfStatement(root, context.textOf), line: context.line }];
    case 'RenameStmt':
      return rename(root, context.line);
    case 'AlterObjectSchemaStmt':
      return moveToSchema(root, context.line);
    case 'DropStmt':
      return drop(root, context.line);
    default:
      return [];
  }
}

const tableName = (node: SqlNode): string => relationName(node.first('relation')?.as('RangeVar'));

function createTable(root: SqlNode, context: SchemaContext): SchemaChange[] {
  const table = tableName(root);
  const elements = root.in('tableElts');
  const definitions = elements.filter((element) => element.tag === 'ColumnDef');
  const like = likeOf(root, elements);
  // A partition or a typed table repeats another table's definition, which is not in this statement.
  if ((definitions.length === 0 && like.length === 0) || isPartition(root) || isTemporary(root)) return [];
  const constraints = new TableConstraints(table, context);
  for (const element of elements) {
    if (element.tag === 'Constraint') constraints.add(element);
    const column = element.as('ColumnDef')?.colname;
    if (column !== undefined) for (const constraint of element.in('constraints')) constraints.add(constraint, column);
  }
  const partitionedBy = partitionKey(root, context.textOf);
  return [
    {
      kind: 'create-table',
      table,
      columns: definitions.map(columnDefinition),
      primaryKey: constraints.primaryKey,
      uniques: constraints.uniques,
      foreignKeys: constraints.foreignKeys,
      ...(partitionedBy.length > 0 && { partitionedBy }),
      ...(like.length > 0 && { like }),
      line: context.line,
    },
    ...constraints.indexes,
  ];
}

/** A temporary table lives as long as a session, and is as large as what was just put in. */
function isTemporary(root: SqlNode): boolean {
  return root.as('CreateStmt')!.relation?.relpersistence === 't';
}

function isPartition(root: SqlNode): boolean {
  return root.as('CreateStmt')!.partbound !== undefined;
}

/** Tables whose columns are taken over: `LIKE other INCLUDING ALL`, `INHERITS (parent)`. */
function likeOf(root: SqlNode, elements: readonly SqlNode[]): { table: string; withIndexes: boolean }[] {
  const INDEXES = 64;
  const likes = elements.flatMap((element) => {
    const clause = element.as('TableLikeClause');
    return clause === undefined ? [] : [{ table: relationName(clause.relation), withIndexes: ((clause.options ?? 0) & INDEXES) !== 0 }];
  });
  const parents = isPartition(root) ? [] : root.in('inhRelations').map((parent) => ({ table: relationName(parent.as('RangeVar')), withIndexes: false }));
  return [...likes, ...parents];
}

function partitionKey(root: SqlNode, textOf: TextOf): string[] {
  const elements = root.first('partspec')?.in('partParams') ?? [];
  return elements.flatMap((element) => {
    const expression = element.first('expr');
    return element.as('PartitionElem')?.name ?? (expression === undefined ? [] : textOf(expression).toLowerCase());
  });
}

function rename(root: SqlNode, line: number): SchemaChange[] {
  const { renameType, subname = '', newname = '' } = root.as('RenameStmt')!;
  const table = tableName(root);
  switch (renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return [{ kind: 'rename-table', table, to: table.includes('.') ? `${table.slice(0, table.lastIndexOf('.'))}.${newname}` : newname, line }];
    case 'OBJECT_COLUMN':
      return [{ kind: 'rename-column', table, column: subname, to: newname, line }];
    case 'OBJECT_INDEX':
      return [{ kind: 'rename-index', name: tableName(root), to: newname, line }];
    case 'OBJECT_TABCONSTRAINT':
      return [{ kind: 'rename-constraint', table, name: subname, to: newname, line }];
    default:
      return [];
  }
}

/** `ALTER TABLE a SET SCHEMA archive`. */
function moveToSchema(root: SqlNode, line: number): SchemaChange[] {
  const { objectType, newschema, relation } = root.as('AlterObjectSchemaStmt')!;
  if (objectType !== 'OBJECT_TABLE') return [];
  return [{ kind: 'rename-table', table: tableName(root), to: relationName({ relname: relation?.relname, schemaname: newschema }), line }];
}

function drop(root: SqlNode, line: number): SchemaChange[] {
  const { removeType } = root.as('DropStmt')!;
  const dropped = root.in('objects').map((object) => {
    const [relname, schemaname] = names(object, 'items').reverse();
    return relationName({ relname, schemaname });
  });
  switch (removeType) {
    case 'OBJECT_TABLE':
      return dropped.map((table) => ({ kind: 'drop-table', table, line }));
    case 'OBJECT_INDEX':
      return dropped.map((name) => ({ kind: 'drop-index', name, line }));
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return dropped.map((view) => ({ kind: 'drop-view', view, line }));
    default:
      return [];
  }
}
