import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { Facts } from './facts';
import { linkShownRows } from './link';
import { linkPerRow } from './linkPerRow';
import { linkResolver } from './linkResolver';

export type { Facts };

export const rule: Rule<Facts> = {
  meta: {
    id: 'missing-eager-load',
    title: 'Relation read for every row that is shown',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) queries', after: 'O(1) queries' },
    cost: {
      unit: 'queries',
      variable: 'rows shown',
      assumedSize: 100,
      now: (n) => 1 + n,
      after: () => 2,
      millisecondsPerUnit: 1,
    },
    effortMinutes: 15,
    validation: 'query count',
  },

  link(candidate, workspace) {
    const { handed, perRow, resolver } = candidate.facts;
    if (perRow !== undefined) return linkPerRow(candidate, perRow, workspace);
    if (handed !== undefined) return linkShownRows(candidate, handed, workspace);
    return resolver && linkResolver(candidate, resolver, workspace);
  },

  say({ shownBy, relations = [], model, loader, isConditional, perRowOf, resolver }, cost) {
    const hint = `1 + ${formatCount(cost.n)} queries`;
    if (resolver !== undefined) {
      const { field, type, call, table } = resolver;
      return {
        message: `${call} asks for ${table ?? 'rows'} each time ${type}.${field} is resolved: one query per ${type} of a list, about ${formatCount(cost.now)} at ${formatSize(cost)}. Batch the keys with a DataLoader, or read the rows along with the list.`,
        hint,
      };
    }
    const named = relations.length > MOST_NAMED ? `${relations.slice(0, MOST_NAMED).join(', ')} and ${relations.length - MOST_NAMED} more` : relations.join(', ');
    const many = relations.length > 1 ? `the relations ${named}` : `the relation ${named}`;
    const queries = relations.length > 1 ? `${relations.length} queries` : 'one query';
    const rows = `${isConditional ? 'some rows' : 'every row'} of ${perRowOf === undefined ? model : perRowOf.map((relation) => `${model}.${relation}`).join(' and ')}`;
    const advice = loader ? ` Read ${relations.length > 1 ? 'them' : 'it'} along: ${shorten(loader)}.` : '';
    return { message: `${shownBy} reads ${many} of ${rows}: ${isConditional ? 'up to ' : ''}${queries} per row, about ${formatCount(relations.length * cost.n + 1)} at ${formatSize(cost)}.${advice}`, hint };
  },
};

/** More relations than this are a list to look up, not to read. */
const MOST_NAMED = 3;
const LONGEST = 140;

const shorten = (code: string): string => (code.length > LONGEST ? `${code.slice(0, LONGEST)}…` : code);
