import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call or statement that counts, as a reader sees it: "Order.objects.filter(…).count". */
  readonly call: string;
  /** What it costs: matching rows are counted in the database, or all of them are read and counted here. */
  readonly how: 'counted' | 'read';
  readonly table?: string;
  /** What to ask instead: "exists()". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'count-for-existence',
    title: 'Rows counted to see whether there are any',
    family: 'database',
    resource: 'database',
    decision: 'deferrable',
    languages: ['typescript', 'python', 'sql'],
    fix: 'safe',
    complexity: { now: 'O(matches)', after: 'O(1)' },
    cost: {
      unit: 'rows read',
      variable: 'rows that match',
      assumedSize: 1_000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.0005,
    },
    effortMinutes: 5,
    validation: 'explain',
  },

  say({ call, how, table, instead }, cost) {
    const rows = `the matching rows${table === undefined ? '' : ` of ${table}`}`;
    const what = how === 'read' ? `${call} reads ${rows} only to see whether there are any` : `${call} counts ${rows}, and only whether there are any is asked`;
    return {
      message: `${what}: ${formatCount(cost.now)} rows at ${formatSize(cost)}, where the first one answers. Use ${instead}.`,
      hint: `${formatCount(cost.now)} rows for a yes or no`,
    };
  },
};
