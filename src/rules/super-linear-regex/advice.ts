import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Two repetitions can match the same characters, so a text that matches up to its end but not there is divided between them in every possible way before the engine gives up. V8 and Python\'s re both search like that; one request with such a text can hold up the whole process.',
  technique: 'Let each character be matched in one way only: no repetition inside a repetition of the same, a separator between neighbours ([^x]*x instead of .*x), and a limit on the length of what is matched.',
  tradeoffs: 'The pattern may get longer. A limit on the length of the input is the simplest guard and changes no pattern.',
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
};
