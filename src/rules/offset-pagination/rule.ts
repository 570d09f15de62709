import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { isKnownToGrow, isSmallTable } from '../../workspace/schema/smallTables';

export interface Facts {
  /** How the code skips: an OFFSET clause, an ORM's skip/offset call, or a page-number paginator. */
  readonly form: 'OFFSET' | 'skip' | 'paginator';
  readonly table?: string;
  /** An ORM's call: lists of whatever a program administers are paged this way, most of them short. */
  readonly isOfOrm?: true;
  /** The rows skipped where the code says a number; absent where the depth comes from a parameter. */
  readonly depth?: number;
}

const PAGE_SIZE = 50;

export const rule: Rule<Facts> = {
  meta: {
    id: 'offset-pagination',
    title: 'Offset pagination',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'suggestion',
    complexity: { now: 'O(offset + page)', after: 'O(log n + page)' },
    cost: {
      unit: 'rows read',
      variable: 'rows to page through',
      assumedSize: 100_000,
      now: (n) => n,
      after: (n) => Math.min(n, PAGE_SIZE),
      millisecondsPerUnit: 0.0005,
    },
    effortMinutes: 60,
    validation: 'explain',
  },

  say(facts, cost) {
    const rows = facts.table ? `rows of ${facts.table}` : 'rows';
    const depth =
      facts.depth === undefined
        ? `The last page of ${formatCount(cost.n)} ${rows} (${cost.basis}) reads them all`
        : `${formatCount(facts.depth)} ${rows} are read and thrown away`;
    return {
      message: `${facts.form === 'paginator' ? 'A page-number paginator' : facts.form} skips rows by reading them. ${depth}; continue after the last row seen instead (keyset pagination).`,
      hint: facts.depth === undefined ? `up to ${formatCount(cost.now)} rows read` : `${formatCount(facts.depth)} rows skipped`,
    };
  },

  link(candidate, workspace) {
    const { table, isOfOrm } = candidate.facts;
    if (table !== undefined && isSmallTable(table, workspace)) return undefined;
    const mayStaySmall = isOfOrm === true && (table === undefined || !isKnownToGrow(table, workspace));
    return {
      facts: candidate.facts,
      size: table === undefined ? candidate.size : { kind: 'table', name: table },
      confidence: mayStaySmall ? 'possible' : candidate.confidence,
    };
  },
};
