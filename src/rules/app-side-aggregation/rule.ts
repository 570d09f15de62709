import { formatCount, formatSize } from '../../core/format';
import type { ReadPath } from '../../core/models';
import type { Reduction } from '../../core/reduction';
import type { Rule } from '../../core/rule';
import type { NamedRows } from '../../workspace/models/rows';
import { linkReduction } from './link';

export interface Facts {
  /** The query as a reader sees it. */
  readonly call: string;
  readonly reduction: Reduction;
  /** What the reduction reads of each row. */
  readonly reads: readonly ReadPath[];
  readonly table?: string;
  /** The rows, for the linker to look up whether what is read of them are columns. */
  readonly rows?: NamedRows;
  /** Columns compared for equality: where a unique index covers them there is one row at most. */
  readonly equal: readonly string[];
}

const WORDS: Readonly<Record<Reduction, { readonly what: string; readonly instead: string }>> = {
  count: { what: 'only their number is used', instead: 'let the database count them' },
  sum: { what: 'they are added up here', instead: 'ask for the sum' },
  extreme: { what: 'only the largest or smallest value is used', instead: 'ask for MIN or MAX' },
  distinct: { what: 'only the number of different values of a column is used', instead: 'ask for COUNT(DISTINCT …)' },
  group: { what: 'they are counted by a column here', instead: 'ask for the counts with GROUP BY' },
  first: { what: 'only the first is used', instead: 'ask for one row with LIMIT 1' },
  find: { what: 'one is looked for here', instead: 'put the condition into the query' },
  filter: { what: 'some of them are thrown away here', instead: 'put the condition into the query' },
  top: { what: 'they are sorted here for the first few', instead: 'ask for them with ORDER BY and LIMIT' },
};

export const rule: Rule<Facts> = {
  meta: {
    id: 'app-side-aggregation',
    title: 'All rows read for what the database could have answered',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) rows sent', after: 'O(1) rows sent' },
    cost: {
      unit: 'rows read',
      variable: 'rows that are read',
      assumedSize: 1_000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.01,
    },
    effortMinutes: 15,
    validation: 'query count',
  },

  say({ call, reduction, table }, cost) {
    const { what, instead } = WORDS[reduction];
    return {
      message: `${call} reads all matching rows${table === undefined ? '' : ` of ${table}`}, and ${what}: ${formatCount(cost.now)} rows at ${formatSize(cost)}. Better ${instead}.`,
      hint: `${formatCount(cost.now)} rows for one answer`,
    };
  },

  link: linkReduction,
};
