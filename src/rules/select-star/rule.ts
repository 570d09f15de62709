import { formatBytes, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { NamedRows } from '../../workspace/models/rows';
import { linkWholeRows } from './link';

export interface Facts {
  /** The query as a reader sees it. */
  readonly call: string;
  /** The rows of an ORM, for the linker to look up their columns; absent for a statement. */
  readonly rows?: NamedRows;
  /** What the code uses of each row; empty for a statement, where that is not known. */
  readonly used: readonly string[];
  /** A statement's tables, and the columns that it compares for equality. */
  readonly tables?: readonly string[];
  readonly equal?: readonly string[];
  /** Set by the linker: the model or table, how many columns it has, and which of those that are not used are large. */
  readonly table?: string;
  readonly columns?: number;
  readonly large?: readonly string[];
}

const ROW_BYTES = 1_024;
const USED_BYTES = 100;

export const rule: Rule<Facts> = {
  meta: {
    id: 'select-star',
    title: 'Whole rows read for a few columns',
    family: 'database',
    resource: 'database',
    decision: 'deferrable',
    languages: ['typescript', 'python', 'sql'],
    fix: 'suggestion',
    complexity: { now: 'O(n) whole rows', after: 'O(n) used columns' },
    cost: {
      unit: 'bytes in memory',
      variable: 'rows',
      assumedSize: 1_000,
      now: (n) => n * ROW_BYTES,
      after: (n) => n * USED_BYTES,
      millisecondsPerUnit: 0.00001,
    },
    effortMinutes: 10,
    validation: 'benchmark',
  },

  link: linkWholeRows,

  say({ call, used, table, columns, large = [] }, cost) {
    const among = large.length > 0 ? `, among them ${listed(large)}` : '';
    const uses = used.length > 0 ? `, and the code here uses ${listed(used)}` : '';
    return {
      message: `${call} reads all ${columns} columns of each row of ${table}${among}${uses}: about ${formatBytes(cost.now)} at ${formatSize(cost)} and 1 KiB a row. Ask for the columns that are used.`,
      hint: `${columns} columns a row${used.length > 0 ? `, ${used.length} used` : ''}`,
    };
  },
};

/** More names than these are a list to look up, not to read. */
const MOST_NAMED = 4;

const listed = (names: readonly string[]): string => (names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more` : names.join(', '));
