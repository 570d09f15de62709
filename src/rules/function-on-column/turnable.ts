import { operatorName } from '../../syntax/sql/query/expressions';
import { integerConstant } from '../../syntax/sql/query/expressions';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { Turnable } from './rule';
import type { WrappedComparison } from './wrapped';

/** A value that may be written twice, and that means the same in another place: no positional parameter, no interpolation. */
const MOVABLE = /^(?:\$\d+|[:@]\w+|'[^']*'|-?\d+(?:\.\d+)?|current_date|now\(\)|current_timestamp(?:\(\))?|localtimestamp|(?:interval|date|timestamp|timestamptz)\s+'[^']*')(?:::\w+)?$/i;
const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=' };

/** The pieces of a comparison that can be written with the column alone on its side; undefined where it cannot. */
export function turnableOf(node: SqlNode, found: WrappedComparison, statement: SqlStatement): Turnable | undefined {
  const span = statement.spanInText(node);
  if (span === undefined || !/^(?:day|part|arithmetic)$/.test(found.wrapping)) return undefined;
  const place = statement.edit(span, '');
  const values = valuesOf(node, found, statement);
  if (place === undefined || values === undefined || statement.text.slice(span.start, span.end).includes('--')) return undefined;
  const operator = node.as('A_Expr')!.kind === 'AEXPR_BETWEEN' ? 'between' : operatorName(node);
  const base = {
    range: place.range,
    column: statement.textOf(found.reference),
    operator: found.isFlipped ? (FLIPPED[operator] ?? operator) : operator,
    values,
    embedded: statement.embedded,
  };
  if (found.wrapping === 'day') return isDay(found.side, found.reference) ? base : undefined;
  if (found.wrapping === 'part') return yearOf(found, base);
  return arithmetic(found, statement, base);
}

function valuesOf(node: SqlNode, { value }: WrappedComparison, statement: SqlStatement): string[] | undefined {
  if (value === undefined || !/^AEXPR_(?:OP|BETWEEN)$/.test(node.as('A_Expr')!.kind ?? '')) return undefined;
  const nodes = value.tag === 'List' ? value.in('items') : [value];
  const texts = nodes.map((one) => statement.textOf(one).trim());
  return texts.every((text) => MOVABLE.test(text)) ? texts : undefined;
}

/** `date(x)`, `x::date`, `date_trunc('day', x)` of the plain column. */
function isDay(side: SqlNode, reference: SqlNode): boolean {
  if (side.tag === 'TypeCast') return side.first('arg') === reference;
  const args = side.in('args');
  const name = side.as('FuncCall')?.funcname?.at(-1);
  const called = name !== undefined && 'String' in name ? name.String.sval?.toLowerCase() : undefined;
  if (called === 'date') return args.length === 1 && args[0] === reference;
  return called === 'date_trunc' && args[0]?.as('A_Const')?.sval?.sval?.toLowerCase() === 'day' && args[1] === reference;
}

/** `YEAR(x) = 2024` and `EXTRACT(YEAR FROM x) = 2024`. */
function yearOf({ side, value, reference }: WrappedComparison, base: Turnable): Turnable | undefined {
  const year = integerConstant(value);
  const args = side.in('args');
  const isYear = args.length === 1 ? /^year\b/i.test(nameOf(side)) : args[0]?.as('A_Const')?.sval?.sval?.toLowerCase() === 'year' && /^(?:extract|date_part)$/.test(nameOf(side));
  return year !== undefined && base.operator === '=' && isYear && args.at(-1) === reference ? { ...base, year } : undefined;
}

function nameOf(call: SqlNode): string {
  const name = call.as('FuncCall')?.funcname?.at(-1);
  return name !== undefined && 'String' in name ? (name.String.sval ?? '').toLowerCase() : '';
}

/** `x + 1 > 5`, `now() - x > interval '1 day'`: only what is added and taken away keeps its direction in any case. */
function arithmetic({ side, reference }: WrappedComparison, statement: SqlStatement, base: Turnable): Turnable | undefined {
  const sign = operatorName(side);
  const [left, right] = [side.first('lexpr'), side.first('rexpr')];
  const other = left === reference ? right : right === reference ? left : undefined;
  if ((sign !== '+' && sign !== '-') || other === undefined || left === undefined || base.values.length !== 1) return undefined;
  const text = statement.textOf(other).trim();
  return MOVABLE.test(text) ? { ...base, operand: { sign, text, isBehind: right === reference } } : undefined;
}
