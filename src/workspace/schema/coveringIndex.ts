import type { IndexOrder } from '../../core/facts';
import type { Table, TableIndex } from '../../core/workspaceView';
import { plainName } from './names';
import { isNumbered } from './recency';

/**
 * Another index of the table that serves whatever this one serves: it begins with the same columns, in the same
 * order and over the same rows. Undefined for an index that stands for a constraint, or that keeps values unique
 * which the other does not.
 */
export function coveringIndex(index: TableIndex, table: Table): TableIndex | undefined {
  if (index.method !== 'btree' || index.constraint === 'primary key' || index.constraint === 'foreign key' || index.constraint === 'exclusion') return undefined;
  return table.indexes.find((other) => other !== index && other.constraint !== 'foreign key' && covers(other, index, table.indexes));
}

function covers(other: TableIndex, index: TableIndex, all: readonly TableIndex[]): boolean {
  // New databases come from a dump and old ones from its migrations: what each of them calls an index may be one.
  if (isNumbered(other.file) !== isNumbered(index.file)) return false;
  if (other.method !== 'btree' || !beginsWith(other, index) || predicate(other) !== predicate(index)) return false;
  const isSameColumns = other.columns.length === index.columns.length;
  if (index.unique && !(isSameColumns && other.unique)) return false;
  if (!includes(other, index)) return false;
  // Of two that are the same, the one that is no constraint, or came later, is one too many.
  return !isSameColumns || rank(other) > rank(index) || (rank(other) === rank(index) && all.indexOf(other) < all.indexOf(index));
}

function rank({ constraint, unique, include }: TableIndex): number {
  if (constraint === 'primary key') return 4;
  if (constraint === 'unique') return 3;
  return (unique ? 2 : 0) + (include === undefined ? 0 : 1);
}

function beginsWith(other: TableIndex, index: TableIndex): boolean {
  const { length } = index.columns;
  if (length > other.columns.length) return false;
  const isPrefix = index.columns.every((column, i) => indexed(column) === indexed(other.columns[i]!) && index.operatorClasses?.[i] === other.operatorClasses?.[i]);
  return isPrefix && isSameOrder(index, other, length);
}

/** The same directions, or all of them reversed, which reading backwards makes the same. */
function isSameOrder(a: TableIndex, b: TableIndex, length: number): boolean {
  const pairs = Array.from({ length }, (_, i) => [orderAt(a, i), orderAt(b, i)] as const);
  const isSame = pairs.every(([left, right]) => left.descending === right.descending && left.nullsFirst === right.nullsFirst);
  return isSame || pairs.every(([left, right]) => left.descending !== right.descending && left.nullsFirst !== right.nullsFirst);
}

function orderAt({ order }: TableIndex, i: number): { readonly descending: boolean; readonly nullsFirst: boolean } {
  const { descending, nulls }: IndexOrder = order?.[i] ?? { descending: false };
  return { descending, nullsFirst: nulls === undefined ? descending : nulls === 'first' };
}

function includes(other: TableIndex, index: TableIndex): boolean {
  const held = [...other.columns, ...(other.include ?? [])].map(indexed);
  return (index.include ?? []).every((column) => held.includes(indexed(column)));
}

const indexed = (column: string): string => (/[(:]/.test(column) ? column : plainName(column));

/** The predicate without the casts, brackets and white space that PostgreSQL adds when it prints one. */
function predicate({ where }: TableIndex): string | undefined {
  return where?.replace(/::\w+(?:\s+varying)?|[\s()"]/g, '').toLowerCase();
}
