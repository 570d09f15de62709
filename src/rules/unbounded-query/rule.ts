import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { NamedRows } from '../../workspace/models/rows';
import { linkUnbounded } from './link';

export interface Facts {
  /** The query as a reader sees it. */
  readonly call: string;
  readonly table?: string;
  /** The rows, for the linker to find their table by. */
  readonly rows?: NamedRows;
}

const BYTES_PER_ROW = 1_000;

export const rule: Rule<Facts> = {
  meta: {
    id: 'unbounded-query',
    title: 'Whole table read without a limit',
    family: 'database',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'none',
    yieldsTo: ['whole-result-in-memory'],
    complexity: { now: 'O(n) memory', after: 'O(page) memory' },
    cost: {
      unit: 'bytes in memory',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n * BYTES_PER_ROW,
      after: (n) => Math.min(n, 100) * BYTES_PER_ROW,
      millisecondsPerUnit: 0.00001,
    },
    effortMinutes: 30,
    validation: 'heap',
  },

  say({ call, table }, cost) {
    return {
      message: `${call} reads all of ${table ?? 'the table'} into memory, without a condition or a limit: ${formatCount(cost.n)} rows at ${formatSize(cost)}. Ask for a page, or go through the rows with a cursor.`,
      hint: `${formatCount(cost.n)} rows in memory`,
    };
  },

  link: linkUnbounded,
};
