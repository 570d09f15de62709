import type { IndexDefinition, QueryFact, SortUse } from '../../core/facts';
import type { Confidence } from '../../core/rule';
import type { IndexColumn, Schema, Table, TableForeignKey } from '../../core/workspaceView';
import { isSameName, plainName } from './names';
import { isServed, partialIndexOn, servesOrder, servesPrefix } from './serving';
import { belongsTo, hasFewValues, usesOf, type TableUses } from './uses';

/** A column of an index that is asked for. */
export type NeededColumn = IndexColumn;

/** An index that a query asks for and the schema lacks. */
export interface IndexNeed {
  readonly table: Table;
  /** Compared for equality: they come first, in any order. */
  readonly equal: readonly string[];
  /** Behind them one range or the sort order. */
  readonly tail: readonly NeededColumn[];
  readonly use: 'filter' | 'join' | 'order' | 'prefix' | 'reference';
  readonly confidence: Confidence;
  /** An index that would serve if it held all the rows, or if it were not sorted for a language. */
  readonly nearMiss?: IndexDefinition;
}

export function neededColumns({ equal, tail }: Pick<IndexNeed, 'equal' | 'tail'>): NeededColumn[] {
  return [...equal.map((name) => ({ name })), ...tail];
}

const MOST_EQUALITY_COLUMNS = 3;

/** The index that would serve the query's access to one table; undefined where one does or nothing calls for one. */
export function neededIndex(table: Table, query: QueryFact, schema: Schema): IndexNeed | undefined {
  const uses = usesOf(table, query, schema);
  const others = otherUses(table, query, schema);
  if (isReached(table, uses, others)) return undefined;
  if (uses.selective.length > 0) return filterNeed(table, uses, query);
  const drivers = drivenTables(others, false);
  const joined = uses.joins.flatMap(({ column, other }) => (other !== undefined && drivers.has(other) ? [column] : []));
  if (joined.length > 0) return { table, equal: [...new Set(joined)].slice(0, MOST_EQUALITY_COLUMNS), tail: [], use: 'join', confidence: 'likely' };
  // An index that begins with a column of few values narrows enough to be left alone.
  if (query.tables.length > 1 || uses.joins.length > 0 || isServed(table, uses.equal, uses.equal, uses)) return undefined;
  return prefixNeed(table, uses) ?? rangeNeed(table, uses, query) ?? orderNeed(table, uses, query, schema);
}

/** An index leads to the table's rows, from a condition on it or from another table of which few rows take part. */
function isReached(table: Table, uses: TableUses, others: OtherUses): boolean {
  const drivers = drivenTables(others, true);
  const driven = uses.joins.filter(({ other }) => other === undefined || drivers.has(other)).map(({ column }) => column);
  const equal = [...uses.equal, ...driven];
  const narrowing = uses.selective.length > 0 ? [] : uses.ranges;
  return isServed(table, [...uses.selective, ...narrowing, ...driven, ...uses.expressions], equal, uses) || uses.prefixes.some((column) => servesPrefix(table, column, uses));
}

/** Conditions on plain columns lead to few rows of the table by an index, whatever a function of another column says of them. */
export function isNarrowedOtherwise(table: Table, query: QueryFact, schema: Schema): boolean {
  const uses = { ...usesOf(table, query, schema), expressions: [] };
  return isReached(table, { ...uses, ranges: [] }, otherUses(table, query, schema));
}

/** A foreign key to `table` without an index: each row deleted there makes the database read the whole other table. */
export function unindexedReference(table: Table, schema: Schema): IndexNeed | undefined {
  for (const child of schema.tables) {
    const key = child.foreignKeys.find(({ references, columns }) => isSameName(references, table.name) && isUnindexed(child, columns));
    if (key !== undefined) return referenceNeed(child, key.columns);
  }
  return undefined;
}

/** The index that a foreign key lacks, by the statement that declares it last; its table and columns may have other names by now. */
export function neededReference(name: string, columns: readonly string[], place: { readonly file: string; readonly line: number }, schema: Schema): IndexNeed | undefined {
  const isStatedHere = (key: TableForeignKey): boolean => key.file === place.file && key.line === place.line && key.stated.map(plainName).join() === columns.map(plainName).join();
  const named = schema.table(name);
  const table = named?.foreignKeys.some(isStatedHere) ? named : schema.tables.find(({ foreignKeys }) => foreignKeys.some(isStatedHere));
  const key = table?.foreignKeys.find(isStatedHere);
  return table !== undefined && key !== undefined && isUnindexed(table, key.columns) ? referenceNeed(table, key.columns) : undefined;
}

function referenceNeed(table: Table, columns: readonly string[]): IndexNeed {
  return { table, equal: columns.map(plainName), tail: [], use: 'reference', confidence: 'likely' };
}

/** An index that holds the references alone (WHERE parent_id IS NOT NULL) is as good as one over all rows. */
function isUnindexed(child: Table, columns: readonly string[]): boolean {
  const names = columns.map(plainName);
  return names.length > 0 && names.every((name) => child.columns.has(name)) && !isServed(child, names, names);
}

