import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'A list is searched from its start each time, so the loop makes n x n comparisons. A Set answers in constant time.',
  technique: 'Build a Set of the values once before the loop and ask it inside.',
  tradeoffs: 'The Set takes memory for n entries. It compares by identity (and by hash in Python), so objects and unhashable values do not fit.',
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
};
