import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call as it is written, shortened: "Object.keys(rates)", "max(values)". */
  readonly call: string;
  readonly loop: string;
  /** What one call reads through, where it is a collection: "rates"; absent for what costs the same each time. */
  readonly reads?: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'repeated-expensive-call',
    title: 'Same result computed again in every iteration',
    family: 'caching',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n · m)', after: 'O(n + m)' },
    cost: {
      unit: 'calls',
      variable: 'iterations of the loop, each of which reads as many items',
      assumedSize: 1000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.005,
    },
    why: 'Nothing that the call reads changes from one iteration to the next, so each computes what the first one knew already. A call that reads a collection turns n iterations into n x m steps.',
    technique: 'Compute it once before the loop and keep it in a constant.',
    tradeoffs: 'One more name. A result that is never needed is now computed as well, where the loop runs zero times.',
    effortMinutes: 3,
    validation: 'benchmark',
    conflicts: [{ view: 'clarity', text: 'A short expression may read better where it is used.' }],
    whenNot: 'What the call reads does change in a way that cannot be seen here, or the collections have a handful of items.',
    examples: {
      typescript: {
        bad: `export function shares(values: number[]) {
  return values.map((value) => value / Math.max(...values));
}
`,
        better: `export function shares(values: number[]) {
  const largest = Math.max(...values);
  return values.map((value) => value / largest);
}
`,
      },
      python: {
        bad: `def shares(values: list[float]) -> list[float]:
    return [value / max(values) for value in values]
`,
        better: `def shares(values: list[float]) -> list[float]:
    largest = max(values)
    return [value / largest for value in values]
`,
      },
    },
    links: [{ title: 'Wikipedia: loop-invariant code motion', url: 'https://en.wikipedia.org/wiki/Loop-invariant_code_motion' }],
  },

  say(facts, cost) {
    const reads = facts.reads === undefined ? '' : ` and reads all of ${facts.reads}`;
    return {
      message: `${facts.call} gives the same in each round of ${facts.loop}${reads}: about ${formatCount(cost.now)} calls at ${formatSize(cost)} where one would do. Compute it once before the loop.`,
      hint: `${formatCount(cost.now)} calls, all with the same result`,
    };
  },
};
