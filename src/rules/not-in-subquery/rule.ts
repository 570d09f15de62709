import { formatCount } from '../../core/format';
import type { PlacedEdit, Rule } from '../../core/rule';
import { linkNotIn } from './link';

/** A column as far as its statement tells; without a table it may be any expression. */
export interface ComparedColumn {
  readonly table?: string;
  readonly column?: string;
}

export interface Facts {
  /** How the statement writes it: "NOT IN", "<> ALL". */
  readonly form: string;
  readonly outer: ComparedColumn;
  /** What the subquery returns. */
  readonly inner: ComparedColumn;
  /** The subquery names columns of the query around it, so that it runs once for each of its rows anyway. */
  readonly isCorrelated: boolean;
  /** The rewriting, where one can be written. */
  readonly edits?: readonly PlacedEdit[];
  /** Set by the linker: a NULL among the subquery's values makes the condition true for no row. */
  readonly mayBeNull?: 'inner' | 'outer' | 'unknown';
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'not-in-subquery',
    title: 'NOT IN with a subquery',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['sql'],
    fix: 'safe',
    complexity: { now: 'O(n × m)', after: 'O(n + m)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the subquery',
      assumedSize: 100_000,
      now: (n) => n * n,
      after: (n) => 2 * n,
      millisecondsPerUnit: 0.00001,
    },
    effortMinutes: 5,
    validation: 'explain',
  },

  say({ form, inner, mayBeNull }, cost) {
    const rows = `${formatCount(cost.n)} rows (${cost.basis}) of ${inner.table ?? 'the subquery'}`;
    const trap = mayBeNull === 'inner' ? ` ${spelled(inner)} may be NULL, and a single NULL makes this condition true for no row at all.` : '';
    return {
      message: `${form} with a subquery is no anti-join: once its ${rows} no longer fit into memory, they are read again for each row of the outer query. Use NOT EXISTS.${trap}`,
      hint: `${formatCount(cost.n)} rows read for each row`,
    };
  },

  link: linkNotIn,
};

function spelled({ table, column }: ComparedColumn): string {
  return [table, column].filter(Boolean).join('.') || 'the compared value';
}
