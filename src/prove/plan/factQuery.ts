import type { ColumnUse, FilterUse, QueryFact } from '../../core/facts';
import type { Schema } from '../../core/workspaceView';
import { ownerOfColumn, quoteName, spelledColumn } from './names';

/** A SELECT put together from what is known of a query, and what had to be left out of it. */
export interface FactQuery {
  readonly sql: string;
  readonly notes: readonly string[];
}

/** An IN list in code holds a handful of keys. */
const LIST_LENGTH = 3;

/**
 * The SELECT that a builder or an ORM would send, from the facts of its call; of an UPDATE or DELETE the search for its
 * rows. Undefined where the schema knows none of its tables.
 */
export function factQuery(fact: QueryFact, schema: Schema): FactQuery | undefined {
  const tables = fact.tables.flatMap((name) => schema.table(name) ?? []);
  if (tables.length === 0) return undefined;
  const notes: string[] = [];
  let parameters = 0;
  const parameter = (): string => `$${++parameters}`;
  const columnOf = (use: ColumnUse): string | undefined => {
    const table = use.table ?? ownerOfColumn(use.column, fact.tables, schema);
    const spelled = table === undefined ? undefined : spelledColumn(table, use.column, schema);
    return spelled && `${quoteName(spelled.table)}.${quoteName(spelled.column)}`;
  };
  const conditions: string[] = [];
  for (const filter of fact.filters) {
    const column = columnOf(filter);
    const condition = column === undefined ? undefined : conditionOf(filter, column, parameter);
    if (condition === undefined) notes.push(`A condition on ${filter.column} was left out, because its form is not known.`);
    else conditions.push(condition);
  }
  for (const [a, b] of fact.joins) {
    const [left, right] = [columnOf(a), columnOf(b)];
    if (left !== undefined && right !== undefined) conditions.push(`${left} = ${right}`);
  }
  const order = fact.orderBy.flatMap((use) => {
    const column = columnOf(use);
    return column === undefined ? [] : [`${column}${use.descending ? ' DESC' : ''}`];
  });
  const parts = [
    `SELECT ${selected(fact, tables[0]!.name, columnOf)}`,
    `FROM ${tables.map(({ name }) => quoteName(name)).join(', ')}`,
    ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    ...(order.length > 0 ? [`ORDER BY ${order.join(', ')}`] : []),
    ...(fact.hasLimit ? [`LIMIT ${parameter()}`] : []),
  ];
  return { sql: parts.join(' '), notes };
}

function selected(fact: QueryFact, table: string, columnOf: (use: ColumnUse) => string | undefined): string {
  if (fact.verb !== 'select') return '1';
  const columns = fact.columns === '*' ? [] : fact.columns.flatMap((column) => columnOf({ column }) ?? []);
  return columns.length > 0 ? columns.join(', ') : `${quoteName(table)}.*`;
}

function conditionOf({ operator, wrappedBy }: FilterUse, column: string, parameter: () => string): string | undefined {
  const side = wrappedBy === undefined ? column : wrapped(column, wrappedBy);
  if (side === undefined) return undefined;
  switch (operator) {
    case '=':
      return `${side} = ${parameter()}`;
    case 'in':
      return `${side} IN (${Array.from({ length: LIST_LENGTH }, parameter).join(', ')})`;
    case 'range':
      return `${side} > ${parameter()}`;
    case 'like-prefix':
      return `${side} LIKE ${parameter()} || '%'`;
    case 'like-infix':
      return `${side} LIKE '%' || ${parameter()} || '%'`;
    case 'is-null':
      return `${side} IS NULL`;
    case 'other':
      return undefined;
  }
}

/** Functions of one text, whose value for a row is known; of any other only the database knows it. */
const wrapped = (column: string, by: string): string | undefined => (/^(?:lower|upper|date)$/.test(by) ? `${by}(${column})` : undefined);
