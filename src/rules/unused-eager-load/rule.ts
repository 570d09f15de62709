import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { NamedRows } from '../../workspace/models/rows';
import { linkUnused } from './link';

export interface Facts {
  /** As a reader sees it: `prefetch_related("lines")`, "include: lines". */
  readonly loader: string;
  /** The relations that are read along and not used, with dots between them. */
  readonly unused: readonly string[];
  /** Parallel to `unused`: the part of the path that is used, "customer" of "customer.country"; '' where nothing is. */
  readonly usedParts?: readonly string[];
  /** The first names of what the code reads of a row. */
  readonly names: readonly string[];
  readonly rows: NamedRows;
  /** Nothing that the call or option names is used. */
  readonly isWhole: boolean;
  /** Set by the linker. */
  readonly model?: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'unused-eager-load',
    title: 'Relation read along that nobody uses',
    family: 'database',
    resource: 'database',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) related rows read', after: 'O(1) related rows read' },
    cost: {
      unit: 'rows read',
      variable: 'rows',
      assumedSize: 1_000,
      now: (n) => 2 * n,
      after: (n) => n,
      millisecondsPerUnit: 0.01,
    },
    effortMinutes: 5,
    validation: 'query count',
  },

  link: linkUnused,

  say({ loader, unused, model }, cost) {
    return {
      message: `${loader} reads ${unused.join(' and ')} along with every row of ${model}, and nothing here reads ${unused.length > 1 ? 'them' : 'it'}: about ${formatCount(cost.now - cost.after)} related rows for nothing at ${formatSize(cost)}. Leave ${unused.length > 1 ? 'them' : 'it'} out of this query.`,
      hint: 'read along, not used',
    };
  },
};
