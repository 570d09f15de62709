import { formatCount } from '../../core/format';
import type { ForeignKey } from '../../core/facts';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { isSameName, plainName } from '../../workspace/schema/names';
import type { ColumnRecipe, Draw, TableRecipe } from '../data/recipe';
import { columnRecipe } from './columnRecipe';
import type { EngineProfile } from './plan';
import { rowsOfUnbuilt, type TableScale } from './scale';
import type { SchemaSupport } from './support';
import type { TypeReader } from './typeReader';

/** Parents are busy or quiet: some have many children, most have few. */
const REFERENCE_SKEW = 2;

export interface RecipeContext {
  readonly tables: readonly Table[];
  readonly scales: ReadonlyMap<string, TableScale>;
  readonly support: SchemaSupport;
  readonly types: TypeReader;
  readonly workspace: WorkspaceView;
  readonly dialect: EngineProfile['dialect'];
  /** Constants that the query compares columns with, by "table.column" in plain names. */
  readonly literals: ReadonlyMap<string, readonly string[]>;
}

/** The recipes of all tables that are built. */
export function tableRecipes(context: RecipeContext): TableRecipe[] {
  return context.tables.map((table) => withinKeys(recipeOf(table, context), context.scales));
}

function recipeOf(table: Table, { tables, scales, support, types, workspace, literals, dialect }: RecipeContext): TableRecipe {
  const scale = scales.get(table.name)!;
  const keys = uniqueKeys(table);
  const columns = [...table.columns.values()].map((column): ColumnRecipe => {
    const { type, enumType } = types.of(table, column);
    const isUnique = keys.some((key) => key.length === 1 && key[0] === plainName(column.name));
    const reference = referenceOf(table, column.name, tables, isUnique);
    const unbuilt = reference === undefined ? unbuiltReference(table, column.name, scale.rows, tables, workspace, isUnique) : undefined;
    const recipe = columnRecipe(column, {
      table,
      type,
      rows: scale.rows,
      rule: support.ruleOf(table.name, column.name),
      literals: literals.get(`${plainName(table.name)}.${plainName(column.name)}`),
      labels: enumType?.labels,
      isUnique,
      reference,
    });
    if (dialect === 'sqlite' && recipe.shape.kind === 'boolean') return { ...recipe, shape: { kind: 'list', values: ['0', '1'] } };
    return unbuilt === undefined ? recipe : { ...recipe, draw: unbuilt, shape: type.family === 'text' ? { kind: 'label', style: 'code', prefix: 'k', longest: type.length } : recipe.shape };
  });
  return {
    name: table.name,
    ...scale,
    columns,
    uniqueTuples: keys.filter((key) => key.length > 1).map((key) => key.map((name) => table.columns.get(name)!.name)),
  };
}

/** Plain columns whose values together differ in each row, narrowest first. */
function uniqueKeys(table: Table): string[][] {
  const declared = [table.primaryKey, ...table.indexes.filter(({ unique }) => unique).map(({ columns }) => columns)];
  return declared
    .map((columns) => columns.map(plainName))
    .filter((columns) => columns.length > 0 && columns.every((column) => table.columns.has(column)))
    .sort((a, b) => a.length - b.length);
}

/** A unique reference refers to each row once: row i of the one table to row i of the other. */
function referenceOf(table: Table, column: string, tables: readonly Table[], isUnique: boolean): Extract<Draw, { kind: 'reference' }> | undefined {
  for (const [key, { columns, references, referencedColumns }] of table.foreignKeys.entries()) {
    const position = columns.findIndex((name) => isSameName(name, column));
    const parent = position < 0 ? undefined : tables.find(({ name }) => isSameName(name, references));
    if (parent === undefined) continue;
    const referred = parent.columns.get(plainName(referencedColumns[position] ?? parent.primaryKey[position] ?? ''));
    if (referred === undefined || (parent === table && isSameName(referred.name, column))) continue;
    return { kind: 'reference', table: parent.name, column: referred.name, key, skew: isUnique ? 0 : REFERENCE_SKEW };
  }
  return undefined;
}

function unbuiltReference(table: Table, column: string, rows: number, tables: readonly Table[], workspace: WorkspaceView, isUnique: boolean): Draw | undefined {
  const key: ForeignKey | undefined = table.foreignKeys.find(
    ({ columns, references }) => columns.length === 1 && isSameName(columns[0]!, column) && !tables.some(({ name }) => isSameName(name, references)),
  );
  if (key === undefined || isUnique) return undefined;
  return { kind: 'pool', size: rowsOfUnbuilt(key.references, rows, workspace), skew: REFERENCE_SKEW };
}

/** A key of few possible values bounds the rows: a table of pairs has no more rows than there are pairs. */
function withinKeys(recipe: TableRecipe, scales: ReadonlyMap<string, TableScale>): TableRecipe {
  let limit = Infinity;
  let limiting: readonly string[] = [];
  const bound = (names: readonly string[], most: number): void => {
    if (most < limit) [limit, limiting] = [most, names];
  };
  for (const { name, draw } of recipe.columns) {
    if (draw.kind === 'reference' && draw.skew === 0) bound([name], scales.get(draw.table)?.rows ?? Infinity);
  }
  for (const names of recipe.uniqueTuples) {
    const columns = recipe.columns.filter(({ name }) => names.includes(name));
    if (columns.every(({ draw }) => draw.kind !== 'row')) bound(names, columns.reduce((product, column) => product * sizeOf(column, scales), 1));
  }
  if (limit >= recipe.rows) return recipe;
  return { ...recipe, rows: limit, capped: `its key (${limiting.join(', ')}) has ${formatCount(limit)} different values` };
}

function sizeOf({ draw }: ColumnRecipe, scales: ReadonlyMap<string, TableScale>): number {
  return draw.kind === 'pool' ? draw.size : draw.kind === 'reference' ? (scales.get(draw.table)?.rows ?? 1) : Infinity;
}
