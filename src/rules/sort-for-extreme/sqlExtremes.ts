import { functionName, integerConstant, stringConstant } from '../../syntax/sql/query/expressions';
import type { Span } from '../../core/text';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { Facts } from './rule';

/** A sorting of which one value is kept. */
export interface Extreme extends Facts {
  /** What the finding points at, as offsets into the statement. */
  readonly within: Span;
  /** The same value without sorting, where it is one aggregate: "max(total)". */
  readonly aggregate?: string;
  /** The aggregate leaves NULLs out, which the sorting would have put first. */
  readonly seesNulls?: boolean;
}

/** `(array_agg(x ORDER BY x))[1]`, `percentile_disc(0) WITHIN GROUP (ORDER BY x)`, `first_value(x) OVER (ORDER BY x)`, MySQL's `substring_index(group_concat(x ORDER BY x), ',', 1)`. */
export function extremeOf(call: SqlNode, statement: SqlStatement): Extreme | undefined {
  switch (functionName(call)) {
    case 'array_agg':
      return firstOfArray(call, statement);
    case 'percentile_disc':
      return outerPercentile(call, statement);
    case 'first_value':
      return firstInWindow(call, statement);
    case 'group_concat':
      return firstOfText(call, statement);
    default:
      return undefined;
  }
}

function firstOfArray(call: SqlNode, statement: SqlStatement): Extreme | undefined {
  const [sort, ...more] = call.in('agg_order');
  const holder = call.parent;
  if (sort === undefined || more.length > 0 || holder?.tag !== 'A_Indirection') return undefined;
  const [index, ...further] = holder.in('indirection');
  const position = index?.tag === 'A_Indices' && further.length === 0 ? integerConstant(index.first('uidx')) : undefined;
  return position === 1 ? taken(holder, call.first('args'), sort, statement, '') : undefined;
}

/** The 0th and the 100th percentile are the smallest and the largest. */
function outerPercentile(call: SqlNode, statement: SqlStatement): Extreme | undefined {
  const [sort] = call.in('agg_order');
  const fraction = integerConstant(call.first('args'));
  if (sort === undefined || (fraction !== 0 && fraction !== 1)) return undefined;
  const column = statement.textOf(sort.first('node')!);
  const isLargest = (fraction === 1) !== (directionOf(sort) === 'desc');
  const aggregate = `${isLargest ? 'max' : 'min'}(${column})`;
  return { ...placeOf(call, statement), collection: column, takes: fraction === 0 ? 'first' : 'last', instead: aggregate, aggregate };
}

function firstInWindow(call: SqlNode, statement: SqlStatement): Extreme | undefined {
  const window = call.first('over');
  const [sort, ...more] = window?.in('orderClause') ?? [];
  const value = call.first('args');
  if (window === undefined || sort === undefined || more.length > 0 || value === undefined || window.as('WindowDef')?.name !== undefined) return undefined;
  if (statement.textOf(value) !== statement.textOf(sort.first('node')!)) return undefined;
  const groups = window.in('partitionClause').map((column) => statement.textOf(column));
  return taken(call, value, sort, statement, ` OVER (${groups.length > 0 ? `PARTITION BY ${groups.join(', ')}` : ''})`);
}

function firstOfText(call: SqlNode, statement: SqlStatement): Extreme | undefined {
  const [sort, ...more] = call.in('agg_order');
  const holder = call.parent;
  if (sort === undefined || more.length > 0 || holder?.tag !== 'FuncCall' || functionName(holder) !== 'substring_index') return undefined;
  const [, separator, count] = holder.in('args');
  const found = stringConstant(separator) === ',' && integerConstant(count) === 1 ? taken(holder, call.first('args'), sort, statement, '') : undefined;
  // The text of a number is no number, so the two are not quite the same.
  return found && { ...found, aggregate: undefined };
}

/** The first of the sorted values: an aggregate gives it where they are sorted by themselves. */
function taken(node: SqlNode, value: SqlNode | undefined, sort: SqlNode, statement: SqlStatement, over: string): Extreme | undefined {
  if (value === undefined) return undefined;
  const column = statement.textOf(value);
  const order = statement.textOf(sort.first('node')!);
  const isDescending = directionOf(sort) === 'desc';
  const extreme = `${isDescending ? 'max' : 'min'}(${order})`;
  const isItself = column === order;
  return {
    ...placeOf(node, statement),
    collection: `the values of ${column}`,
    takes: 'first',
    instead: isItself ? extreme + over : `${extreme} and a join to the row that has it, or DISTINCT ON`,
    aggregate: isItself ? extreme + over : undefined,
    // In descending order NULLs come first, unless the query says otherwise; in ascending order last.
    seesNulls: sort.as('SortBy')?.sortby_nulls !== 'SORTBY_NULLS_LAST' && (isDescending || sort.as('SortBy')?.sortby_nulls === 'SORTBY_NULLS_FIRST'),
  };
}

/** A node's place and text. The parser notes no place of the brackets around a value and of those behind it: `(…)[1]`. */
export function placeOf(node: SqlNode, statement: SqlStatement): Pick<Extreme, 'within' | 'expression'> {
  const { text } = statement;
  let { start, end } = statement.spanInText(node)!;
  if (node.tag === 'A_Indirection') {
    if (text[start - 1] === '(') start--;
    end += /^[\s)]*(?:\[\s*1\s*)?\]?/.exec(text.slice(end))![0].length;
  }
  return { within: { start, end }, expression: text.slice(start, end) };
}

export function directionOf(sort: SqlNode): 'asc' | 'desc' {
  return sort.as('SortBy')?.sortby_dir === 'SORTBY_DESC' ? 'desc' : 'asc';
}
