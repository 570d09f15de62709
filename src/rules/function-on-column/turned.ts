import type { SqlDialect } from '../../core/facts';
import type { Turnable } from './rule';

/** The comparison with the column alone, as the dialect writes it; undefined where it would need quotes inside a string. */
export function turned(turnable: Turnable, dialect: SqlDialect | undefined): string | undefined {
  const text = turnable.operand ? overOperand(turnable, turnable.operand) : turnable.year !== undefined ? ofYear(turnable, turnable.year) : ofDay(turnable, dialect);
  return text !== undefined && turnable.embedded && /['"`\\%{}$]/.test(text.replaceAll(/\$\d+/g, '')) ? undefined : text;
}

/** `x + k < v` is `x < v - k`; `k - x < v` is `x > k - v`. */
function overOperand({ column, operator, values }: Turnable, { sign, text, isBehind }: NonNullable<Turnable['operand']>): string {
  const [value] = values;
  if (sign === '-' && isBehind) return `${column} ${FLIPPED[operator] ?? operator} ${text} - ${value}`;
  return `${column} ${operator} ${value} ${sign === '+' ? '-' : '+'} ${text}`;
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

function ofYear({ column }: Turnable, year: number): string {
  return `${column} >= '${year}-01-01' AND ${column} < '${year + 1}-01-01'`;
}

/** A day is everything from its beginning to before the next one. */
function ofDay({ column, operator, values }: Turnable, dialect: SqlDialect | undefined): string | undefined {
  const [first, last = first] = values.map((value) => dayOf(value!, dialect));
  if (first === undefined || last === undefined) return undefined;
  switch (operator) {
    case '=':
    case 'between':
      return `${column} >= ${first.begin} AND ${column} < ${last.end}`;
    case '>=':
    case '<':
      return `${column} ${operator} ${first.begin}`;
    case '>':
      return `${column} >= ${first.end}`;
    case '<=':
      return `${column} < ${first.end}`;
    default:
      return undefined;
  }
}

function dayOf(value: string, dialect: SqlDialect | undefined): { readonly begin: string; readonly end: string } | undefined {
  switch (dialect) {
    case 'postgresql': {
      const day = /::date$|^(?:current_date|date\s)/i.test(value) ? value : `${value}::date`;
      return { begin: day, end: `${day} + 1` };
    }
    case 'mysql':
      return { begin: value, end: `${value} + INTERVAL 1 DAY` };
    case 'sqlite':
      return { begin: value, end: `date(${value}, '+1 day')` };
    default:
      return undefined;
  }
}
