import type { ColumnUse, FilterUse, QueryFact } from '../../core/facts';
import type { Schema, Table } from '../../core/workspaceView';
import { isSameName, plainName } from './names';

/** How one query uses the columns of one table. Columns are plain names the table is known to have. */
export interface TableUses {
  /** Compared for equality with a value, a list of them or NULL. */
  readonly equal: readonly string[];
  /** The equal ones that leave few rows. */
  readonly selective: readonly string[];
  readonly ranges: readonly string[];
  /** Compared by LIKE 'x%'. */
  readonly prefixes: readonly string[];
  /** Expressions, in the spelling of an index on them, that are compared with a value. */
  readonly expressions: readonly string[];
  /** Any condition beside comparisons of plain columns: LIKE '%x%', a function of a column, alternatives. */
  readonly hasOtherFilters: boolean;
  /** Columns joined with another table of the query, and that table; without one where it is a subquery or an outer query's. */
  readonly joins: readonly { readonly column: string; readonly other?: string }[];
  /** Every condition on the table. */
  readonly filters: readonly FilterUse[];
}

/** Moments are compared by range; where they are compared for equality, another condition has found the row. */
const MOMENT_NAME = /^last_|(?:_(?:at|ts|seen)|[a-z]At|timestamp)$/;
/** Types that have few distinct values, and names that people give to such columns. */
const FEW_VALUES_TYPE = /^(?:bool|boolean|bit|tinyint\(1\)|enum|choice)/;
const FEW_VALUES_NAME =
  /^(?:is|has|can|was|should|use)_|(?:^|_)(?:status|state|type|kind|mode|flag|role|level|priority|category|visibility|visible|hidden|active|enabled|disabled|deleted|archived|published|public|private|gender|sex|lang|language|locale|country|currency|env|environment|platform|provider|source)$/;
const FEW_VALUES_CAMEL_CASE = /^(?:is|has|can|was|should)[A-Z]|[a-z](?:Status|State|Type|Kind|Mode|Role)$/;
/** An ordinary index on these is impossible or pointless. */
const NOT_INDEXED_TYPE = /^(?:jsonb?|xml|bytea|blob|longblob|mediumblob|tsvector|geometry|geography|point|polygon)|\[\]$/;

/** A key: the one column that is selective even when a script compares it with a number. */
const KEY_NAME = /(?:^|_)(?:id|uuid|guid)$|[a-z](?:Id|ID|Uuid)$/;

export function usesOf(table: Table, query: QueryFact, schema: Schema): TableUses {
  const filters = query.filters.filter((use) => belongsTo(use, table, query, schema));
  const plain = filters.filter((use) => use.wrappedBy === undefined && isIndexable(use.column, table));
  const nameOf = (column: string): string => table.columns.get(column)?.name ?? column;
  const isSelective = ({ column, values, isEnumerated }: FilterUse): boolean => {
    const name = nameOf(plainName(column));
    if (hasFewValues(column, table) || MOMENT_NAME.test(name)) return false;
    return !(isEnumerated || values?.every(isOneOfFew)) || KEY_NAME.test(name);
  };
  const compared = plain.filter(({ operator }) => operator === '=' || operator === 'in');
  return {
    equal: columnsOf([...compared, ...plain.filter(({ operator }) => operator === 'is-null')]),
    selective: columnsOf(compared.filter(isSelective)),
    ranges: columnsOf(plain.filter(({ operator }) => operator === 'range')),
    prefixes: columnsOf(plain.filter(({ operator }) => operator === 'like-prefix')),
    expressions: filters.flatMap(({ operator, expression }) => (expression !== undefined && /^(?:=|in|range|like-prefix)$/.test(operator) ? [expression] : [])),
    hasOtherFilters: filters.some((use) => use.wrappedBy !== undefined || !/^(?:=|in|range)$/.test(use.operator)),
    joins: query.joins.flatMap(([a, b]) => [...joinOf(a, b, table, query, schema), ...joinOf(b, a, table, query, schema)]),
    filters,
  };
}

/** A word, a flag or a number: what people compare a column of few values with, never an instance's key. */
function isOneOfFew(value: string): boolean {
  return /^'(?:[a-z][a-z_ -]{0,30}\d{0,2})?'$|^-?\d+(?:\.\d+)?$|^(?:true|false)$/i.test(value);
}

/** Whether a use is of this table. A column without its table belongs to the only table of the query that has it. */
export function belongsTo(use: ColumnUse, table: Table, query: QueryFact, schema: Schema): boolean {
  const owner = ownerOf(use, query, schema);
  return owner !== undefined && isSameName(owner, table.name) && table.columns.has(plainName(use.column));
}

function ownerOf(use: ColumnUse, query: QueryFact, schema: Schema): string | undefined {
  if (use.table !== undefined) return use.table;
  const tables = query.tables.map((name) => schema.table(name));
  const owners = tables.filter((table) => table?.columns.has(plainName(use.column)));
  return owners.length === 1 && !tables.includes(undefined) ? owners[0]!.name : undefined;
}

function joinOf(own: ColumnUse, other: ColumnUse, table: Table, query: QueryFact, schema: Schema): TableUses['joins'] {
  if (!belongsTo(own, table, query, schema) || !isIndexable(own.column, table)) return [];
  const owner = ownerOf(other, query, schema);
  const isOfQuery = owner !== undefined && query.tables.some((name) => isSameName(name, owner));
  return [{ column: plainName(own.column), other: isOfQuery ? plainName(owner) : undefined }];
}

function columnsOf(filters: readonly FilterUse[]): string[] {
  return [...new Set(filters.map(({ column }) => plainName(column)))];
}

export function hasFewValues(column: string, table: Table): boolean {
  const definition = table.columns.get(plainName(column));
  return FEW_VALUES_TYPE.test(definition?.type.toLowerCase() ?? '') || namesFewValues(definition?.name ?? column);
}

/** Whether a column is called like a status, a flag or a category. */
export function namesFewValues(column: string): boolean {
  return FEW_VALUES_NAME.test(column.toLowerCase()) || FEW_VALUES_CAMEL_CASE.test(column);
}

function isIndexable(column: string, table: Table): boolean {
  return !NOT_INDEXED_TYPE.test(table.columns.get(plainName(column))?.type.toLowerCase() ?? '');
}
