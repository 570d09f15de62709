import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { linkSearch } from './link';
import { proveSearch } from './proof';

export interface Facts {
  /** The table's real name, and the column that is searched, where they are known. */
  readonly table?: string;
  readonly column?: string;
  /** The function around the column, lower case: an index must be on the same expression. */
  readonly wrappedBy?: string;
  /** How the search is written: "LIKE", "ILIKE", "icontains", "contains". */
  readonly operator: string;
  /** The pattern as the code shows it: "'%shoe%'", "'%' || $1 || '%'", "term". */
  readonly pattern: string;
}

const MATCHING_ROWS = 20;

export const rule: Rule<Facts> = {
  meta: {
    id: 'leading-wildcard-search',
    title: 'Search with a leading wildcard',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'suggestion',
    complexity: { now: 'O(n)', after: 'O(log n + matches)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the searched table',
      assumedSize: 100_000,
      now: (n) => n,
      after: (n) => Math.min(n, MATCHING_ROWS),
      millisecondsPerUnit: 0.0005,
    },
    effortMinutes: 45,
    validation: 'explain',
  },

  say({ table, column, operator, pattern }, cost) {
    const place = [table, column].filter(Boolean).join('.');
    return {
      message:
        `${operator} with ${pattern} cannot use an ordinary index${place ? ` on ${place}` : ''}: ` +
        `every row is compared, ${formatCount(cost.now)} rows at ${formatCount(cost.n)} (${cost.basis}). Use a trigram or full-text index.`,
      hint: `${formatCount(cost.now)} rows compared`,
    };
  },

  link: linkSearch,

  prove: proveSearch,
};
