import type { QueryFact } from '../../core/facts';
import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { linkSubquery } from './link';

export interface Facts {
  /** The tables of the query around it, one of which drives the executions. */
  readonly outer: readonly string[];
  readonly inner: QueryFact;
  /** How many subqueries of the same select list read the same table for each row. */
  readonly siblings: number;
  /** Set by the linker: an index leads to the subquery's rows; undefined where the schema is not known. */
  readonly isIndexed?: boolean;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'correlated-subquery',
    title: 'Subquery for each row of the result',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['sql'],
    fix: 'none',
    complexity: { now: 'O(n) subqueries', after: 'O(1) subqueries' },
    cost: {
      unit: 'queries',
      variable: 'rows of the result',
      assumedSize: 10_000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.01,
    },
    effortMinutes: 20,
    validation: 'explain',
  },

  say({ outer, inner, siblings, isIndexed }, cost) {
    const table = inner.tables[0] ?? 'its table';
    const each = isIndexed === false ? `reads all of ${table}, which has no index for it,` : `looks into ${table}`;
    const several = siblings > 1 ? ` ${siblings} subqueries here do so; one LEFT JOIN LATERAL can return all their values.` : ' Group it once and join it.';
    return {
      message: `This subquery ${each} once for each row of ${outer[0] ?? 'the result'}: ${formatCount(cost.now)} times (${cost.basis}).${several}`,
      hint: `${formatCount(cost.now)} subqueries`,
    };
  },

  link: linkSubquery,
};
