import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'A list is one block of memory: taking its first element or adding one in front moves all the others. Over n rounds that is n x n / 2 moves. Moving is fast, so it is felt from some ten thousand elements on; V8 takes from the front by moving the start of the block, up to about 15,000 elements.',
  technique: 'Read on with an index (or for...of, which sees what is pushed meanwhile), append and reverse once at the end; in Python use collections.deque with popleft and appendleft.',
  tradeoffs: 'An index keeps handled items in memory until the loop ends. A deque is slow to index in its middle and cannot be sliced.',
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
};
