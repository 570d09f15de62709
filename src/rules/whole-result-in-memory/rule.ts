import { formatBytes, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call that makes the list: "cursor.fetchall()", "list(queryset)", "prisma.user.findMany()". */
  readonly read: string;
  /** What hands out one row or batch at a time: "the cursor itself", ".iterator()". */
  readonly instead: string;
  /** The table or collection, where it is known. */
  readonly table?: string;
}

/** A row with its object around it, give or take. */
const ROW_BYTES = 1024;
const BATCH_ROWS = 1000;

export const rule: Rule<Facts> = {
  meta: {
    id: 'whole-result-in-memory',
    title: 'Whole query result held for one pass',
    family: 'streaming',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n) memory', after: 'O(1) memory' },
    cost: {
      unit: 'bytes in memory',
      variable: 'rows in the result',
      assumedSize: 10_000,
      now: (n) => n * ROW_BYTES,
      after: (n) => Math.min(n, BATCH_ROWS) * ROW_BYTES,
      millisecondsPerUnit: 0.000001,
    },
    effortMinutes: 10,
    validation: 'heap',
  },

  link({ facts, size, file, functionName, language, confidence }, workspace) {
    const declared = size && workspace.sizeOf(size);
    if (declared !== undefined && declared <= BATCH_ROWS) return undefined;
    // A migration or a script reads a table once, and where it was too large somebody would have seen it.
    const isRare = language === 'typescript' && workspace.heatOf(file, functionName).heat === 'cold';
    return { facts, confidence: isRare ? 'possible' : confidence };
  },

  say({ read, instead, table }, cost) {
    const rows = table === undefined ? 'every row' : `every row of ${table}`;
    return {
      message: `${read} builds a list of ${rows}, roughly ${formatBytes(cost.now)} at ${formatSize(cost)} and 1 KiB a row, and the loop goes through it once. Use ${instead}, which holds one batch at a time.`,
      hint: `all rows in memory: ~${formatBytes(cost.now)}`,
    };
  },
};
