import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The pattern does not change in the loop, but it is built, looked up in the engine\'s cache and wrapped in an object each time: some hundred nanoseconds in V8, about a microsecond in Python. Where there are more patterns than the cache holds (512 in Python), each is compiled again, which takes a hundred times as long.',
  technique: 'Make the pattern once before the loop, or at the top of the module.',
  tradeoffs: 'One more name. A RegExp with the flag g or y remembers where it stopped (lastIndex), so that test and exec go on from there when it is shared.',
  conflicts: [{ view: 'clarity', text: 'A short pattern may read better where it is used; Python caches it, so that a few hundred calls cost nothing.' }],
  whenNot: 'The loop has a handful of rounds, or each of them does far more work than one search.',
  examples: {
    typescript: {
      bad: `export function matching(names: string[], prefix: string) {
  return names.filter((name) => new RegExp(\`^\${prefix}\`, 'i').test(name));
}
`,
      better: `export function matching(names: string[], prefix: string) {
  const pattern = new RegExp(\`^\${prefix}\`, 'i');
  return names.filter((name) => pattern.test(name));
}
`,
    },
    python: {
      bad: `import re

def numbers(lines):
    return [re.compile(r"\\d+").findall(line) for line in lines]
`,
      better: `import re

NUMBER = re.compile(r"\\d+")

def numbers(lines):
    return [NUMBER.findall(line) for line in lines]
`,
    },
  },
  links: [
    { title: 'MDN: RegExp, literal notation and constructor', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/RegExp#literal_notation_and_constructor' },
    { title: 'Python: re.compile and the cache of recent patterns', url: 'https://docs.python.org/3/library/re.html#re.compile' },
  ],
};
