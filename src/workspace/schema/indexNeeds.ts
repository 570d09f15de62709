import type { IndexDefinition, QueryFact } from '../../core/facts';
import type { Confidence } from '../../core/rule';
import type { Schema, Table } from '../../core/workspaceView';
import { isSameName, plainName } from './names';
import { belongsTo, hasFewValues, usesOf, type TableUses } from './uses';

/** An index that a query asks for and the schema lacks. */
export interface IndexNeed {
  readonly table: Table;
  /** In the order the index should have them: equality first, then one range or the sort order. */
  readonly columns: readonly string[];
  readonly use: 'filter' | 'join' | 'order' | 'reference';
  readonly confidence: Confidence;
}

const MOST_EQUALITY_COLUMNS = 3;

/**
 * The index that would serve the query's access to one table; undefined where one does or nothing calls for one.
 * `enumerated` names columns that are compared with words, flags or numbers of the statement.
 */
export function neededIndex(table: Table, query: QueryFact, schema: Schema, enumerated?: readonly string[]): IndexNeed | undefined {
  const uses = usesOf(table, query, schema, enumerated);
  const others = otherUses(table, query, schema, enumerated);
  if (isReached(table, uses, others)) return undefined;
  if (uses.selective.length > 0) return filterNeed(table, uses, query);
  const drivers = drivenTables(others, false);
  const joined = uses.joins.flatMap(({ column, other }) => (other !== undefined && drivers.has(other) ? [column] : []));
  if (joined.length > 0) return { table, columns: [...new Set(joined)].slice(0, MOST_EQUALITY_COLUMNS), use: 'join', confidence: 'likely' };
  // An index that begins with a column of few values narrows enough to be left alone.
  if (query.tables.length > 1 || uses.joins.length > 0 || isServed(table, uses.equal, uses.equal)) return undefined;
  return rangeNeed(table, uses, query) ?? orderNeed(table, uses, query, schema);
}

/** An index leads to the table's rows, from a condition on it or from another table of which few rows take part. */
function isReached(table: Table, uses: TableUses, others: OtherUses): boolean {
  const drivers = drivenTables(others, true);
  const driven = uses.joins.filter(({ other }) => other === undefined || drivers.has(other)).map(({ column }) => column);
  return isServed(table, [...uses.selective, ...uses.ranges, ...driven], [...uses.equal, ...driven]);
}

/** A foreign key to `table` without an index: each row deleted there makes the database read the whole other table. */
export function unindexedReference(table: Table, schema: Schema): IndexNeed | undefined {
  for (const child of schema.tables) {
    const key = child.foreignKeys.find(
      ({ references, columns }) => isSameName(references, table.name) && columns.length > 0 && !isServed(child, columns.map(plainName), columns.map(plainName)),
    );
    if (key !== undefined) return { table: child, columns: key.columns.map(plainName), use: 'reference', confidence: 'likely' };
  }
  return undefined;
}

/** Whether an index leads to one of the columns: it, or columns compared for equality and then it. */
export function isServed(table: Table, columns: readonly string[], equal: readonly string[]): boolean {
  return columns.some((column) => table.indexes.some((index) => reaches(index, column, equal)));
}

/** Partial indexes count too: whether the query implies their predicate cannot be told, and silence is cheaper than a wrong claim. */
function reaches(index: IndexDefinition, column: string, equal: readonly string[]): boolean {
  const names = index.columns.map(plainName);
  // The columns of a GIN, GiST, BRIN or bloom index serve in any combination.
  if (!/^(?:btree|hash)$/.test(index.method)) return names.includes(column);
  const position = names.indexOf(column);
  return position >= 0 && names.slice(0, position).every((name) => equal.includes(name));
}

function filterNeed(table: Table, uses: TableUses, query: QueryFact): IndexNeed {
  const equal = uses.selective.slice(0, MOST_EQUALITY_COLUMNS);
  return { table, columns: [...equal, ...lastColumn(table, uses, query, equal)], use: 'filter', confidence: 'likely' };
}

/** The one column an index can use behind its equality columns: a range, or the order of a limited result. */
function lastColumn(table: Table, uses: TableUses, query: QueryFact, taken: readonly string[]): string[] {
  const sorted = query.hasLimit && query.tables.length === 1 ? plainName(query.orderBy[0]?.column ?? '') : '';
  const column = uses.ranges[0] ?? sorted;
  return table.columns.has(column) && !taken.includes(column) ? [column] : [];
}

/** A range leaves few rows or most of them. Behind an equality, with a limit and in its own order, it is a queue or a feed. */
function rangeNeed(table: Table, uses: TableUses, query: QueryFact): IndexNeed | undefined {
  const [range] = uses.ranges;
  const isQueue = range !== undefined && query.hasLimit && query.orderBy[0] !== undefined && isSameName(query.orderBy[0].column, range);
  return isQueue ? { table, columns: [...uses.equal.slice(0, 1), range], use: 'filter', confidence: 'possible' } : undefined;
}

/** ORDER BY with LIMIT and no narrowing filter: without an index every row is read to find the first few. */
function orderNeed(table: Table, uses: TableUses, query: QueryFact, schema: Schema): IndexNeed | undefined {
  const { orderBy } = query;
  if (!query.hasLimit || orderBy.length === 0 || uses.ranges.length > 0) return undefined;
  if (!orderBy.every((use) => belongsTo(use, table, query, schema))) return undefined;
  const columns = orderBy.map(({ column }) => plainName(column));
  if (hasFewValues(columns[0]!, table) || isServed(table, [columns[0]!], uses.equal)) return undefined;
  // One index serves several sort columns only where all run in the same direction.
  const sameDirection = orderBy.every(({ descending }) => descending === orderBy[0]!.descending);
  const isFiltered = uses.hasOtherFilters || uses.equal.length > 0;
  return { table, columns: sameDirection ? columns : columns.slice(0, 1), use: 'order', confidence: isFiltered ? 'possible' : 'likely' };
}

/** The uses of the query's other tables, by plain name. */
type OtherUses = ReadonlyMap<string, TableUses>;

function otherUses(except: Table, query: QueryFact, schema: Schema, enumerated?: readonly string[]): OtherUses {
  const tables = query.tables.flatMap((name) => schema.table(name) ?? []).filter((table) => table !== except);
  return new Map(tables.map((table) => [plainName(table.name), usesOf(table, query, schema, enumerated)]));
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
