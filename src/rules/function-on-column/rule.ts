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
    effortMinutes: 15,
    validation: 'explain',
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
