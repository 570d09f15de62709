import type { Rule } from '../../core/rule';

export interface Facts {
  /** The clock that is read, as the code has it: "Date.now()", "time.time()". */
  readonly clock: string;
  /** The variable that holds the beginning. */
  readonly variable: string;
  /** The clock to read instead. */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'wall-clock-timing',
    title: 'Code timed with the wall clock',
    family: 'observability',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(1), steps with the clock', after: 'O(1), monotonic' },
    cost: {
      unit: 'calls',
      variable: 'durations taken',
      assumedSize: 1,
      now: (n) => 2 * n,
      after: (n) => 2 * n,
      millisecondsPerUnit: 0,
    },
    why:
      'The wall clock is set from outside: when it is corrected between the two readings, the duration is wrong or negative. ' +
      'It also counts in whole milliseconds or worse, so short pieces of code take 0.',
    technique: 'Read a monotonic clock for durations (performance.now(), time.perf_counter()), and the wall clock for points in time.',
    tradeoffs: 'None in cost. A monotonic reading means nothing outside its process and cannot be stored as a date.',
    effortMinutes: 5,
    validation: 'benchmark',
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
  },

  say: ({ clock, variable, instead }) => ({
    message: `${clock} since ${variable} takes a duration with the wall clock, which is corrected while code runs and counts coarsely. Read ${instead} at both ends.`,
    hint: 'wall clock',
  }),
};
