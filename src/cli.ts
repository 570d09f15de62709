import { spawn } from 'node:child_process';

/**
 * Keeps V8 from compiling the SQL parser's WebAssembly a second time with its optimising
 * compiler, which takes hundreds of megabytes. V8 reads it only when a process begins.
 */
const LIFTOFF_ONLY = '--liftoff-only';

const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs this program again with the flag, and ends as that run does. */
function relaunch(): void {
  const argv = [...process.execArgv, LIFTOFF_ONLY, __filename, ...process.argv.slice(2)];
  const child = spawn(process.execPath, argv, { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of FORWARDED) process.on(signal, forward);
  child.once('error', (error) => {
    console.error(`Node.js could not be started again (${error.message}). Check that ${process.execPath} may be run.`);
    process.exitCode = 2;
  });
  child.once('exit', (code, signal) => {
    for (const each of FORWARDED) process.off(each, forward);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 0;
  });
}

async function run(): Promise<void> {
  // A reader such as `head` may close the pipe early; that is its right and no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const { main } = await import('./cli/main');
  process.exitCode = await main(process.argv.slice(2));
}

function reportDefect(error: unknown): void {
  console.error(`This should not have happened; please report it:\n${error instanceof Error ? error.stack : error}`);
  process.exitCode = 2;
}

if (process.execArgv.includes(LIFTOFF_ONLY)) run().catch(reportDefect);
else relaunch();
