import { setTimeout as pause } from 'node:timers/promises';

const WATCH_MS = 50;

/** Waits until a process has ended, but no longer than that many milliseconds. */
export async function goneWithin(processId: number, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(processId) && Date.now() < deadline) await pause(WATCH_MS);
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Ends the program of a terminal at once. It leads a process group of its own, so what it has started ends with it. */
export function killGroup(processId: number): void {
  try {
    process.kill(process.platform === 'win32' ? processId : -processId, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
