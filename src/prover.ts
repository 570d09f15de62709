import { FailureError, type Failure } from './core/failures';
import { proofFailures } from './core/proofFailures';
import { openScratch } from './prove/engines/open';
import type { FromProver, ToProver } from './prove/run/messages';
import { proveInScratch } from './prove/run/prove';

/**
 * The program that carries one proof out and ends. It is a process of its own because a database engine takes hundreds
 * of megabytes, which only the end of a process gives back, and because one that hangs can be ended from outside.
 */
function send(message: FromProver): Promise<void> {
  return new Promise((resolve) => process.send!(message, undefined, {}, () => resolve()));
}

/** Ends what runs on the user's server; there is nothing to end elsewhere. */
let cancelOnServer = (): Promise<void> => Promise.resolve();

const report = (text: string): void => void send({ type: 'progress', text });

async function carryOut({ plan, options }: Extract<ToProver, { type: 'run' }>): Promise<FromProver> {
  try {
    if (plan.engine === 'postgres') {
      const { proveOnServer } = await import('./prove/server/proveOnServer');
      return { type: 'done', proof: await proveOnServer(plan, options.connection, report, (cancel) => (cancelOnServer = cancel)) };
    }
    const engine = await openScratch(plan, options, report);
    try {
      return { type: 'done', proof: await proveInScratch(plan, engine, report) };
    } finally {
      await engine.close();
    }
  } catch (error) {
    return { type: 'failed', failure: failureOf(error, plan.engine) };
  }
}

function failureOf(error: unknown, engine: string): Failure {
  return error instanceof FailureError ? error.failure : proofFailures.engineFailed(engine, error);
}

process.on('message', (message: ToProver) => {
  if (message.type === 'cancel') return void cancelOnServer().finally(() => process.exit(0));
  void carryOut(message)
    .then(send)
    .finally(() => process.exit(0));
});
// Whoever wanted the proof is gone.
process.on('disconnect', () => void cancelOnServer().finally(() => process.exit(0)));
