/**
 * A driver's file, ready to be called. The driver exports `call(context, subject)`, and where it needs them
 * `subject`, `setUp(size, subject)`, `tearDown(context)` and `options`. A task may replace the subject and options:
 * {"options"?: {...}, "subject"?: {"file": absolute path, "exported": name}, "keepResult"?: true}.
 */
import { pathToFileURL } from 'node:url';

const DEFAULTS = { size: 100, warmUpCalls: 20, maximumCalls: 1000, maximumSeconds: 3 };

export async function loadDriver(file, task) {
  const driver = await import(pathToFileURL(file).href);
  const subject = task.subject ? (await import(pathToFileURL(task.subject.file).href))[task.subject.exported] : driver.subject;
  const options = { ...DEFAULTS, ...driver.options, ...task.options };
  return {
    options,
    setUp: async (size = options.size) => driver.setUp?.(size, subject),
    call: (context) => driver.call(context, subject),
    tearDown: async (context) => driver.tearDown?.(context),
  };
}

/** The clock of V8's profiles: microseconds of the monotonic clock. */
export function nowUs() {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Milliseconds per call. Only promises are awaited: awaiting a plain value would add a turn of the queue. */
export async function timeCalls(driver, context, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const result = driver.call(context);
    if (typeof result?.then === 'function') await result;
  }
  return (performance.now() - start) / calls;
}

/** Pools, servers and timers that the subject has left behind would keep the process from ending. */
export function end() {
  process.exit();
}
