import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTS_FILE, type Ending, judgeCommand, judgeLastLine, judgeMocha, type Outcome } from './counts';
import { ROOT, type Stage } from './stages';

/** A stage that is still running then has hung. */
const LONGEST_MS = 12 * 60_000;

/** What is kept of a stage's output to find its last line. */
const TAIL_CHARACTERS = 2000;

/** Runs a stage and passes its output on to `write` while it runs. */
export async function runStage(stage: Stage, write: (text: string) => void = (text) => void process.stdout.write(text)): Promise<Outcome> {
  if (stage.files?.length === 0) return { passed: 0, failed: 1, problem: 'it has no test file' };
  const folder = mkdtempSync(join(tmpdir(), 'performance-engineer-'));
  try {
    const countsFile = join(folder, 'counts.json');
    const ending = await run(stage.argv, { ...process.env, [COUNTS_FILE]: countsFile }, write);
    switch (stage.kind) {
      case 'command':
        return judgeCommand(ending);
      case 'mocha':
        return judgeMocha(ending, countsFile);
      case 'counting program':
        return judgeLastLine(ending);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(argv: readonly string[], env: NodeJS.ProcessEnv, write: (text: string) => void): Promise<Ending> {
  return new Promise((resolve) => {
    // A group of its own, so that what a hung stage has started ends with it.
    const child = spawn(process.execPath, argv, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const stop = (signal: NodeJS.Signals) => endGroup(child.pid, signal);
    const timer = setTimeout(() => stop('SIGKILL'), LONGEST_MS);
    const interrupted = () => stop('SIGTERM');
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    let tail = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      write(text);
      tail = (tail + text).slice(-TAIL_CHARACTERS);
    });
    const finish = (code: number | null, signal: string | null) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve({ code, signal, tail });
    };
    child.once('error', (error) => finish(null, error.message));
    child.once('close', finish);
  });
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has just ended by itself.
  }
}
