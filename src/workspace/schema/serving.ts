import type { FilterUse, IndexDefinition, PredicateTerm, SortUse } from '../../core/facts';
import type { Table, TableIndex } from '../../core/workspaceView';
import { plainName } from './names';
import type { TableUses } from './uses';

/**
 * Whether an index leads to one of the columns (or expressions): it, or columns compared for equality and then it.
 * An index over a part of the rows does so only where the query asks for no other rows.
 */
export function isServed(table: Table, columns: readonly string[], equal: readonly string[], uses?: TableUses): boolean {
  return servingIndex(table, columns, equal, uses) !== undefined;
}

export function servingIndex(table: Table, columns: readonly string[], equal: readonly string[], uses?: TableUses): TableIndex | undefined {
  return table.indexes.find((index) => columns.some((column) => reaches(index, column, equal)) && mayServeRows(index, uses));
}

/** An index that would lead to one of the columns if it did not leave out rows that the query asks for. */
export function partialIndexOn(table: Table, columns: readonly string[], equal: readonly string[], uses: TableUses): IndexDefinition | undefined {
  return table.indexes.find((index) => columns.some((column) => reaches(index, column, equal)) && !mayServeRows(index, uses));
}

function reaches(index: IndexDefinition, column: string, equal: readonly string[]): boolean {
  const names = index.columns.map(indexedName);
  // The columns of a GIN, GiST, BRIN or bloom index serve in any combination.
  if (!/^(?:btree|hash)$/.test(index.method)) return names.includes(column);
  const position = names.indexOf(column);
  return position >= 0 && names.slice(0, position).every((name) => equal.includes(name));
}

/** An expression keeps its spelling; a plain name is compared as every name is. */
function indexedName(column: string): string {
  return /[(:]/.test(column) ? column : plainName(column);
}

/** A predicate that cannot be told to be implied or not counts as implied: silence is cheaper than a wrong claim. */
function mayServeRows(index: IndexDefinition, uses: TableUses | undefined): boolean {
  if (uses === undefined || index.where === undefined || index.predicate === undefined) return true;
  return index.predicate.every((term) => implied(term, uses) !== false);
}

/** Whether the query's conditions imply one of a partial index; undefined where that depends on a parameter. */
function implied(term: PredicateTerm, { filters, joins }: TableUses): boolean | undefined {
  const column = plainName(term.column);
  const known = filters.filter((use) => plainName(use.column) === column);
  if (term.test === 'is-not-null' && joins.some((join) => join.column === column)) return true;
  if (known.length === 0) return false;
  const verdicts = known.map((use) => impliedBy(term, use));
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

function impliedBy({ test, values = [] }: PredicateTerm, use: FilterUse): boolean | undefined {
  // Alternatives and functions may say anything of the column.
  if (use.operator === 'other' || use.wrappedBy !== undefined) return undefined;
  if (test === 'is-null' || use.operator === 'is-null') return test === 'is-null' && use.operator === 'is-null';
  if (test === 'is-not-null') return true;
  if (test === 'range' || use.values === undefined) return undefined;
  if (use.operator !== '=' && use.operator !== 'in') return undefined;
  const listed = use.values.every((value) => values.includes(value));
  return test === '<>' ? !use.values.some((value) => values.includes(value)) : listed;
}

/** Whether an index on a text column finds what begins with a prefix. */
export function servesPrefix(table: Table, column: string, uses: TableUses): boolean {
  return table.indexes.some((index) => {
    if (!reaches(index, column, uses.equal) || !mayServeRows(index, uses)) return false;
    const operatorClass = index.operatorClasses?.[index.columns.map(indexedName).indexOf(column)];
    // Only PostgreSQL sorts a plain index by the rules of a language, by which a prefix is no range.
    return table.dialect !== 'postgresql' || /_pattern_ops$|trgm|bigm/.test(operatorClass ?? '');
  });
}

/** Whether an index gives the rows in the order of a sort column, behind columns compared for equality. */
export function servesOrder(table: Table, sort: SortUse, uses: TableUses): boolean {
  const column = plainName(sort.column);
  return table.indexes.some((index) => {
    if (index.method !== 'btree' || !reaches(index, column, uses.equal) || !mayServeRows(index, uses)) return false;
    return sort.nulls === undefined || table.dialect !== 'postgresql' || hasNullsAt(index, column, sort);
  });
}

/** An index is read in its own order or backwards, which turns the place of NULL around, too. */
function hasNullsAt(index: IndexDefinition, column: string, sort: SortUse): boolean {
  const own = index.order?.[index.columns.map(indexedName).indexOf(column)] ?? { descending: false };
  const nullsOf = ({ descending, nulls }: Pick<SortUse, 'descending' | 'nulls'>): string => nulls ?? (descending ? 'first' : 'last');
  return (own.descending === sort.descending) === (nullsOf(own) === nullsOf(sort));
}
