import type { ColumnDefinition, ForeignKey, IndexDefinition, SchemaChange } from '../../core/facts';
import type { Table, TableForeignKey, TableIndex } from '../../core/workspaceView';
import { isSameName, plainName } from './names';

export type CreateTable = Extract<SchemaChange, { kind: 'create-table' }>;

/** A change of one table that exists. */
export type TableChange = Exclude<SchemaChange, { kind: 'create-table' | 'drop-table' | 'rename-table' | 'drop-index' | 'rename-index' | 'create-view' | 'drop-view' }>;

/** Where a change stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** One table while the changes of its database are applied. */
export class TableState {
  /** By plain name. */
  private columns = new Map<string, ColumnDefinition>();
  private primaryKey: readonly string[] = [];
  private foreignKeys: TableForeignKey[] = [];
  private indexes: TableIndex[] = [];
  private partitionedBy: readonly string[] = [];

  constructor(
    readonly name: string,
    readonly place: Place,
  ) {}

  /** A second CREATE TABLE of the same name (IF NOT EXISTS, a dump beside its migrations) adds up with the first. */
  create(change: CreateTable, place: Place): void {
    for (const column of change.columns) this.columns.set(plainName(column.name), column);
    for (const key of change.foreignKeys) this.addForeignKey(key, place);
    this.partitionedBy = change.partitionedBy ?? this.partitionedBy;
    this.setPrimaryKey(change.primaryKey, place);
    for (const unique of change.uniques) this.addUnique(unique, place);
  }

  apply(change: TableChange, place: Place): void {
    switch (change.kind) {
      case 'create-index':
        return this.addIndex(change.index, place);
      case 'add-column':
        return void this.columns.set(plainName(change.column.name), change.column);
      case 'alter-column':
        return this.alterColumn(change.column, change);
      case 'drop-column':
        return this.dropColumn(change.column);
      case 'rename-column':
        return this.renameColumn(change.column, change.to);
      case 'add-primary-key':
        return this.setPrimaryKey(change.columns, place);
      case 'add-unique':
        return this.addUnique(change.columns, place);
      case 'add-foreign-key':
        return this.addForeignKey(change.foreignKey, place);
      case 'drop-constraint':
        return this.dropConstraint(change.name);
      case 'rename-constraint':
        return this.renameConstraint(change.name, change.to);
    }
  }

  /** LIKE and INHERITS: the columns of another table, and its indexes where the statement says so. */
  takeOver(other: TableState, withIndexes: boolean): void {
    this.columns = new Map([...other.columns, ...this.columns]);
    if (!withIndexes) return;
    if (this.primaryKey.length === 0) this.primaryKey = other.primaryKey;
    for (const index of other.indexes) this.addIndex({ ...index, table: this.name }, index);
  }

  /** Adds what another description of the same table says; where the two differ, this one is right. */
  absorb(other: TableState): void {
    this.columns = new Map([...this.columns, ...other.columns, ...this.columns]);
    if (this.primaryKey.length === 0) this.primaryKey = other.primaryKey;
    if (this.partitionedBy.length === 0) this.partitionedBy = other.partitionedBy;
    const known = new Set(this.foreignKeys.map(({ columns }) => columns.join()));
    this.foreignKeys.push(...other.foreignKeys.filter(({ columns }) => !known.has(columns.join())));
    for (const index of other.indexes) this.addIndex(index, index);
  }

  /**
   * Adds what an ORM's model says of the table. What SQL says of names, keys and types is more exact, but only the
   * model knows that a text is one of a few. An index of the same columns is the same one, whatever the model calls it.
   */
  describeBy(model: TableState): void {
    const known = new Set(this.indexes.map(contentOf));
    const added = model.indexes.filter((index) => !known.has(contentOf(index)));
    const choices = [...model.columns].filter(([name, { type }]) => this.columns.has(name) && type.startsWith('choice'));
    this.absorb(model.withIndexes(added));
    for (const [name, { type }] of choices) this.alterColumn(name, { type });
  }

  private withIndexes(indexes: readonly TableIndex[]): TableState {
    const copy = this.renamed(this.name);
    copy.indexes = [...indexes];
    return copy;
  }

  /** Two descriptions of one table share most of its columns; tables that only have a name in common do not. */
  resembles(other: TableState): boolean {
    const shared = [...this.columns.keys()].filter((name) => other.columns.has(name)).length;
    return shared * 2 >= Math.min(this.columns.size, other.columns.size);
  }

  renamed(name: string): TableState {
    const renamed = new TableState(name, this.place);
    renamed.columns = this.columns;
    renamed.primaryKey = this.primaryKey;
    renamed.foreignKeys = this.foreignKeys;
    renamed.indexes = this.indexes.map((index) => ({ ...index, table: name }));
    renamed.partitionedBy = this.partitionedBy;
    return renamed;
  }

