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
    why: 'Two repetitions can match the same characters, so a text that matches up to its end but not there is divided between them in every possible way before the engine gives up. V8 and Python\'s re both search like that; one request with such a text can hold up the whole process.',
    technique: 'Let each character be matched in one way only: no repetition inside a repetition of the same, a separator between neighbours ([^x]*x instead of .*x), and a limit on the length of what is matched.',
    tradeoffs: 'The pattern may get longer. A limit on the length of the input is the simplest guard and changes no pattern.',
    effortMinutes: 15,
    validation: 'benchmark',
    conflicts: [{ view: 'simplicity', text: 'On texts of a known, short length the loose pattern does no harm.' }],
    whenNot: 'The text is short and never comes from outside (a path in the repository, a line of a build log).',
    examples: {
      typescript: {
        bad: `export function isWordList(text: string) {
  return /^(\\w+\\s?)*$/.test(text);
}
`,
        better: `export function isWordList(text: string) {
  return /^(?:\\w+(?:\\s\\w+)*\\s?)?$/.test(text);
}
`,
      },
      python: {
        bad: `import re

WORD_LIST = re.compile(r"^(\\w+\\s?)*$")
`,
        better: `import re

WORD_LIST = re.compile(r"^(?:\\w+(?:\\s\\w+)*\\s?)?$")
`,
      },
    },
    links: [
      { title: 'OWASP: regular expression denial of service', url: 'https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS' },
      { title: 'scslre, the analysis behind this rule', url: 'https://github.com/RunDevelopment/scslre' },
    ],
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
