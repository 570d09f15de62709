import { noise, saltOf, skewed } from './randomness';
import type { ColumnRecipe, TableRecipe } from './recipe';
import { valueOf } from './values';

/** How far a value that refers to a value that refers on is followed; a longer way is a circle. */
const LONGEST_CHAIN = 12;

/**
 * The made-up rows of all tables. Each value is a function of its table, column and row alone, so rows need no order:
 * foreign keys find their value without reading any table, in a circle too.
 */
export class Rows {
  private readonly tables = new Map<string, Table>();

  constructor(
    recipes: readonly TableRecipe[],
    private readonly seed: number,
  ) {
    for (const recipe of recipes) this.tables.set(recipe.name, new Table(recipe, seed));
  }

  /** A table that was loaded only in part has fewer rows to refer to. To be called before those that refer to it are made. */
  setRows(table: string, rows: number): void {
    this.tables.get(table)!.rows = rows;
  }

  rowsOf(table: string): number {
    return this.tables.get(table)?.rows ?? 0;
  }

  /** One row as texts, in the order of the recipe's columns; null where it has no value. */
  row(name: string, row: number): (string | null)[] {
    const table = this.tables.get(name)!;
    return table.recipe.columns.map((column, position) => this.value(table, column, position, row, 0));
  }

  /** One value; null where the row has none or the column is unknown. */
  valueAt(name: string, columnName: string, row: number): string | null {
    const table = this.tables.get(name);
    const position = table?.recipe.columns.findIndex((column) => column.name === columnName) ?? -1;
    return position < 0 ? null : this.value(table!, table!.recipe.columns[position]!, position, row, 0);
  }

  /** The row of the other table that a foreign key's column refers to; undefined where it refers to none. */
  referredRow(name: string, columnName: string, row: number): { table: string; row: number } | undefined {
    const table = this.tables.get(name);
    const column = table?.recipe.columns.find((candidate) => candidate.name === columnName);
    if (table === undefined || column?.draw.kind !== 'reference' || this.isNull(table, column, row)) return undefined;
    return { table: column.draw.table, row: this.index(table, column, row) };
  }

  /** The row of `parent` that a row refers to by any of its foreign keys. */
  parentOf(name: string, parent: string, row: number): number | undefined {
    for (const { name: column, draw } of this.tables.get(name)?.recipe.columns ?? []) {
      if (draw.kind !== 'reference' || draw.table !== parent) continue;
      const referred = this.referredRow(name, column, row);
      if (referred !== undefined) return referred.row;
    }
    return undefined;
  }

  private value(table: Table, column: ColumnRecipe, position: number, row: number, depth: number): string | null {
    if (this.isNull(table, column, row)) return null;
    const index = this.index(table, column, row);
    if (column.draw.kind === 'reference' && depth < LONGEST_CHAIN) {
      const { draw } = column;
      const parent = this.tables.get(draw.table);
      const at = parent?.recipe.columns.findIndex(({ name }) => name === draw.column) ?? -1;
      if (at >= 0) return this.value(parent!, parent!.recipe.columns[at]!, at, index, depth + 1) ?? (column.nullShare > 0 ? null : this.own(table, column, position, index));
    }
    return this.own(table, column, position, index);
  }

  private own(table: Table, column: ColumnRecipe, position: number, index: number): string {
    return valueOf(column.shape, index, this.sizeOf(column, table.recipe), this.seed + position);
  }

  private isNull(table: Table, column: ColumnRecipe, row: number): boolean {
    return column.nullShare > 0 && noise(this.seed, table.saltOf(`${column.name}?`), row) < column.nullShare;
  }

  private index(table: Table, column: ColumnRecipe, row: number): number {
    if (column.draw.kind === 'row') return row;
    // Each row of a one-to-one relation has its own partner.
    if (column.draw.kind === 'reference' && column.draw.skew === 0) return row % this.sizeOf(column, table.recipe);
    const inTuple = table.inTuple(column, row, (member) => this.sizeOf(member, table.recipe));
    if (inTuple !== undefined) return inTuple;
    // Columns of one composite foreign key draw the same row.
    const name = column.draw.kind === 'reference' ? `#${column.draw.key}` : column.name;
    return skewed(noise(this.seed, table.saltOf(name), row), this.sizeOf(column, table.recipe), column.draw.skew);
  }

  /** How many different values a column can have. */
  private sizeOf({ draw }: ColumnRecipe, recipe: TableRecipe): number {
    if (draw.kind === 'pool') return Math.max(1, draw.size);
    const table = draw.kind === 'reference' ? draw.table : recipe.name;
    return Math.max(1, this.rowsOf(table) || recipe.rows);
  }
}

/** One table with what is computed once for all of its rows. */
class Table {
  rows: number;
  private readonly salts = new Map<string, number>();
  private readonly tuples: readonly (readonly ColumnRecipe[])[];

  constructor(
    readonly recipe: TableRecipe,
    private readonly seed: number,
  ) {
    this.rows = recipe.rows;
    this.tuples = tuplesOf(recipe);
  }

  saltOf(column: string): number {
    let salt = this.salts.get(column);
    if (salt === undefined) this.salts.set(column, (salt = saltOf(`${this.recipe.name}.${column}`)));
    return salt;
  }

  /**
   * The index of a column that is part of a unique tuple: the row number written in the mixed radix of the columns' sizes,
   * each digit shifted by the ones before it, so that neighbouring rows do not look alike.
   */
  inTuple(column: ColumnRecipe, row: number, sizeOf: (column: ColumnRecipe) => number): number | undefined {
    const tuple = this.tuples.find((columns) => columns.includes(column));
    if (tuple === undefined) return undefined;
    let rest = row;
    let shift = 0;
    for (const member of tuple) {
      const size = sizeOf(member);
      const digit = rest % size;
      const index = (digit + shift) % size;
      if (member === column) return index;
      rest = Math.floor(rest / size);
      shift = (shift + Math.floor(noise(this.seed, 3, digit) * size)) >>> 0;
    }
    return undefined;
  }
}

/** A column belongs to the first tuple that names it; one with a column that differs in each row needs no more. */
function tuplesOf({ uniqueTuples, columns }: TableRecipe): ColumnRecipe[][] {
  const taken = new Set<string>();
  return uniqueTuples.flatMap((names) => {
    const members = names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
    const isOpen = members.length === names.length && members.every(({ name, draw }) => draw.kind !== 'row' && !taken.has(name));
    if (!isOpen) return [];
    names.forEach((name) => taken.add(name));
    return [members];
  });
}
