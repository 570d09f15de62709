import type { Rule } from '../../core/rule';

export interface Facts {
  /** The clock that is read: "Date.now()", "time.time()". */
  readonly clock: string;
  /** The clock to read instead: "performance.now()", "time.perf_counter()". */
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
    complexity: { now: 'O(1)', after: 'O(1)' },
    cost: {
      unit: 'calls',
      variable: 'durations taken',
      assumedSize: 1,
      now: (n) => n,
      after: (n) => n,
      millisecondsPerUnit: 0,
    },
    why:
      'The wall clock is set by NTP, by people and by virtual machines that resume: a duration taken from it can jump, stand still or be negative. ' +
      'Date.now() also counts whole milliseconds only, so whatever is faster measures as 0 or 1.',
    technique: 'Take both readings from the monotonic clock: performance.now(), time.perf_counter().',
    tradeoffs: 'A monotonic reading means nothing by itself: keep a timestamp beside it where the time of day is needed too.',
    effortMinutes: 2,
    validation: 'benchmark',
    conflicts: [],
    whenNot: 'The two readings come from different processes or machines, or the difference is an age, an expiry or a wait until a time of day.',
    examples: {
      typescript: {
        bad: `export async function timed(work: () => Promise<void>) {
  const startedAt = Date.now();
  await work();
  console.info(\`took \${Date.now() - startedAt} ms\`);
}
`,
        better: `export async function timed(work: () => Promise<void>) {
  const startedAt = performance.now();
  await work();
  console.info(\`took \${Math.round(performance.now() - startedAt)} ms\`);
}
`,
      },
      python: {
        bad: `import time

def timed(work):
    started = time.time()
    work()
    print(f"took {time.time() - started:.3f} s")
`,
        better: `import time

def timed(work):
    started = time.perf_counter()
    work()
    print(f"took {time.perf_counter() - started:.3f} s")
`,
      },
    },
    links: [
      { title: 'MDN: performance.now() and Date.now()', url: 'https://developer.mozilla.org/en-US/docs/Web/API/Performance/now#performance.now_vs._date.now' },
      { title: 'Python: time.perf_counter()', url: 'https://docs.python.org/3/library/time.html#time.perf_counter' },
    ],
  },

  say({ clock, instead }) {
    return {
      message: `This duration is the difference of two readings of ${clock}, which jumps when the clock is set and then is wrong or negative. Read ${instead} both times.`,
      hint: 'wall clock, not monotonic',
    };
  },
};
