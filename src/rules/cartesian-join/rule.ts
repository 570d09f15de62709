import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { plainName } from '../../workspace/schema/names';
import { isSmallTable } from '../../workspace/schema/smallTables';
import { namesFewValues } from '../../workspace/schema/uses';

export interface Facts {
  /** The tables that nothing connects, by their real names. */
  readonly left: string;
  readonly right: string;
  /** By table, the columns it is compared by for equality: with a whole key it is one row. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'cartesian-join',
    title: 'Join without a condition',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['sql'],
    fix: 'none',
    complexity: { now: 'O(n × m)', after: 'O(n + m)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the unconnected table',
      assumedSize: 10_000,
      now: (n) => n * n,
      after: (n) => 2 * n,
      millisecondsPerUnit: 0.00005,
    },
    why:
      'Nothing connects the two tables, so each row of one is combined with each row of the other: the result is as ' +
      'large as their product, and a DISTINCT or GROUP BY behind it only hides that.',
    technique: 'Add the condition that connects them (JOIN ... ON), or write CROSS JOIN where every combination is meant.',
    tradeoffs: 'None.',
    effortMinutes: 10,
    validation: 'explain',
    conflicts: [],
    whenNot: 'Every combination is wanted (a calendar, a grid of options). Say so with CROSS JOIN.',
    examples: {
      sql: {
        bad: `SELECT o.id, c.email FROM orders o, customers c WHERE o.status = 'open' AND c.country = 'CH';
`,
        better: `SELECT o.id, c.email FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open' AND c.country = 'CH';
`,
      },
    },
    links: [{ title: 'PostgreSQL: joined tables', url: 'https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-JOIN' }],
  },

  say({ left, right }, cost) {
    return {
      message: `No condition connects ${right} with ${left}, so each row of one is combined with each row of the other: ${formatCount(cost.now)} rows where each has ${formatCount(cost.n)} (${cost.basis}). Join them on their key, or write CROSS JOIN if that is meant.`,
      hint: `${formatCount(cost.now)} combinations`,
    };
  },

  link({ facts }, workspace) {
    for (const name of [facts.left, facts.right]) {
      if (isSmallTable(name, workspace)) return undefined;
      const compared = (facts.keys[name] ?? []).map(plainName);
      const unique = workspace.schema.table(name)?.indexes.filter((index) => index.unique) ?? [];
      const isOneRow = unique.some(({ columns }) => columns.every((column) => compared.includes(plainName(column))));
      // Where the keys are not known, what is compared for equality may be one.
      const mayBeOneRow = unique.length === 0 && compared.some((column) => !namesFewValues(column));
      if (isOneRow || mayBeOneRow) return undefined;
    }
    const rows = [facts.left, facts.right].map((name) => ({ name, rows: workspace.rowsOf(name) }));
    const smaller = rows.every((row) => row.rows !== undefined) ? rows.sort((a, b) => a.rows! - b.rows!)[0]!.name : facts.right;
    return { facts, size: { kind: 'table', name: smaller } };
  },
};
