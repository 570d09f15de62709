import { join } from 'node:path';
import type { SideBySide } from '../../core/comparison';
import type { Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { compareRuns } from '../../evidence/compareRuns';
import type { DriverChoice, Runner } from '../drivers/choice';
import { finish } from '../finish';
import { treeOf } from '../git';
import { type PlanContext, planBenchmark } from '../makePlan';
import type { Target } from '../plan';
import { runPlan } from '../runPlan';
import type { InterleaveOptions } from './interleave';
import { compareSides } from './sides';

export interface AgainOptions extends InterleaveOptions {
  /** The function of the baseline as it is now, where it is still there. */
  readonly target?: Target;
  /** The recommendation that the change was made for. */
  readonly validates?: SideBySide['validates'];
}

/** How a stored run was driven, as a choice; undefined where the run does not say. */
export function choiceOf({ driver: { kind, label, cwd, again } }: Run): DriverChoice | undefined {
  if (!again || kind === 'proof') return undefined;
  return { kind, label, cwd, ...again, runner: again.runner as Runner, reason: 'as the run before' };
}

/**
 * Measures what a stored run has measured once more, and stores before, after and the verdict as a new run. Where git
 * still has the code of then, both states run in turn; else the stored samples stand for it. Throws FailureError.
 */
export async function measureAgain(baseline: Run, context: PlanContext, options: AgainOptions): Promise<Run> {
  const choice = choiceOf(baseline);
  if (!choice) throw new FailureError(failures.cannotMeasureAgain(baseline.id));
  const { workspace } = context.workspace;
  const driver = baseline.driver.again?.driver;
  const generatedFile = driver && join(workspace, driver);
  const snapshot = baseline.snapshot && (await treeOf(workspace, baseline.snapshot)) ? baseline.snapshot : undefined;
  if (snapshot === undefined) return againstStored(baseline, choice, generatedFile, context, options);
  const { target = baseline.target, validates } = options;
  const place = target && { file: target.file, functionName: target.functionName };
  const before = {
    code: { label: `as run ${baseline.id} measured it`, commit: baseline.commit, ...place, hash: baseline.target?.hash },
    commit: snapshot,
    target: baseline.target,
  };
  const after = { code: { label: 'as it is now', ...place, hash: target?.hash }, target };
  return compareSides({ choice, generatedFile, before, after, validates }, context, options);
}

async function againstStored(
  baseline: Run,
  choice: DriverChoice,
  generatedFile: string | undefined,
  context: PlanContext,
  options: AgainOptions,
): Promise<Run> {
  if (baseline.benchmarks.length === 0) throw new FailureError(failures.cannotMeasureAgain(baseline.id));
  const { target = baseline.target, validates } = options;
  const plan = await planBenchmark(choice, context, { target, generatedFile });
  const run = await finish(plan, await runPlan(plan, options), options.functionsOf);
  const measured = run.status === 'completed' ? withComparison(run, baseline, validates) : run;
  await context.store.append(measured);
  return measured;
}

/** Throws FailureError where the two are not of one machine, or have nothing in common. */
function withComparison(run: Run, baseline: Run, validates: SideBySide['validates']): Run {
  const { benchmarks, caveats } = compareRuns(baseline, run);
  const comparison: SideBySide = {
    before: { label: `run ${baseline.id}`, run: baseline.id, commit: baseline.commit, hash: baseline.target?.hash },
    after: { label: 'as it is now', hash: run.target?.hash },
    isInterleaved: false,
    benchmarks,
    ...(validates && { validates }),
  };
  return { ...run, kind: 'comparison', comparison, caveats: [...run.caveats, 'not run in turn: the machine may have been faster or slower then', ...caveats] };
}
