import type { QueryFact, SqlDialect } from '../../core/facts';
import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { Range } from '../../core/text';
import { linkComparison } from './link';

/**
 * What is done to the column: its case folded, a day or a part of a time taken, the type changed, arithmetic, another
 * function of text or numbers, a replacement of NULL.
 */
export type Wrapping = 'case' | 'day' | 'part' | 'cast' | 'arithmetic' | 'function' | 'null';

/** The pieces of a comparison that can be turned around so that the column stands alone. */
export interface Turnable {
  /** The whole comparison. */
  readonly range: Range;
  readonly column: string;
  readonly operator: string;
  /** The values it is compared with; two for BETWEEN. */
  readonly values: readonly string[];
  /** Of arithmetic: the other operand, and whether the column stands behind a minus. */
  readonly operand?: { readonly sign: '+' | '-'; readonly text: string; readonly isBehind: boolean };
  /** The year, of a comparison with a year that is written out. */
  readonly year?: number;
  readonly embedded: boolean;
}

export interface Facts {
  /** The real table's name where it is known. */
  readonly table?: string;
  readonly column: string;
  /** As the code writes it: "LOWER(email)", "created_at__date". */
  readonly form: string;
  readonly wrapping: Wrapping;
  /** The type that is cast to, lower case. */
  readonly type?: string;
  /** The one spelling an index on it would have: "lower(email)". Absent where no index can be on it. */
  readonly expression?: string;
  readonly comparison: 'equality' | 'range' | 'prefix';
  /** The query around it, which tells whether other conditions have narrowed it; absent where it is not known. */
  readonly query?: QueryFact;
  readonly turnable?: Turnable;
  /** Set by the linker: an index on the column that the function keeps from being used. */
  readonly index?: string;
  /** Set by the linker. */
  readonly dialect?: SqlDialect;
}

const MATCHING_ROWS = 20;

export const rule: Rule<Facts> = {
  meta: {
    id: 'function-on-column',
    title: 'Function around a searched column',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'suggestion',
    complexity: { now: 'O(n)', after: 'O(log n + matches)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n,
      after: (n) => Math.min(n, Math.ceil(Math.log2(Math.max(n, 2))) + MATCHING_ROWS),
      millisecondsPerUnit: 0.0003,
    },
    why:
      'An index on a column is sorted by the column, not by what a function makes of it, so the database computes the ' +
      'function for every row and compares the results.',
    technique: 'Leave the column alone and change the other side (a range instead of a day), or create an index on the expression.',
    tradeoffs: 'An index on an expression serves that expression only, and each write computes it.',
    effortMinutes: 15,
    validation: 'explain',
    conflicts: [{ view: 'clarity', text: 'DATE(created_at) = today says in one glance what a half-open range spells out.' }],
    whenNot: 'Other conditions of the query have already found the few rows, or the table stays small.',
    examples: {
      typescript: {
        bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function findUser(email: string) {
  return pool.query('SELECT id, name FROM users WHERE lower(email) = lower($1)', [email]);
}
`,
        better: `import { Pool } from 'pg';
const pool = new Pool();

/** Addresses are stored in lower case. */
export async function findUser(email: string) {
  return pool.query('SELECT id, name FROM users WHERE email = $1', [email.toLowerCase()]);
}
`,
      },
      python: {
        bad: `import datetime

from shop.models import Order

def orders_of(day: datetime.date):
    return list(Order.objects.filter(created_at__date=day).only("id")[:100])
`,
        better: `import datetime

from shop.models import Order

def orders_of(day: datetime.date):
    start = datetime.datetime.combine(day, datetime.time.min)
    end = start + datetime.timedelta(days=1)
    return list(Order.objects.filter(created_at__gte=start, created_at__lt=end).only("id")[:100])
`,
      },
      sql: {
        bad: `CREATE TABLE orders (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL);
CREATE INDEX orders_created_at ON orders (created_at);

SELECT id FROM orders WHERE created_at::date = $1;
`,
        better: `CREATE TABLE orders (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL);
CREATE INDEX orders_created_at ON orders (created_at);

SELECT id FROM orders WHERE created_at >= $1::date AND created_at < $1::date + 1;
`,
      },
    },
    links: [
      { title: 'PostgreSQL: indexes on expressions', url: 'https://www.postgresql.org/docs/current/indexes-expressional.html' },
      { title: 'Use The Index, Luke: functions', url: 'https://use-the-index-luke.com/sql/where-clause/functions' },
    ],
  },

  say({ form, table, column, index, wrapping, dialect, expression }, cost) {
    const place = table === undefined ? column : `${table}.${column}`;
    const which = index === undefined ? `an index on ${place}` : `the index ${index}`;
    return {
      message: `${form} hides ${column} from ${which}: it is computed for all ${formatCount(cost.n)} rows (${cost.basis}). ${adviceFor(wrapping, column, dialect, expression)}`,
      hint: `${formatCount(cost.now)} rows computed`,
    };
  },

  link: linkComparison,
};

function adviceFor(wrapping: Wrapping, column: string, dialect: SqlDialect | undefined, expression: string | undefined): string {
  switch (wrapping) {
    case 'case':
      if (dialect === 'mysql') return `Leave the function out: MySQL's usual collations ignore case, and then an index on ${column} serves.`;
      if (expression === undefined) return `Store and compare one case, or give ${column} a type that ignores it (citext): no ordinary index serves such a comparison.`;
      return `Create an index on ${expression}, or store and compare one case.`;
    case 'day':
      return `Compare ${column} with a range: from the beginning of the day to before the next one.`;
    case 'part':
      return `Compare ${column} with a range of time, or store the part in a column of its own.`;
    case 'cast':
      return `Cast the other side to the type of ${column} instead.`;
    case 'arithmetic':
      return `Move the arithmetic to the other side, so that ${column} stands alone.`;
    case 'null':
      return `Say the two cases (${column} = ... OR ${column} IS NULL), or create an index on the expression.`;
    case 'function':
      return 'Create an index on the expression, or compare what is stored.';
  }
}
