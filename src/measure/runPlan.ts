import { type ChildProcess, spawn } from 'node:child_process';
import type { Exit } from './plan';

/** What is run, and where. */
export interface Program {
  /** Program and arguments, without a shell. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** On top of the environment of this process; a variable that is undefined here is taken away. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface RunOptions {
  /** Aborting stops the program; the exit is then `cancelled`. */
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  /** The program's output and errors as they come. */
  readonly onOutput?: (text: string) => void;
}

/** How long a program may take to end by itself after SIGTERM. */
const GRACE_MS = 2000;
/** How long the last output may take to arrive after the end. */
const OUTPUT_MS = 500;

/**
 * Runs a plan's program without a shell and waits for its end. It never rejects.
 *
 * | state    | event            | action                            | next     |
 * |----------|------------------|-----------------------------------|----------|
 * | running  | exit             | result: exited                    | ended    |
 * | running  | spawn error      | result: not-started               | ended    |
 * | running  | abort or timeout | SIGTERM to all its processes      | stopping |
 * | stopping | grace is over    | SIGKILL to all its processes      | stopping |
 * | stopping | exit             | SIGKILL to those it left behind   | ended    |
 */
export function runPlan(plan: Program, { signal, timeoutMs, onOutput }: RunOptions): Promise<Exit> {
  const startedAt = new Date().toISOString();
  // The clock of the wall may be set meanwhile.
  const began = performance.now();
  return new Promise((resolve) => {
    let ending: Exit['ending'] = 'exited';
    let grace: NodeJS.Timeout | undefined;
    let lastOutput: NodeJS.Timeout | undefined;

    const end = (result: Pick<Exit, 'code' | 'signal' | 'cause'>) => {
      for (const timer of [timeout, grace, lastOutput]) clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      resolve({ ...result, ending, startedAt, durationMs: performance.now() - began });
    };
    const stop = (why: 'cancelled' | 'timed-out') => {
      if (ending !== 'exited') return;
      ending = why;
      stopAll(child, 'SIGTERM');
      grace = setTimeout(() => stopAll(child, 'SIGKILL'), GRACE_MS);
    };
    const cancel = () => stop('cancelled');
    const timeout = setTimeout(() => stop('timed-out'), timeoutMs);

    const child = spawn(plan.argv[0]!, plan.argv.slice(1), {
      cwd: plan.cwd,
      env: { ...process.env, ...plan.env },
      // A process group of its own: what it starts can be stopped with it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      ending = 'not-started';
      end({ cause: error.message });
    });
    child.on('exit', (code, killedBy) => {
      if (ending !== 'exited') stopAll(child, 'SIGKILL');
      const result = { code: code ?? undefined, signal: killedBy ?? undefined };
      // A process that was left behind may keep the output open for ever.
      lastOutput = setTimeout(() => end(result), OUTPUT_MS);
      child.on('close', () => end(result));
    });
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel);
  });
}

/** Signals the program and all processes of its group; on Windows its tree is ended at once. */
function stopAll(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended in the meantime.
  }
}
