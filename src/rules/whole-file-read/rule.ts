import { formatBytes } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The reading call: "readFileSync", "read", "json.load". */
  readonly call: string;
  /** What then happens with the text: "split into lines", "parsed". */
  readonly use: string;
  /** The streaming way for this use: "readline over createReadStream", "iterate over the file". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'whole-file-read',
    title: 'Whole file read into memory',
    family: 'streaming',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) memory', after: 'O(1) memory' },
    cost: {
      unit: 'bytes in memory',
      variable: 'bytes in the file',
      assumedSize: 10 * 1024 * 1024,
      now: (n) => 2 * n,
      after: () => 64 * 1024,
      millisecondsPerUnit: 0.000001,
    },
    effortMinutes: 20,
    validation: 'heap',
  },

  link({ facts, file, functionName, confidence }, workspace) {
    // A file that nothing says records of, read by a script that somebody runs by hand, is most often a small one.
    return confidence === 'possible' && workspace.heatOf(file, functionName).heat === 'cold' ? undefined : { facts };
  },

  say(facts, cost) {
    return {
      message: `${facts.call} holds the whole file in memory before it is ${facts.use}: about ${formatBytes(cost.now)} for a file of ${formatBytes(cost.n)}. Use ${facts.instead}.`,
      hint: 'whole file in memory',
    };
  },
};
