import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The list: "queue". */
  readonly list: string;
  /** The change as it is written, shortened: "queue.shift()", "rows.insert(0, row)". */
  readonly change: string;
  readonly does: 'takes from' | 'adds to';
  readonly loop: string;
  /** What to do instead. */
  readonly advice: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'front-mutation',
    title: 'List changed at its front in a loop',
    family: 'data structure',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'copied elements',
      variable: 'items that pass through the front of the list',
      assumedSize: 1000,
      now: (n) => (n * n) / 2,
      after: (n) => n,
      millisecondsPerUnit: 0.0000005,
    },
    effortMinutes: 10,
    validation: 'benchmark',
  },

  link({ facts, file, functionName, confidence }, workspace) {
    // A script that somebody runs by hand works off a short list.
    return { facts, confidence: workspace.heatOf(file, functionName).heat === 'cold' ? 'possible' : confidence };
  },

  say(facts, cost) {
    return {
      message: `${facts.change} ${facts.does} the front of ${facts.list} in each round of ${facts.loop} and moves all other elements: O(n²), up to ${formatCount(cost.now)} moves at ${formatSize(cost)}. ${facts.advice}`,
      hint: `O(n²): ${formatCount(cost.now)} moves`,
    };
  },
};
