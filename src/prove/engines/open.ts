import type { Report } from '../run/messages';
import type { ScratchEngine } from './engine';
import type { ProverOptions } from '../run/messages';
import type { ProofPlan } from '../plan/plan';

/** Starts the engine of a plan that builds a database of its own. Throws FailureError. */
export async function openScratch(plan: ProofPlan, options: ProverOptions, report: Report): Promise<ScratchEngine> {
  report(`starting ${plan.engine}`);
  if (plan.engine === 'sqlite') return (await import('./sqlite')).openSqlite(options.python);
  return (await import('./pglite')).openPglite(plan.extensions);
}
