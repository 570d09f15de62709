import type { ColumnDefinition, ForeignKey, IndexDefinition, SchemaChange } from '../../core/facts';
import type { Table } from '../../core/workspaceView';
import { HOLE } from '../../syntax/sql/tokens';
import { isSameName, plainName } from './names';

interface TableState {
  name: string;
  /** By plain name. */
  columns: Map<string, ColumnDefinition>;
  primaryKey: readonly string[];
  foreignKeys: ForeignKey[];
  readonly file: string;
  readonly line: number;
}

type CreateTable = Extract<SchemaChange, { kind: 'create-table' }>;

/** The schema while its changes are applied one by one. Changes of unknown tables and columns are passed over. */
export class SchemaHistory {
  /** Some CREATE INDEX takes its table's name from a variable. */
  hasUnnamedIndexes = false;
  /** By plain name. */
  private readonly states = new Map<string, TableState>();
  /** By their table's plain name. An index may be stated before its table, in a file that comes first by name: it waits here. */
  private readonly indexes = new Map<string, IndexDefinition[]>();

  apply(change: SchemaChange, file: string): void {
    switch (change.kind) {
      case 'create-table':
        return this.createTable(change, file);
      case 'drop-table':
        this.states.delete(plainName(change.table));
        this.indexes.delete(plainName(change.table));
        return;
      case 'rename-table':
        return this.renameTable(change.table, change.to);
      case 'create-index':
        return this.addIndex(change.index);
      case 'drop-index':
        for (const table of this.indexes.keys()) this.changeIndexes(table, (index) => (isSameName(index.name, change.name) ? [] : [index]));
        return;
      case 'add-unique':
        return this.addUnique(change.table, change.columns);
      case 'rename-column':
        return this.renameColumn(change.table, change.column, change.to);
      case 'drop-column':
        return this.dropColumn(change.table, change.column);
      default:
        return this.addToTable(change);
    }
  }

  tables(): Table[] {
    return [...this.states.values()].map((state) => ({
      ...state,
      indexes: [...(this.indexes.get(plainName(state.name)) ?? [])],
    }));
  }

  private createTable(change: CreateTable, file: string): void {
    const known = this.states.get(plainName(change.table));
    const columns = new Map([...(known?.columns ?? []), ...change.columns.map((column) => [plainName(column.name), column] as const)]);
    this.states.set(plainName(change.table), {
      name: known?.name ?? change.table,
      columns,
      primaryKey: change.primaryKey.length > 0 ? change.primaryKey : (known?.primaryKey ?? []),
      foreignKeys: [...(known?.foreignKeys ?? []), ...change.foreignKeys],
      file: known?.file ?? file,
      line: known?.line ?? change.line,
    });
    this.addPrimaryKey(change.table, change.primaryKey);
    for (const unique of change.uniques) this.addUnique(change.table, unique);
  }

  private addToTable(change: Extract<SchemaChange, { kind: 'add-column' | 'add-primary-key' | 'add-foreign-key' }>): void {
    const state = this.states.get(plainName(change.table));
    if (state === undefined) return;
    if (change.kind === 'add-column') state.columns.set(plainName(change.column.name), change.column);
    else if (change.kind === 'add-foreign-key') state.foreignKeys.push(change.foreignKey);
    else {
      state.primaryKey = change.columns;
      this.addPrimaryKey(change.table, change.columns);
    }
  }

  private addPrimaryKey(table: string, columns: readonly string[]): void {
    if (columns.length > 0) this.addIndex({ name: `${plainName(table)}_pkey`, table, columns, unique: true, method: 'btree' });
  }

  private addUnique(table: string, columns: readonly string[]): void {
    this.addIndex({ name: `${plainName(table)}_${columns.join('_')}_key`, table, columns, unique: true, method: 'btree' });
  }

  private addIndex(index: IndexDefinition): void {
    if (index.table.includes(HOLE)) this.hasUnnamedIndexes = true;
    const table = plainName(index.table);
    const known = this.indexes.get(table);
    if (known === undefined) this.indexes.set(table, [index]);
    else if (!known.some(({ name, columns }) => isSameName(name, index.name) && columns.join() === index.columns.join())) known.push(index);
  }

  /** Replaces each index of a table, given by its plain name, with what `change` makes of it. */
  private changeIndexes(table: string, change: (index: IndexDefinition) => readonly IndexDefinition[]): void {
    const indexes = this.indexes.get(table);
    if (indexes !== undefined) this.indexes.set(table, indexes.flatMap(change));
  }

  private renameTable(from: string, to: string): void {
    const state = this.states.get(plainName(from));
    if (state === undefined) return;
    this.states.delete(plainName(from));
    this.states.set(plainName(to), { ...state, name: to });
    const moved = (this.indexes.get(plainName(from)) ?? []).map((index) => ({ ...index, table: to }));
    this.indexes.delete(plainName(from));
    if (moved.length > 0) this.indexes.set(plainName(to), [...(this.indexes.get(plainName(to)) ?? []), ...moved]);
    for (const other of this.states.values()) {
      other.foreignKeys = other.foreignKeys.map((key) => (isSameName(key.references, from) ? { ...key, references: to } : key));
    }
  }

  private renameColumn(table: string, from: string, to: string): void {
    const state = this.states.get(plainName(table));
    const column = state?.columns.get(plainName(from));
    if (state === undefined || column === undefined) return;
    const rename = (names: readonly string[]): string[] => names.map((name) => (isSameName(name, from) ? to : name));
    state.columns = new Map([...state.columns].map(([name, definition]) => (definition === column ? [plainName(to), { ...column, name: to }] : [name, definition])));
    state.primaryKey = rename(state.primaryKey);
    state.foreignKeys = state.foreignKeys.map((key) => ({ ...key, columns: rename(key.columns) }));
    this.changeIndexes(plainName(table), (index) => [{ ...index, columns: rename(index.columns) }]);
  }

  /** A dropped column takes its indexes and foreign keys along. */
  private dropColumn(table: string, column: string): void {
    const state = this.states.get(plainName(table));
    if (state === undefined) return;
    const has = (names: readonly string[]): boolean => names.some((name) => isSameName(name, column));
    state.columns.delete(plainName(column));
    state.foreignKeys = state.foreignKeys.filter((key) => !has(key.columns));
    this.changeIndexes(plainName(table), (index) => (has(index.columns) ? [] : [index]));
  }
}
