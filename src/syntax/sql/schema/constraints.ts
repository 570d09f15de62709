import type { ForeignKey, SchemaChange } from '../../../core/facts';
import type { SqlNode } from '../tree';
import type { SchemaContext } from './changes';
import { foreignKey, names } from './columns';
import { indexOfConstraint } from './indexes';

/** Sorts the constraints of a table, at columns or on their own, into keys and indexes. */
export class TableConstraints {
  primaryKey: string[] = [];
  readonly uniques: string[][] = [];
  readonly foreignKeys: ForeignKey[] = [];
  readonly indexes: SchemaChange[] = [];

  constructor(
    private readonly table: string,
    private readonly context: SchemaContext,
  ) {}

  /** `column` is the column a constraint stands at, where it stands at one. */
  add(node: SqlNode, column?: string): void {
    const constraint = node.as('Constraint');
    switch (constraint?.contype) {
      case 'CONSTR_PRIMARY':
        this.addPrimaryKey(node, column);
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

  /** A named key keeps its name, by which it may be dropped; `USING INDEX` names an index that is there already. */
  private addPrimaryKey(node: SqlNode, column: string | undefined): void {
    const { conname } = node.as('Constraint')!;
    const columns = column === undefined ? names(node, 'keys') : [column];
    this.primaryKey = columns;
    if (conname !== undefined && columns.length > 0) {
      this.addIndex({ name: conname, table: this.table, columns, unique: true, method: 'btree', constraint: 'primary key' });
    }
  }

  private addForeignKey(node: SqlNode, column: string | undefined): void {
    const key = foreignKey(node, column);
    this.foreignKeys.push(key);
    if (this.context.indexesForeignKeys()) {
      const name = key.name ?? `${this.table}_${key.columns.join('_')}_fk`;
      this.addIndex({ name, table: this.table, columns: key.columns, unique: false, method: 'btree', constraint: 'foreign key' });
    }
  }

  private addIndex(index: Extract<SchemaChange, { kind: 'create-index' }>['index']): void {
    this.indexes.push({ kind: 'create-index', index, line: this.context.line });
  }
}
