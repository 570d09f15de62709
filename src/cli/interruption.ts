/** A terminal that is closed hangs up. */
const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Stops what runs when this process is asked to end: it runs in a process group of its own. */
export async function untilInterrupted<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of ENDING) process.on(signal, interrupt);
  try {
    return await work(interruption.signal);
  } finally {
    for (const signal of ENDING) process.off(signal, interrupt);
  }
}
