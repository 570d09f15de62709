import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FailureError, failures } from '../core/failures';
import type { Proof } from '../core/proof';
import { proofFailures } from '../core/proofFailures';
import type { ProofPlan } from './plan/plan';
import type { FromProver, ProverOptions, Report, ToProver } from './run/messages';

export interface ProofRun extends ProverOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  readonly report?: Report;
}

/** A statement on the user's server is cancelled there before the process ends. */
const GRACE_MS = 2_000;

/**
 * Carries a plan out in a process of its own and waits for its end. Rejects with FailureError: the proof's own failure,
 * or that it was cancelled, took too long, or its process broke down.
 *
 * | state    | event                  | action                              | next     |
 * |----------|------------------------|-------------------------------------|----------|
 * | running  | progress               | report                              | running  |
 * | running  | done or failed         | keep the answer                     | running  |
 * | running  | abort or timeout       | ask the process to cancel and end   | stopping |
 * | running  | exit                   | answer, or engine-failed without one | ended    |
 * | stopping | grace is over          | SIGKILL                             | stopping |
 * | stopping | exit                   | reject: cancelled or timed out      | ended    |
 */
export function runProver(plan: ProofPlan, { signal, timeoutMs, report, connection, python }: ProofRun): Promise<Proof> {
  return new Promise((fulfil, reject) => {
    const child = start();
    let answer: Extract<FromProver, { type: 'done' | 'failed' }> | undefined;
    let stopped: 'cancelled' | 'timed-out' | undefined;
    let errors = '';
    const stop = (why: NonNullable<typeof stopped>): void => {
      if (stopped !== undefined) return;
      stopped = why;
      tell(child, { type: 'cancel' });
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    };
    const cancel = (): void => stop('cancelled');
    const timeout = setTimeout(() => stop('timed-out'), timeoutMs);
    const end = (failure?: FailureError): void => {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', cancel);
      if (failure !== undefined) reject(failure);
      else if (stopped !== undefined) reject(new FailureError(stopped === 'cancelled' ? proofFailures.proofCancelled() : proofFailures.proofTimedOut(Math.round(timeoutMs / 1000))));
      else if (answer?.type === 'done') fulfil(answer.proof);
      else reject(new FailureError(answer?.failure ?? proofFailures.engineFailed(plan.engine, errors.trim() || 'its process ended without an answer')));
    };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2_000)));
    child.on('message', (message: FromProver) => {
      if (message.type === 'progress') report?.(message.text);
      else answer = message;
    });
    child.on('error', (error) => end(new FailureError(failures.programNotStarted('Proof', process.execPath, error))));
    child.on('exit', () => end());
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel);
    tell(child, { type: 'run', plan, options: { connection, python } });
  });
}

/** A process that has just ended cannot be told anything, and its end says the rest. */
function tell(child: ChildProcess, message: ToProver): void {
  if (child.connected) child.send(message, () => undefined);
}

function start(): ChildProcess {
  const isBuilt = existsSync(join(__dirname, 'prover.js'));
  const program = isBuilt ? join(__dirname, 'prover.js') : resolve(__dirname, '../prover.ts');
  return fork(program, [], {
    // The engines are WebAssembly: the optimising compiler takes longer than it saves in a process that lives for a minute.
    execArgv: ['--liftoff-only', '--no-warnings', ...(isBuilt ? [] : ['--import', 'tsx'])],
    // In a desktop editor, Node is a mode of the editor's own program.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
