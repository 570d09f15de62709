import type { Rule } from '../../core/rule';

export interface Facts {
  /** The averaging expression as the code has it, shortened: "AVG(duration_ms)". */
  readonly expression: string;
  /** What is averaged, as the code names it: "duration_ms", "latencies". */
  readonly quantity: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'mean-latency',
    title: 'Latency reported as a mean',
    family: 'observability',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python', 'sql'],
    fix: 'suggestion',
    complexity: { now: 'O(n)', after: 'O(n log n)' },
    cost: {
      unit: 'comparisons',
      variable: 'durations summarised',
      assumedSize: 1_000,
      now: (n) => n,
      after: (n) => n * Math.ceil(Math.log2(Math.max(n, 2))),
      millisecondsPerUnit: 0.00001,
    },
    effortMinutes: 20,
    validation: 'load',
  },

  say({ expression, quantity }) {
    return {
      message: `${expression} sums ${quantity} up in a mean, which hides the slowest requests. Report p50, p95, p99 and the maximum instead.`,
      hint: 'mean only: no p95, p99',
    };
  },
};
