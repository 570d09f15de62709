import { formatBytes, formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { linkIndex } from './link';

export interface Facts {
  readonly table: string;
  /** Absent where the statement gives it no name. */
  readonly name?: string;
  readonly columns: readonly string[];
  /** Zero-based line of the statement, by which the schema knows the index again. */
  readonly line: number;
  /** Set by the linker: the index that serves the same. */
  readonly covering?: { readonly name: string; readonly columns: readonly string[]; readonly isSame: boolean };
}

/** A B-tree entry of one short key: its header, the key, its line pointer, and what a page leaves free. */
const ENTRY_BYTES = 24;

export const rule: Rule<Facts> = {
  meta: {
    id: 'redundant-index',
    title: 'Index that another one makes needless',
    family: 'database',
    resource: 'database',
    decision: 'deferrable',
    languages: ['sql'],
    fix: 'suggestion',
    complexity: { now: 'O(log n) for each write', after: 'nothing' },
    cost: {
      unit: 'bytes in memory',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n * ENTRY_BYTES,
      after: () => 0,
      millisecondsPerUnit: 0.000001,
    },
    effortMinutes: 10,
    validation: 'explain',
  },

  say({ table, name, columns, covering }, cost) {
    const own = name ?? `the index on ${table} (${columns.join(', ')})`;
    const other = covering === undefined ? 'another index' : `${covering.name} (${covering.columns.join(', ')})`;
    const how = covering?.isSame ? 'has the same columns' : 'begins with the same columns';
    return {
      message: `${own} serves nothing that ${other} does not, which ${how}; each write maintains both, about ${formatBytes(cost.now)} at ${formatCount(cost.n)} rows (${cost.basis}). Drop it.`,
      hint: `${formatBytes(cost.now)} to maintain`,
    };
  },

  link: linkIndex,
};
