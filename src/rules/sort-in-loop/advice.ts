import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'After one item was added, the whole list is compared again to put it in order: at least n comparisons each time even where the rest is sorted already, and n x log2(n) where it is not.',
  technique: 'Sort once behind the loop if nobody reads the list before; keep what is read in between in a heap, or insert each item at its place (bisect.insort, a binary search).',
  tradeoffs: 'A heap gives the smallest item only, not the list in order. Inserting at a place moves the items behind it, which is fast up to some ten thousand.',
  conflicts: [{ view: 'simplicity', text: 'push and sort are two lines everybody reads; a heap is a class of its own in JavaScript.' }],
  whenNot: 'The list stays under a hundred items.',
  examples: {
    typescript: {
      bad: `export function ordered(batches: number[][]) {
  const all: number[] = [];
  for (const batch of batches) {
    all.push(...batch);
    all.sort((a, b) => a - b);
  }
  return all;
}
`,
      better: `export function ordered(batches: number[][]) {
  const all: number[] = [];
  for (const batch of batches) {
    all.push(...batch);
  }
  all.sort((a, b) => a - b);
  return all;
}
`,
    },
    python: {
      bad: `def running_median(values):
    seen = []
    for value in values:
        seen.append(value)
        seen.sort()
        yield seen[len(seen) // 2]
`,
      better: `import bisect

def running_median(values):
    seen = []
    for value in values:
        bisect.insort(seen, value)
        yield seen[len(seen) // 2]
`,
    },
  },
  links: [
    { title: 'Python: heapq', url: 'https://docs.python.org/3/library/heapq.html' },
    { title: 'Python: bisect.insort', url: 'https://docs.python.org/3/library/bisect.html#bisect.insort' },
  ],
};
