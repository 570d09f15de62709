import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'The wall clock is set from outside: when it is corrected between the two readings, the duration is wrong or negative. ' +
    'It also counts in whole milliseconds or worse, so short pieces of code take 0.',
  technique: 'Read a monotonic clock for durations (performance.now(), time.perf_counter()), and the wall clock for points in time.',
  tradeoffs: 'None in cost. A monotonic reading means nothing outside its process and cannot be stored as a date.',
  conflicts: [],
  whenNot: 'The beginning comes from another process or from storage: then only the wall clock is common to both.',
  examples: {
    typescript: {
      bad: `export async function timed(work: () => Promise<void>) {
  const started = Date.now();
  await work();
  return Date.now() - started;
}
`,
      better: `export async function timed(work: () => Promise<void>) {
  const started = performance.now();
  await work();
  return Math.round(performance.now() - started);
}
`,
    },
    python: {
      bad: `import time


def timed(work):
    started = time.time()
    work()
    return time.time() - started
`,
      better: `import time


def timed(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
`,
    },
  },
  links: [
    { title: 'MDN: performance.now() against Date.now()', url: 'https://developer.mozilla.org/en-US/docs/Web/API/Performance/now#performance.now_vs._date.now' },
    { title: 'Python: time.perf_counter', url: 'https://docs.python.org/3/library/time.html#time.perf_counter' },
  ],
};