/** A range alone narrows less than an equality; where only the range has an index, that one is read and filtered. */
function filterNeed(table: Table, uses: TableUses, query: QueryFact): IndexNeed {
  const equal = uses.selective.slice(0, MOST_EQUALITY_COLUMNS);
  const isNarrowed = isServed(table, uses.ranges, uses.equal, uses);
  const nearMiss = partialIndexOn(table, uses.selective, uses.equal, uses);
  return { table, equal, tail: lastColumn(table, uses, query, equal), use: 'filter', confidence: isNarrowed ? 'possible' : 'likely', ...(nearMiss && { nearMiss }) };
}

/** The one column an index can use behind its equality columns: a range, or the order of a limited result. */
function lastColumn(table: Table, uses: TableUses, query: QueryFact, taken: readonly string[]): NeededColumn[] {
  const isSorted = query.hasLimit && query.tables.length === 1;
  const column = uses.ranges[0] ?? (isSorted ? plainName(query.orderBy[0]?.column ?? '') : '');
  if (!table.columns.has(column) || taken.includes(column)) return [];
  const sort = isSorted && query.orderBy[0] !== undefined && isSameName(query.orderBy[0].column, column) ? query.orderBy[0] : undefined;
  return [sort?.nulls === undefined ? { name: column } : sorted(sort)];
}

/** LIKE 'x%' is a range only for an index that is sorted by characters. */
function prefixNeed(table: Table, uses: TableUses): IndexNeed | undefined {
  const [column] = uses.prefixes;
  // SQLite's LIKE ignores case, and which index it can use depends on the column's collation.
  if (column === undefined || table.dialect !== 'postgresql' || uses.ranges.length > 0) return undefined;
  const nearMiss = table.indexes.find((index) => index.method === 'btree' && plainName(index.columns[0] ?? '') === column);
  const operatorClass = /^(?:varchar|character varying)/.test(table.columns.get(column)?.type ?? '') ? 'varchar_pattern_ops' : 'text_pattern_ops';
  return { table, equal: [], tail: [{ name: column, operatorClass }], use: 'prefix', confidence: 'possible', ...(nearMiss && { nearMiss }) };
}

/** A range leaves few rows or most of them. Behind an equality, with a limit and in its own order, it is a queue or a feed. */
function rangeNeed(table: Table, uses: TableUses, query: QueryFact): IndexNeed | undefined {
  const [range] = uses.ranges;
  const isQueue = range !== undefined && query.hasLimit && query.orderBy[0] !== undefined && isSameName(query.orderBy[0].column, range);
  return isQueue ? { table, equal: uses.equal.slice(0, 1), tail: sortColumns(query.orderBy, table), use: 'filter', confidence: 'possible' } : undefined;
}

/** ORDER BY with LIMIT and no narrowing filter: without an index every row is read to find the first few. */
function orderNeed(table: Table, uses: TableUses, query: QueryFact, schema: Schema): IndexNeed | undefined {
  const { orderBy } = query;
  if (!query.hasLimit || orderBy.length === 0 || uses.ranges.length > 0) return undefined;
  if (!orderBy.every((use) => belongsTo(use, table, query, schema))) return undefined;
  const [first] = orderBy;
  if (hasFewValues(first!.column, table) || servesOrder(table, first!, uses)) return undefined;
  const isFiltered = uses.hasOtherFilters || uses.equal.length > 0;
  // With an index on the same column that only puts NULL elsewhere, the query may be written for that on purpose.
  const isNear = servesOrder(table, { ...first!, nulls: undefined }, uses);
  return { table, equal: [], tail: sortColumns(orderBy, table), use: 'order', confidence: isFiltered || isNear ? 'possible' : 'likely' };
}

/** The sort order as an index has it: read backwards it serves the reverse, so that one direction needs no word. */
function sortColumns(orderBy: readonly SortUse[], table: Table): NeededColumn[] {
  const known = orderBy.filter(({ column }) => table.columns.has(plainName(column)));
  const isPlain = known.every(({ descending, nulls }) => nulls === undefined && descending === known[0]!.descending);
  return known.map((sort) => (isPlain ? { name: plainName(sort.column) } : sorted(sort)));
}

const sorted = ({ column, descending, nulls }: SortUse): NeededColumn => ({ name: plainName(column), ...(descending && { descending }), ...(nulls && { nulls }) });

/** The uses of the query's other tables, by plain name. */
type OtherUses = ReadonlyMap<string, TableUses>;

function otherUses(except: Table, query: QueryFact, schema: Schema): OtherUses {
  const tables = query.tables.flatMap((name) => schema.table(name) ?? []).filter((table) => table !== except);
  return new Map(tables.map((table) => [plainName(table.name), usesOf(table, query, schema)]));
}

/**
 * The tables of which few rows take part: those filtered by a selective equality, and those joined to one of them.
 * With `generous` also those joined to a subquery, whose rows may be few: good for a doubt, not for a claim.
 */
function drivenTables(uses: OtherUses, generous: boolean): ReadonlySet<string> {
  const driven = new Set([...uses].filter(([, use]) => use.selective.length > 0).map(([name]) => name));
  for (let size = -1; size !== driven.size; ) {
    size = driven.size;
    for (const [name, use] of uses) {
      if (use.joins.some(({ other }) => (other === undefined ? generous : driven.has(other)))) driven.add(name);
    }
  }
  return driven;
}
