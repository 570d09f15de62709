import type { Fix, Match } from '../../core/rule';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { Facts } from './rule';

const PERCENTILES = [50, 95, 99];

/**
 * Adds p50, p95, p99 and the maximum behind the mean. Only for a query in a file of SQL, in PostgreSQL's grammar:
 * in program code the rows' readers would have to change too.
 */
export function percentileFix({ facts }: Match<Facts>, node: SqlNode, statement: SqlStatement): Fix | undefined {
  const call = node.as('FuncCall')!;
  const target = node.parent;
  const isColumn = target?.tag === 'ResTarget' && target.parent === statement.root && target.field === 'targetList';
  const isPlain = call.over === undefined && call.agg_filter === undefined && call.agg_distinct === undefined;
  const argument = node.first('args');
  if (statement.embedded || !isColumn || !isPlain || argument === undefined || statement.text.includes('`')) return undefined;
  const end = endOfTarget(statement, node);
  if (end === undefined) return undefined;
  const place = statement.documentSpan({ start: end, end });
  return {
    title: 'Add p50, p95, p99 and the maximum',
    kind: 'suggestion',
    edits: [{ ...place, newText: columns(statement.textOf(argument), facts.quantity) }],
    caveat: 'The result gets four more columns, and percentile_cont is PostgreSQL: other databases spell it differently.',
  };
}

function columns(measured: string, quantity: string): string {
  const prefix = /^\w+$/.test(quantity) ? `${quantity}_` : '';
  const percentiles = PERCENTILES.map((p) => `percentile_cont(${p / 100}) WITHIN GROUP (ORDER BY ${measured}) AS ${prefix}p${p}`);
  return [...percentiles, `max(${measured}) AS ${prefix}max`].map((column) => `,\n       ${column}`).join('');
}

/** Behind the alias, if the column has one: before the next comma or keyword of its depth. */
function endOfTarget(statement: SqlStatement, node: SqlNode): number | undefined {
  const span = statement.spanInText(node);
  if (span === undefined) return undefined;
  const { tokens } = statement;
  let last = tokens.findIndex(({ end }) => end === span.end);
  if (last < 0) return undefined;
  if (tokens[last + 1]?.text === 'as') last += 2;
  else if (tokens[last + 1]?.kind === 'quoted') last += 1;
  const next = tokens[last + 1];
  return next === undefined || next.text === ',' || next.text === 'from' ? tokens[last]!.end : undefined;
}
