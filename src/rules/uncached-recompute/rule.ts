import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What is done again, as the code calls it: "Handlebars.compile", "readFileSync". */
  readonly call: string;
  /** What comes of it: "the same template", "the same file". */
  readonly what: string;
  /** It stands in a loop, so that one call of the function does it many times already. */
  readonly inLoop: boolean;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'uncached-recompute',
    title: 'The same costly result made on every call',
    family: 'caching',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(calls)', after: 'O(1)' },
    cost: {
      unit: 'calls',
      variable: 'calls of the function',
      assumedSize: 100,
      now: (n) => n,
      after: () => 1,
      // A template compiled, a schema built, a small file read: between 0.02 and 1 ms.
      millisecondsPerUnit: 0.1,
    },
    effortMinutes: 10,
    validation: 'benchmark',
  },

  link({ file, functionName, facts }, workspace) {
    const { heat } = workspace.heatOf(file, functionName);
    return heat === 'hot' || (facts.inLoop && heat !== 'cold') ? { facts } : undefined;
  },

  say({ call, what, inLoop }, cost) {
    const when = inLoop ? 'in every round' : 'on every call, and requests come here';
    return {
      message: `${call} makes ${what} ${when}, though nothing that goes in changes: ${formatCount(cost.now)} times at ${formatSize(cost)}, where once is enough. Measure whether it matters before you keep it.`,
      hint: `${what}, each time`,
    };
  },
};
