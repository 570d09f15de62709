import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The sorting as it is written, shortened: "queue.sort(byCost)". */
  readonly call: string;
  readonly list: string;
  readonly loop: string;
  /** `grows`: the loop adds to the list. `same`: it does not, so every round after the first sorts what is sorted. */
  readonly form: 'grows' | 'same';
  /** The ordered structure of the language: "a heap (heapq)". */
  readonly structure: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'sort-in-loop',
    title: 'List sorted again in every iteration',
    family: 'data structure',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n² log n)', after: 'O(n log n)' },
    cost: {
      unit: 'comparisons',
      variable: 'iterations, and items in the list',
      assumedSize: 1000,
      // The list has grown to half its length on average; one that is nearly sorted takes one comparison an item.
      now: (n) => (n * n) / 2,
      after: (n) => n * Math.ceil(Math.log2(Math.max(n, 2))),
      millisecondsPerUnit: 0.00002,
    },
    why: 'After one item was added, the whole list is compared again to put it in order: at least n comparisons each time even where the rest is sorted already, and n x log2(n) where it is not.',
    technique: 'Sort once behind the loop if nobody reads the list before; keep what is read in between in a heap, or insert each item at its place (bisect.insort, a binary search).',
    tradeoffs: 'A heap gives the smallest item only, not the list in order. Inserting at a place moves the items behind it, which is fast up to some ten thousand.',
    effortMinutes: 20,
    validation: 'benchmark',
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
  },

  say(facts, cost) {
    const size = `about ${formatCount(cost.now)} comparisons at ${formatSize(cost)}`;
    return {
      message:
        facts.form === 'grows'
          ? `${facts.call} puts all of ${facts.list} in order again in each round of ${facts.loop}, which adds to it: ${size}. Sort once behind the loop, or keep what is read in between in ${facts.structure}.`
          : `${facts.call} sorts ${facts.list} in each round of ${facts.loop}, which does not change it: ${size}. Sort it once before the loop.`,
      hint: `sorted in every round: ${formatCount(cost.now)} comparisons`,
    };
  },
};