  private setPrimaryKey(columns: readonly string[], place: Place): void {
    if (columns.length === 0) return;
    this.primaryKey = columns;
    for (const name of columns) this.alterColumn(name, { nullable: false });
    this.addIndex({ name: `${plainName(this.name)}_pkey`, table: this.name, columns, unique: true, method: 'btree', constraint: 'primary key' }, place);
  }

  /** A key that is stated again, without a drop in between or under another name, is one. */
  private addForeignKey(key: ForeignKey, place: Place): void {
    const columns = key.columns.map(plainName).join();
    const isSame = (known: ForeignKey): boolean => known.columns.map(plainName).join() === columns && isSameName(known.references, key.references);
    this.foreignKeys = this.foreignKeys.filter((known) => !isSame(known));
    this.foreignKeys.push({ ...key, stated: key.columns, ...place });
  }

  /** Unnamed, it is the same as one that is there already under any name. */
  private addUnique(columns: readonly string[], place: Place): void {
    if (this.indexes.some((index) => index.constraint === 'unique' && index.columns.map(plainName).join() === columns.map(plainName).join())) return;
    const name = `${plainName(this.name)}_${columns.join('_')}_key`;
    this.addIndex({ name, table: this.name, columns, unique: true, method: 'btree', constraint: 'unique' }, place);
  }

  /** An index that is stated twice is one, and so is a key under its own name and under the one it would get by itself. */
  private addIndex(index: IndexDefinition, { file, line }: Place): void {
    const twin = this.indexes.findIndex((known) => isTwin(known, index));
    if (twin < 0) this.indexes.push({ ...index, file, line });
    else if (index.constraint === 'primary key' && isDefaultKeyName(this.indexes[twin]!)) this.indexes[twin] = { ...index, file, line };
  }

  private alterColumn(name: string, { type, nullable }: { readonly type?: string; readonly nullable?: boolean }): void {
    const column = this.columns.get(plainName(name));
    if (column === undefined) return;
    this.columns.set(plainName(name), { ...column, type: type ?? column.type, nullable: nullable ?? column.nullable });
  }

  /** A dropped column takes its indexes and foreign keys along. */
  private dropColumn(column: string): void {
    const has = (names: readonly string[]): boolean => names.some((name) => isSameName(name, column));
    this.columns.delete(plainName(column));
    this.foreignKeys = this.foreignKeys.filter((key) => !has(key.columns));
    this.indexes = this.indexes.filter((index) => !has(index.columns) && !has(index.predicate?.map((term) => term.column) ?? []));
  }

  private renameColumn(from: string, to: string): void {
    const column = this.columns.get(plainName(from));
    if (column === undefined) return;
    const name = (each: string): string => (isSameName(each, from) ? to : each);
    this.columns = new Map([...this.columns].map(([key, definition]) => (definition === column ? [plainName(to), { ...column, name: to }] : [key, definition])));
    this.primaryKey = this.primaryKey.map(name);
    this.foreignKeys = this.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(name) }));
    this.indexes = this.indexes.map((index) => ({
      ...index,
      columns: index.columns.map(name),
      predicate: index.predicate?.map((term) => ({ ...term, column: name(term.column) })),
    }));
  }

  dropIndex(name: string): void {
    this.indexes = this.indexes.filter((index) => !isSameName(index.name, name));
  }

  renameIndex(from: string, to: string): void {
    this.indexes = this.indexes.map((index) => (isSameName(index.name, from) ? { ...index, name: to } : index));
  }

  hasIndex(name: string): boolean {
    return this.indexes.some((index) => isSameName(index.name, name));
  }

  private dropConstraint(name: string): void {
    if (this.indexes.some((index) => index.constraint === 'primary key' && isSameName(index.name, name))) this.primaryKey = [];
    this.dropIndex(name);
    this.foreignKeys = this.foreignKeys.filter((key) => key.name === undefined || !isSameName(key.name, name));
  }

  private renameConstraint(from: string, to: string): void {
    this.renameIndex(from, to);
    this.foreignKeys = this.foreignKeys.map((key) => (key.name !== undefined && isSameName(key.name, from) ? { ...key, name: to } : key));
  }

  referencesRenamed(from: string, to: string): void {
    this.foreignKeys = this.foreignKeys.map((key) => (isSameName(key.references, from) ? { ...key, references: to } : key));
  }

  finished(): Table {
    const { name, columns, primaryKey, foreignKeys, indexes, partitionedBy } = this;
    return { name, columns, primaryKey, foreignKeys, indexes, partitionedBy, ...this.place };
  }
}

/** What an index holds, whatever it is called. */
const contentOf = ({ method, columns, where }: IndexDefinition): string => [method, where === undefined ? '' : 'partial', ...columns.map(plainName)].join();

function isTwin(a: IndexDefinition, b: IndexDefinition): boolean {
  if (a.columns.join() !== b.columns.join()) return false;
  const isSameKey = a.constraint === 'primary key' && b.constraint === 'primary key';
  return isSameKey || isSameName(a.name, b.name);
}

const isDefaultKeyName = ({ name, table }: IndexDefinition): boolean => name === `${plainName(table)}_pkey`;
