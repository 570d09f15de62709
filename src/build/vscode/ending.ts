import * as os from 'node:os';

const undone = new Set<() => void>();
let listening = false;

/**
 * Remembers something to undo when this process ends: normally, by an uncaught error, or by a signal that
 * `endOnSignals` handles. `undo` must be synchronous, because nothing asynchronous runs while a process exits.
 * @returns a function that runs `undo` now, and never again.
 */
export function undoAtExit(undo: () => void): () => void {
  undone.add(undo);
  if (!listening) {
    listening = true;
    process.on('exit', () => [...undone].reverse().forEach(runQuietly));
  }
  return () => {
    if (undone.delete(undo)) {
      runQuietly(undo);
    }
  };
}

/** One failing undo must not keep the others from running. */
function runQuietly(undo: () => void): void {
  try {
    undo();
  } catch (error) {
    console.error(`Could not clean up: ${(error as Error).message}`);
  }
}

/**
 * Turns Ctrl+C, a closed terminal and a polite kill into an ordinary exit, so that `undoAtExit` is honoured.
 * For programs, not for libraries: call it once, at the start.
 * @param exitCode defaults to the shells' convention, 128 + signal number.
 */
export function endOnSignals(exitCode?: number): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(exitCode ?? 128 + os.constants.signals[signal]));
  }
}
