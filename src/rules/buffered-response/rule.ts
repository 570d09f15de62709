import { formatBytes } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What brings everything into memory: "readFile", "response.arrayBuffer". */
  readonly call: string;
  /** What is held: "the file", "the answer", "the export". */
  readonly what: string;
  /** What becomes of it: "it is sent", "it is written to a file". */
  readonly use: string;
  /** The streaming way: "createReadStream(…).pipe(…)". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'buffered-response',
    title: 'Body held in memory before it is passed on',
    family: 'streaming',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) memory a request', after: 'O(1) memory a request' },
    cost: {
      unit: 'bytes in memory',
      variable: 'bytes in the body',
      assumedSize: 10 * 1024 * 1024,
      now: (n) => n,
      after: () => 64 * 1024,
      millisecondsPerUnit: 0.000001,
    },
    effortMinutes: 15,
    validation: 'heap',
  },

  link({ facts, file, functionName }, workspace) {
    return workspace.heatOf(file, functionName).heat === 'cold' ? undefined : { facts };
  },

  say(facts, cost) {
    return {
      message: `${facts.call} holds ${facts.what} in memory before ${facts.use}: ${formatBytes(cost.now)} for each request that runs, at a size of ${formatBytes(cost.n)} (${cost.basis}). Use ${facts.instead}.`,
      hint: `${facts.what} in memory`,
    };
  },
};
