import { join } from 'node:path';
import type { Run } from '../core/evidence';
import { type Failure, FailureError, failures } from '../core/failures';
import type { FunctionAnchor, Sources } from '../evidence/attribution';
import { busyCaveats } from '../evidence/machine';
import type { EvidenceStore } from '../evidence/store';
import { type Figures, NOTHING, readOutputs } from './outputs';
import { overheadOf, type Ran } from './overhead';
import type { Exit, MeasurePlan } from './plan';
import { readText } from './readProfiles';
import { measuredFolders } from './roots';
import { type RunOptions, runPlan } from './runPlan';

/** The functions of a file (relative to the workspace) as the syntax knows them; undefined where it cannot be read. */
export type FunctionsOf = (file: string) => readonly FunctionAnchor[] | undefined;

/**
 * Reads what a plan's program left behind and makes the run of it, whoever ran the program.
 * It reads and parses whole profiles synchronously: call it off the extension host.
 * A failure of any kind is in the run; it throws none. `unprofiled` is the same program without the profiler.
 */
export async function finish(plan: MeasurePlan, exit: Exit, functionsOf: FunctionsOf, unprofiled?: Ran): Promise<Run> {
  const { figures, failure } = outcome(plan, exit, { ...measuredFolders(plan.workspace), functionsOf });
  const overhead = unprofiled && !failure ? overheadOf({ plan, exit }, unprofiled) : undefined;
  return {
    version: 1,
    id: plan.id,
    kind: plan.kind,
    tool: plan.tool,
    startedAt: exit.startedAt,
    durationMs: exit.durationMs,
    machine: plan.machine,
    driver: plan.driver,
    ...plan.code,
    status: exit.ending === 'cancelled' ? 'cancelled' : failure ? 'failed' : 'completed',
    failure: failure && { code: failure.code, message: failure.message },
    target: plan.target,
    ...figures,
    ...(overhead && { overhead }),
    // A share of a busy machine is a share all the same; a time is not.
    ...(!failure && exit.ending !== 'cancelled' && { caveats: [...figures.caveats, ...(plan.caveats ?? []), ...(plan.kind === 'benchmark' ? busyCaveats(plan.machine) : [])] }),
  };
}

/**
 * Runs a plan, then the same without its profiler where there is a plan for it, reads their files and stores the run.
 * Throws FailureError only where the run cannot be stored.
 */
export async function measure(plan: MeasurePlan, store: EvidenceStore, functionsOf: FunctionsOf, options: RunOptions, unprofiled?: MeasurePlan): Promise<Run> {
  const exit = await runPlan(plan, options);
  const isWorthIt = unprofiled !== undefined && exit.code === 0 && exit.ending === 'exited' && !options.signal?.aborted;
  const run = await finish(plan, exit, functionsOf, isWorthIt ? { plan: unprofiled, exit: await runPlan(unprofiled, options) } : undefined);
  await store.append(run);
  return run;
}

function outcome(plan: MeasurePlan, exit: Exit, sources: Sources): { figures: Figures; failure?: Failure } {
  if (exit.ending === 'cancelled') return { figures: NOTHING };
  const failure = endingFailure(plan, exit);
  if (failure) return { figures: NOTHING, failure };
  try {
    const figures = readOutputs(plan, exit, sources);
    return { figures, failure: unseenTarget(plan, figures) };
  } catch (error) {
    const failure = error instanceof FailureError ? error.failure : failures.brokenProfile(plan.rawFolder, error);
    return { figures: NOTHING, failure };
  }
}

function endingFailure(plan: MeasurePlan, { ending, code, signal, cause, durationMs }: Exit): Failure | undefined {
  const { label } = plan.driver;
  if (ending === 'not-started') return failures.programNotStarted(label, plan.argv[0]!, cause);
  if (ending === 'timed-out') return failures.programTimedOut(label, Math.round(durationMs / 1000));
  if (code === 0) return undefined;
  const problem = readText(join(plan.rawFolder, 'problem.json'));
  if (problem) return failures.pythonModuleMissing((JSON.parse(problem) as { missingModule: string }).missingModule, plan.argv[0]!);
  return failures.programFailed(label, code === undefined ? `signal ${signal ?? 'unknown'}` : `exit code ${code}`);
}

function unseenTarget({ kind, target, driver }: MeasurePlan, { functions }: Figures): Failure | undefined {
  if (kind !== 'cpu-profile' || !target) return undefined;
  const seen = functions.some(({ file, functionName }) => file === target.file && functionName === target.functionName);
  return seen ? undefined : failures.targetNotSeen(target.functionName, target.file, driver.label);
}
