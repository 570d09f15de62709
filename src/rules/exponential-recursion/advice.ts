import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Each call makes several calls for smaller cases, and these overlap: the case two steps down is reached from both. ' +
    'The number of calls doubles with every step although there are only as many different cases as steps.',
  technique: 'Keep the result of each case (memoisation), or fill a table from the smallest case upwards.',
  tradeoffs: 'The results take memory, one for each case; a table from below needs the order of the cases to be known.',
  conflicts: [
    { view: 'clarity', text: 'The plain recursion is the definition of the problem, word by word.' },
    { view: 'linter', tool: 'creedengo', rule: 'GCI89', text: 'GCI89 forbids a cache without a limit; give it one.' },
  ],
  whenNot: 'The depth is a handful, or every branch is a different case, as in a walk over a tree.',
  examples: {
    typescript: {
      bad: `export function ways(steps: number): number {
  if (steps <= 1) return 1;
  return ways(steps - 1) + ways(steps - 2);
}
`,
      better: `export function ways(steps: number): number {
  let [previous, current] = [1, 1];
  for (let step = 2; step <= steps; step++) [previous, current] = [current, previous + current];
  return current;
}
`,
    },
    python: {
      bad: `def ways(steps: int) -> int:
    if steps <= 1:
        return 1
    return ways(steps - 1) + ways(steps - 2)
`,
      better: `from functools import lru_cache


@lru_cache(maxsize=4096)
def ways(steps: int) -> int:
    if steps <= 1:
        return 1
    return ways(steps - 1) + ways(steps - 2)
`,
    },
  },
  links: [
    { title: 'Wikipedia: overlapping subproblems', url: 'https://en.wikipedia.org/wiki/Overlapping_subproblems' },
    { title: 'Python: functools.lru_cache', url: 'https://docs.python.org/3/library/functools.html#functools.lru_cache' },
  ],
};
