import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call as it is written, shortened: "new RegExp(`^${prefix}`)", "re.sub(r'\s+', …)". */
  readonly call: string;
  readonly loop: string;
  /**
   * `compiled`: a pattern is made in every round. `looked up`: Python's re finds it in its cache in every round.
   * `list`: each pattern of a list is made anew in every round of the loop around.
   */
  readonly form: 'compiled' | 'looked up' | 'list';
  /** Loops that repeat it, one in the other. */
  readonly depth: number;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'regex-in-loop',
    title: 'Same regular expression made in every iteration',
    family: 'caching',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n) patterns', after: 'O(1) patterns' },
    cost: {
      unit: 'calls',
      variable: 'iterations of the loop',
      assumedSize: 1000,
      now: (n) => n,
      after: () => 1,
      millisecondsPerUnit: 0.0005,
    },
    why: 'The pattern does not change in the loop, but it is built, looked up in the engine\'s cache and wrapped in an object each time: some hundred nanoseconds in V8, about a microsecond in Python. Where there are more patterns than the cache holds (512 in Python), each is compiled again, which takes a hundred times as long.',
    technique: 'Make the pattern once before the loop, or at the top of the module.',
    tradeoffs: 'One more name. A RegExp with the flag g or y remembers where it stopped (lastIndex), so that test and exec go on from there when it is shared.',
    effortMinutes: 2,
    validation: 'benchmark',
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
  },

  // What re finds in its cache costs a microsecond: that counts where it is asked for often.
  link(candidate, workspace) {
    const { facts, file, functionName } = candidate;
    const isOften = facts.form !== 'looked up' || facts.depth > 1 || workspace.heatOf(file, functionName).heat === 'hot';
    return isOften ? { facts } : undefined;
  },

  say(facts, cost) {
    const times = `${formatCount(cost.now)} times at ${formatSize(cost)}`;
    const what = {
      compiled: `${facts.call} makes the same regular expression in each round of ${facts.loop}, ${times}. Make it once before the loop.`,
      'looked up': `${facts.call} looks the same pattern up in re's cache in each round of ${facts.loop}, ${times}. Compile it once and call the method of the pattern.`,
      list: `${facts.call} makes each pattern of the list again in each round of ${facts.loop}, ${times}. Make the patterns once before the loop.`,
    }[facts.form];
    return { message: what, hint: `same pattern made ${formatCount(cost.now)} times` };
  },
};
