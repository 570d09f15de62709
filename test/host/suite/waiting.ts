/** The machines that run these tests may be slow and busy; a test that fails has waited this long. */
const patienceMs = 60_000;
const stepMs = 100;

/** Waits until `look` finds something, and returns it. The error says what was waited for and what was last seen. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | PromiseLike<T | undefined>,
  seen: () => unknown = () => undefined,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    await pause(stepMs);
  }
  const last = await seen();
  throw new Error(`After ${patienceMs / 1000} s it is not so that ${what}${last === undefined ? '' : `; seen: ${JSON.stringify(last)}`}`);
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
