import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The list that is searched: "seen", "order.tags". */
  readonly collection: string;
  /** How it is searched: "includes", "indexOf", "in", "count". */
  readonly method: string;
  readonly loop: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'linear-membership',
    title: 'List searched for membership inside a loop',
    family: 'data structure',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'comparisons',
      variable: 'items in the list and in the loop',
      assumedSize: 1000,
      now: (n) => (n * n) / 2,
      after: (n) => n,
      millisecondsPerUnit: 0.00001,
    },
    why: 'A list is searched from its start each time, so the loop makes n x n comparisons. A Set answers in constant time.',
    technique: 'Build a Set of the values once before the loop and ask it inside.',
    tradeoffs: 'The Set takes memory for n entries. It compares by identity (and by hash in Python), so objects and unhashable values do not fit.',
    effortMinutes: 5,
    validation: 'benchmark',
    conflicts: [
      { view: 'simplicity', text: 'For a few dozen items the list is as fast and one line shorter.' },
      { view: 'linter', tool: 'eslint', rule: 'unicorn/prefer-set-has', agrees: true, text: 'It asks for a Set as well, where the array is only searched.' },
      { view: 'linter', tool: 'ruff', rule: 'PLR6201', agrees: true, text: 'It asks for a set literal in membership tests.' },
      { view: 'linter', tool: 'pylint', rule: 'use-set-for-membership', agrees: true, text: 'It asks for a set literal in membership tests.' },
    ],
    whenNot: 'The list stays small (under about 50 items), or it is searched only once or twice.',
    examples: {
      typescript: {
        bad: `export function unseen(ids: string[], seen: string[]) {
  return ids.filter((id) => !seen.includes(id));
}
`,
        better: `export function unseen(ids: string[], seen: string[]) {
  const seenIds = new Set(seen);
  return ids.filter((id) => !seenIds.has(id));
}
`,
      },
      python: {
        bad: `def unseen(path: str, seen: list[str]) -> list[str]:
    with open(path) as ids:
        return [id for id in ids if id not in seen]
`,
        better: `def unseen(path: str, seen: list[str]) -> list[str]:
    seen_ids = set(seen)
    with open(path) as ids:
        return [id for id in ids if id not in seen_ids]
`,
      },
    },
    links: [
      { title: 'MDN: Set performance', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Set#performance' },
      { title: 'Python wiki: time complexity', url: 'https://wiki.python.org/moin/TimeComplexity' },
    ],
  },

  say(facts, cost) {
    return {
      message: `${facts.method} searches the list ${facts.collection} from its start for each item of ${facts.loop}: O(n²), about ${formatCount(cost.now)} comparisons at ${formatSize(cost)}. Build a set once before the loop.`,
      hint: `O(n²): ${formatCount(cost.now)} comparisons`,
    };
  },
};
