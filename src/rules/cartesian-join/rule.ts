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
    effortMinutes: 10,
    validation: 'explain',
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
