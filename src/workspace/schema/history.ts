import type { IndexDefinition, SchemaChange } from '../../core/facts';
import type { View } from '../../core/workspaceView';
import { HOLE } from '../../syntax/sql/tokens';
import { fullName, isSameName, plainName } from './names';
import { TableState, type CreateTable, type Place, type TableChange } from './tableState';

/** A change of a table that this history does not have: another's may. */
export interface StrayChange {
  readonly table: string;
  readonly change: TableChange;
  readonly file: string;
}

/** Files are not always named in their order; what a drop stated too early meant is gone by then. */
const ADDING = /^(?:create-index|add-)/;

/** The schema of one database while its changes are applied one by one. */
export class SchemaHistory {
  /** Some CREATE INDEX takes its table's name from a variable. */
  hasUnnamedIndexes = false;
  readonly strays: StrayChange[] = [];
  /** By full name. */
  private readonly states = new Map<string, TableState>();
  private readonly openViews = new Map<string, View>();

  apply(change: SchemaChange, file: string): void {
    const place = { file, line: change.line };
    switch (change.kind) {
      case 'create-table':
        return this.createTable(change, place);
      case 'drop-table':
        return void this.states.delete(this.keyOf(change.table));
      case 'rename-table':
        return this.renameTable(change.table, change.to);
      case 'drop-index':
        this.changeStrayIndexes(change.name, () => []);
        return this.ofIndex(change.name)?.dropIndex(change.name);
      case 'rename-index':
        this.changeStrayIndexes(change.name, (index) => [{ ...index, name: change.to }]);
        return this.ofIndex(change.name)?.renameIndex(change.name, change.to);
      case 'create-view':
        return this.createView(change, place);
      case 'drop-view':
        this.openViews.delete(fullName(change.view));
        return void this.states.delete(this.keyOf(change.view));
      default:
        return this.changeTable(change, place);
    }
  }

  /** The tables once everything was applied; what was stated of a table before it was created is made up for. */
  settled(): TableState[] {
    for (const stray of this.strays.splice(0)) {
      const state = this.states.get(this.keyOf(stray.table));
      if (state === undefined) this.strays.push(stray);
      else if (ADDING.test(stray.change.kind)) state.apply(stray.change, { file: stray.file, line: stray.change.line });
    }
    return [...this.states.values()];
  }

  views(): View[] {
    return [...this.openViews.values()];
  }

  private changeTable(change: TableChange, place: Place): void {
    const table = change.kind === 'create-index' ? change.index.table : change.table;
    if (change.kind === 'create-index' && table.includes(HOLE)) this.hasUnnamedIndexes = true;
    if (table.includes(HOLE)) return;
    const state = this.states.get(this.keyOf(table));
    if (state === undefined) this.strays.push({ table, change, file: place.file });
    else state.apply(change, place);
  }

  private createTable(change: CreateTable, place: Place): void {
    // Names that are made at run time may be of any number of tables.
    if (change.table.includes(HOLE)) return;
    const key = fullName(change.table);
    let state = this.states.get(key);
    if (state === undefined) this.states.set(key, (state = new TableState(change.table, place)));
    for (const { table, withIndexes } of change.like ?? []) {
      const other = this.states.get(this.keyOf(table));
      if (other !== undefined && other !== state) state.takeOver(other, withIndexes);
    }
    state.create(change, place);
  }

  private createView(change: Extract<SchemaChange, { kind: 'create-view' }>, place: Place): void {
    const { view, tables, columns, line } = change;
    if (!change.materialized || columns === undefined) {
      this.openViews.set(fullName(view), { name: view, tables, columns, ...place });
      return;
    }
    // A materialized view is stored, read and indexed as a table is; nothing tells the types of its columns.
    const definitions = columns.map((name) => ({ name, type: '', nullable: true }));
    this.createTable({ kind: 'create-table', table: view, columns: definitions, primaryKey: [], uniques: [], foreignKeys: [], line }, place);
  }

  private renameTable(from: string, to: string): void {
    const key = this.keyOf(from);
    const state = this.states.get(key);
    const view = this.openViews.get(fullName(from));
    if (view !== undefined) {
      this.openViews.delete(fullName(from));
      this.openViews.set(fullName(to), { ...view, name: to });
    }
    if (state === undefined) return;
    this.states.delete(key);
    this.states.set(fullName(to), state.renamed(to));
    for (const other of this.states.values()) other.referencesRenamed(from, to);
  }

  /** An index may be of a table that another history or a model has, and be dropped or renamed here. */
  private changeStrayIndexes(name: string, change: (index: IndexDefinition) => readonly IndexDefinition[]): void {
    const strays = this.strays.splice(0);
    for (const stray of strays) {
      const created = stray.change;
      if (created.kind !== 'create-index' || !isSameName(created.index.name, name)) this.strays.push(stray);
      else this.strays.push(...change(created.index).map((index) => ({ ...stray, change: { ...created, index } })));
    }
  }

  private ofIndex(name: string): TableState | undefined {
    for (const state of this.states.values()) if (state.hasIndex(name)) return state;
    return undefined;
  }

  /** The key of a table that may be named with or without its schema. */
  private keyOf(name: string): string {
    const full = fullName(name);
    if (this.states.has(full)) return full;
    const plain = plainName(name);
    if (full !== plain) return this.states.has(plain) ? plain : full;
    for (const key of this.states.keys()) if (key.endsWith(`.${plain}`)) return key;
    return full;
  }
}
