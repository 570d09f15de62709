import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { isSmallTable } from '../../workspace/schema/smallTables';

export interface Facts {
  /** As the code writes it: "ORDER BY random()", "order_by('?')". */
  readonly form: string;
  readonly table?: string;
  /** Columns of the table that are compared for equality; a whole key leaves one row. */
  readonly equal?: readonly string[];
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'order-by-random',
    title: 'Rows in random order',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'none',
    complexity: { now: 'O(n log n)', after: 'O(k log n)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n,
      after: (n) => Math.min(n, 20),
      millisecondsPerUnit: 0.001,
    },
    effortMinutes: 45,
    validation: 'explain',
  },

  say({ form, table }, cost) {
    return {
      message: `${form} gives each of the ${formatCount(cost.n)} rows (${cost.basis})${table === undefined ? '' : ` of ${table}`} a random number and sorts them all. Pick random keys, or sample the table.`,
      hint: `${formatCount(cost.now)} rows sorted`,
    };
  },

  link({ facts, confidence }, workspace) {
    const { table, equal = [] } = facts;
    if (table === undefined) return { facts };
    if (isSmallTable(table, workspace)) return undefined;
    const keys = workspace.schema.table(table)?.indexes.filter(({ unique }) => unique) ?? [];
    const isOneRow = keys.some(({ columns }) => columns.every((column) => equal.includes(column)));
    if (isOneRow) return undefined;
    // What is left to be sorted may be the rows of one parent.
    return { facts, size: { kind: 'table', name: table }, confidence: equal.length > 0 ? 'possible' : confidence };
  },
};
