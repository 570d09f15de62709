import type { QueryFact } from '../../core/facts';
import { formatCount } from '../../core/format';
import type { Rule } from '../../core/rule';
import { linkQuery } from './link';
import { proveIndex } from './proof';

export interface Facts {
  /** Absent for a foreign key, whose `columns` and zero-based `line` the matcher gives. */
  readonly query?: QueryFact;
  readonly line?: number;
  /** The table this match is about; a matcher emits one match for each table that a query reads by condition. */
  readonly table: string;
  /** Set by the linker: the index that would serve, best first column first. */
  readonly columns?: readonly string[];
  /**
   * Set by the linker: what the index would serve. A matcher sets `reference` for a DELETE it wants judged by the
   * foreign keys that refer to its table; the linker then names the referring table.
   */
  readonly use?: 'filter' | 'join' | 'order' | 'prefix' | 'reference';
  /** Set by the linker: an index that would serve if it held all rows, or if it were not sorted for a language. */
  readonly nearMiss?: { readonly name: string; readonly where?: string };
  /** Set by the linker: the columns of the index to create, which may serve other queries, too. */
  readonly proposed?: readonly string[];
  /** Set by the linker: how many more queries the same index serves. */
  readonly otherQueries?: number;
  /** Set by the linker where an ORM model has the table: how the model declares the index. */
  readonly declaration?: string;
}

const MATCHING_ROWS = 20;

const PHRASES = {
  filter: 'The query filters by',
  join: 'The query joins on',
  order: 'The query sorts by',
  prefix: 'The query compares the beginning of',
  reference: 'Each deleted row is looked up through the foreign key',
} as const;

/** Why an index on the same column does not serve. */
function whyNot({ name, where }: NonNullable<Facts['nearMiss']>): string {
  if (where !== undefined) return `the index ${name} holds only the rows with ${where}, which the query does not ask for`;
  return `the index ${name} is sorted by the rules of a language, in which a prefix is no range (unless the database uses the C collation)`;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'missing-index',
    title: 'Missing index',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'safe',
    complexity: { now: 'O(n)', after: 'O(log n + matches)' },
    cost: {
      unit: 'rows read',
      variable: 'rows of the table',
      assumedSize: 100_000,
      now: (n) => n,
      after: (n) => Math.min(n, Math.ceil(Math.log2(Math.max(n, 2))) + MATCHING_ROWS),
      millisecondsPerUnit: 0.0002,
    },
    effortMinutes: 15,
    validation: 'explain',
  },

  say({ table, columns = [], use = 'filter', nearMiss, proposed = columns, otherQueries = 0, declaration, query }, cost) {
    const list = columns.join(', ');
    const inModel = declaration === undefined ? '' : `: ${declaration}`;
    const lacking = nearMiss === undefined ? `no index of ${table} begins with it` : whyNot(nearMiss);
    const rows = `all ${formatCount(cost.n)} rows (${cost.basis})`;
    const others = otherQueries > 0 ? ` It also serves ${otherQueries} more ${otherQueries === 1 ? 'query' : 'queries'}.` : '';
    if (query === undefined) {
      return {
        message: `The foreign key ${table} (${list}) has no index: each row deleted from the table it refers to, and each join from there, reads ${rows} of ${table}. Create an index on ${table} (${list})${inModel}.`,
        hint: `${formatCount(cost.now)} rows read for each deletion`,
      };
    }
    return {
      message: `${PHRASES[use]} ${list}, and ${lacking}: ${rows} are read for each execution. An index on ${table} (${proposed.join(', ')}) reads the matching rows only${inModel}.${others}`,
      hint: `${formatCount(cost.now)} rows read`,
    };
  },

  link: linkQuery,

  prove: proveIndex,
};
