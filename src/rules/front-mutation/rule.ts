import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The list: "queue". */
  readonly list: string;
  /** The change as it is written, shortened: "queue.shift()", "rows.insert(0, row)". */
  readonly change: string;
  readonly does: 'takes from' | 'adds to';
  readonly loop: string;
  /** What to do instead. */
  readonly advice: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'front-mutation',
    title: 'List changed at its front in a loop',
    family: 'data structure',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'copied elements',
      variable: 'items that pass through the front of the list',
      assumedSize: 1000,
      now: (n) => (n * n) / 2,
      after: (n) => n,
      millisecondsPerUnit: 0.0000005,
    },
    why: 'A list is one block of memory: taking its first element or adding one in front moves all the others. Over n rounds that is n x n / 2 moves. Moving is fast, so it is felt from some ten thousand elements on; V8 takes from the front by moving the start of the block, up to about 15,000 elements.',
    technique: 'Read on with an index (or for...of, which sees what is pushed meanwhile), append and reverse once at the end; in Python use collections.deque with popleft and appendleft.',
    tradeoffs: 'An index keeps handled items in memory until the loop ends. A deque is slow to index in its middle and cannot be sliced.',
    effortMinutes: 10,
    validation: 'benchmark',
    conflicts: [{ view: 'clarity', text: 'shift and unshift say plainly what they do; below a few thousand elements they cost nothing worth the change.' }],
    whenNot: 'The list stays under a few thousand elements, or each round waits for something far slower, such as a request.',
    examples: {
      typescript: {
        bad: `export function reachable(start: string, links: Map<string, string[]>) {
  const seen = new Set([start]);
  const queue = [start];
  while (queue.length > 0) {
    const page = queue.shift()!;
    for (const next of links.get(page) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return seen;
}
`,
        better: `export function reachable(start: string, links: Map<string, string[]>) {
  const seen = new Set([start]);
  const queue = [start];
  for (const page of queue) {
    for (const next of links.get(page) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return seen;
}
`,
      },
      python: {
        bad: `def reachable(start, links):
    seen = {start}
    queue = [start]
    while queue:
        page = queue.pop(0)
        for target in links[page] - seen:
            seen.add(target)
            queue.append(target)
    return seen
`,
        better: `from collections import deque

def reachable(start, links):
    seen = {start}
    queue = deque([start])
    while queue:
        page = queue.popleft()
        for target in links[page] - seen:
            seen.add(target)
            queue.append(target)
    return seen
`,
      },
    },
    links: [
      { title: 'Python: collections.deque', url: 'https://docs.python.org/3/library/collections.html#collections.deque' },
      { title: 'V8: Array.prototype.shift moves the start of an array or copies it', url: 'https://github.com/v8/v8/blob/main/src/builtins/builtins-array.cc' },
    ],
  },

  link({ facts, file, functionName, confidence }, workspace) {
    // A script that somebody runs by hand works off a short list.
    return { facts, confidence: workspace.heatOf(file, functionName).heat === 'cold' ? 'possible' : confidence };
  },

  say(facts, cost) {
    return {
      message: `${facts.change} ${facts.does} the front of ${facts.list} in each round of ${facts.loop} and moves all other elements: O(n²), up to ${formatCount(cost.now)} moves at ${formatSize(cost)}. ${facts.advice}`,
      hint: `O(n²): ${formatCount(cost.now)} moves`,
    };
  },
};
