import type { Rule } from '../../core/rule';

export interface Facts {
  /** The pattern, shortened. */
  readonly pattern: string;
  /** The part that matches the same text in several ways: "(a+)+". */
  readonly part: string;
  readonly growth: 'exponential' | 'polynomial';
  /** A character that, repeated, brings it out. */
  readonly character: string;
}

/** Characters of the text that nearly matches. */
const ASSUMED_LENGTH = 1_000;

export const rule: Rule<Facts> = {
  meta: {
    id: 'super-linear-regex',
    title: 'Regular expression that backtracks without end',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n²) to O(2ⁿ)', after: 'O(n)' },
    cost: {
      unit: 'comparisons',
      variable: 'characters of a text that nearly matches',
      assumedSize: ASSUMED_LENGTH,
      now: (n) => (n * n) / 2,
      after: (n) => n,
      millisecondsPerUnit: 0.000005,
    },
    effortMinutes: 15,
    validation: 'benchmark',
  },

  // Squared time is felt on long texts only, which come with requests; time that doubles is felt on any.
  link({ facts, file, functionName }, workspace) {
    return facts.growth === 'exponential' || workspace.heatOf(file, functionName).heat === 'hot' ? { facts } : undefined;
  },

  say(facts) {
    const growth = facts.growth === 'exponential' ? 'the time doubles with every one or two further characters (O(2ⁿ))' : 'the time grows with the square of the length or faster (O(n²))';
    return {
      message: `${facts.part} in the pattern ${facts.pattern} matches a run of ${facts.character} in many ways: on a long run that does not match in the end, ${growth}. Let each character be matched in one way only, or limit the length of the text.`,
      hint: facts.growth === 'exponential' ? 'O(2ⁿ) in the length of the text' : 'O(n²) in the length of the text',
    };
  },
};
