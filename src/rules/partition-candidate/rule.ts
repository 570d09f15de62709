import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { linkTable } from './link';

export interface Facts {
  readonly table: string;
  /** Zero-based line of the statement that creates it. */
  readonly line: number;
  /** Set by the linker: what the queries and the declared scale speak for. */
  readonly plan?: Plan;
}

export interface Plan {
  readonly method: 'RANGE' | 'HASH';
  readonly column: string;
  /** How many of the table's queries have a condition on the column. */
  readonly using: number;
  readonly queries: number;
  readonly rows: number;
  readonly growthPerDay?: number;
  /** Keys that do not hold the column and would have to. */
  readonly keys: readonly string[];
  /** Tables with foreign keys to this one. */
  readonly referredBy: readonly string[];
}

const DAYS_A_MONTH = 30;

export const rule: Rule<Facts> = {
  meta: {
    id: 'partition-candidate',
    title: 'Table that has outgrown one piece',
    family: 'scalability',
    resource: 'database',
    decision: 'upfront',
    languages: ['sql'],
    fix: 'none',
    complexity: { now: 'O(n) for a period', after: 'O(n / partitions)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the table',
      assumedSize: 100_000_000,
      now: (n) => n,
      after: (n) => Math.ceil(n / 12),
      millisecondsPerUnit: 0.000001,
    },
    effortMinutes: 960,
    validation: 'explain',
  },

  say({ table, plan }, cost) {
    if (plan === undefined) return { message: `${table} has outgrown one piece.` };
    const { method, column, using, queries, rows, growthPerDay, keys, referredBy } = plan;
    const scale = `${table} is declared at ${formatCount(rows)} rows${growthPerDay === undefined ? '' : `, growing by ${formatCount(growthPerDay)} a day`}`;
    const each = method === 'RANGE' && growthPerDay !== undefined ? `, a month of ${formatCount(growthPerDay * DAYS_A_MONTH)} rows each` : '';
    const price = [
      ...keys.map((key) => `its key (${key}) must then hold ${column}`),
      ...(referredBy.length > 0 ? [`the foreign keys of ${referredBy.join(', ')} must name both`] : []),
    ];
    return {
      message: `${scale}, and ${using} of its ${queries} queries compare ${column}: partition it by ${method} (${column})${each}.${price.length > 0 ? ` The price: ${price.join('; ')}.` : ''}`,
      hint: `${formatCount(cost.n)} rows in one piece`,
    };
  },

  link: linkTable,
};
