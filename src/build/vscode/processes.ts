import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { undoAtExit } from './ending';

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Starts the program through the system's shell. The caller quotes. */
  readonly shell?: boolean;
}

export interface Ended {
  /** The exit code; null when a signal ended the process or it could not be started. */
  readonly code: number | null;
  /** Standard output and standard error in the order they came, with the reason if it could not be started. */
  readonly output: string;
}

/** A child process and everything it starts: they are stopped together. */
export interface ProcessGroup {
  readonly pid: number | undefined;
  readonly ended: Promise<Ended>;
  /** What was printed so far. */
  output(): string;
  /** Asks politely, then insists after two seconds. Resolves when the child is gone. */
  stop(): Promise<void>;
}

const politeMs = 2_000;
const onWindows = process.platform === 'win32';

/** Starts a program as the leader of its own process group, which does not outlive this process. */
export function startGroup(command: string, args: readonly string[], options: ProcessOptions = {}): ProcessGroup {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    shell: options.shell,
    detached: !onWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const killNow = undoAtExit(() => signalGroup(child, 'SIGKILL'));
  const ended = new Promise<Ended>(resolve => {
    child.once('error', error => resolve({ code: null, output: `${output}${error.message}\n` }));
    child.once('close', code => resolve({ code, output }));
  });
  void ended.then(killNow);
  return { pid: child.pid, ended, output: () => output, stop: () => stopGroup(child, ended, killNow) };
}

async function stopGroup(child: ChildProcess, ended: Promise<Ended>, killNow: () => void): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const insist = setTimeout(killNow, politeMs);
  await ended;
  clearTimeout(insist);
}

/** A group that is already gone is what the caller wanted. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  if (onWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

/** Runs a program to its end. After `timeoutMs` its whole group is stopped, and the output says so. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: ProcessOptions & { readonly timeoutMs: number },
): Promise<Ended> {
  const group = startGroup(command, args, options);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void group.stop();
  }, options.timeoutMs);
  const { code, output } = await group.ended;
  clearTimeout(timer);
  return timedOut
    ? { code: null, output: `${output}Stopped: no end after ${options.timeoutMs / 1000} s.\n` }
    : { code, output };
}

/** The end of a program's output, where it says why it failed. */
export function lastLines(output: string, count = 15): string {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}
