import { join } from 'node:path';
import type { ComparedCode, SideBySide } from '../../core/comparison';
import type { Run } from '../../core/evidence';
import { type Failure, FailureError } from '../../core/failures';
import { compareBenchmarks } from '../../evidence/compareRuns';
import { compareResults } from '../../evidence/results';
import { newRunId } from '../../evidence/runId';
import { NOTHING } from '../outputs';
import type { DriverChoice } from '../drivers/choice';
import { type PlanContext, planBenchmark } from '../makePlan';
import type { MeasurePlan, Target } from '../plan';
import type { DrivenSubject } from '../task';
import { findPython } from '../tools';
import { type InterleaveOptions, type Interleaved, interleave } from './interleave';
import { copyDriver, withWorktree } from './worktree';

/** One side: whose code it is, and what is called of it. */
export interface Side {
  readonly code: ComparedCode;
  /** What git checks out; the files as they are now where absent. */
  readonly commit?: string;
  readonly target?: Target;
  /** Called in place of the driver's own subject; `source` is relative to the workspace. */
  readonly subject?: DrivenSubject;
}

export interface SidesRequest {
  readonly choice: DriverChoice;
  /** Absolute. */
  readonly generatedFile?: string;
  readonly before: Side;
  readonly after: Side;
  readonly validates?: SideBySide['validates'];
}

/** Many short processes say more than a few long ones: processes differ more than the calls of one. */
const SECONDS_PER_PROCESS = 0.5;

/** Runs two sides in turn and stores the comparison. A failure is in the run; throws FailureError where nothing could begin or be stored. */
export async function compareSides(request: SidesRequest, context: PlanContext, options: InterleaveOptions): Promise<Run> {
  const id = newRunId(new Date());
  const rawFolder = await context.store.rawFolder(id);
  const pinned = await withInterpreter(request.choice, context);
  const planOf = (side: Side, name: string, files: PlanContext['workspace'], driver: string | undefined) =>
    planBenchmark(request.choice, { ...pinned, workspace: files }, {
      target: side.target,
      generatedFile: driver,
      task: { options: { maximumSeconds: options.secondsPerProcess ?? SECONDS_PER_PROCESS }, keepResult: true, subject: side.subject && subjectIn(side.subject, files.workspace, request.choice) },
      partOf: { id, rawFolder: join(rawFolder, name) },
    });
  return withCode(request.before, request, context, (beforeFiles, beforeDriver) =>
    withCode(request.after, request, context, async (afterFiles, afterDriver) => {
      const before = await planOf(request.before, 'before', beforeFiles, beforeDriver);
      const after = await planOf(request.after, 'after', afterFiles, afterDriver);
      const run = await comparisonOf(before, after, request, options);
      await context.store.append(run);
      return run;
    }),
  );
}

async function comparisonOf(before: MeasurePlan, after: MeasurePlan, request: SidesRequest, options: InterleaveOptions): Promise<Run> {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  let outcome: { readonly measured?: Interleaved; readonly failure?: Failure };
  try {
    outcome = { measured: await interleave(before, after, options) };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    outcome = { failure: error.failure };
  }
  const { measured, failure } = outcome;
  return {
    version: 1,
    id: after.id,
    kind: 'comparison',
    tool: after.tool,
    startedAt,
    durationMs: performance.now() - began,
    machine: before.machine,
    driver: after.driver,
    ...after.code,
    status: failure ? 'failed' : measured ? 'completed' : 'cancelled',
    failure: failure && { code: failure.code, message: failure.message },
    target: after.target,
    ...NOTHING,
    ...(measured && figuresOf(measured, before, request)),
  };
}

function figuresOf({ before, after }: Interleaved, plan: MeasurePlan, request: SidesRequest): Pick<Run, 'benchmarks' | 'comparison' | 'caveats'> {
  // Two functions are one thing to compare, whatever each of them is called.
  const isOne = before.benchmarks.length === 1 && after.benchmarks.length === 1;
  const named = isOne ? [{ ...before.benchmarks[0]!, name: after.benchmarks[0]!.name }] : before.benchmarks;
  const comparison: SideBySide = {
    before: request.before.code,
    after: request.after.code,
    isInterleaved: true,
    benchmarks: compareBenchmarks(named, after.benchmarks),
    ...(plan.format === 'drive-json' && { results: compareResults(before.result, after.result) }),
    ...(request.validates && { validates: request.validates }),
  };
  return { benchmarks: after.benchmarks, comparison, caveats: [...new Set([...before.caveats, ...after.caveats])] };
}

/** Gives the files of a side, with the driver where the imports lead to them. */
function withCode<Result>(
  { commit }: Side,
  { generatedFile }: SidesRequest,
  { workspace }: PlanContext,
  use: (files: PlanContext['workspace'], driver: string | undefined) => Promise<Result>,
): Promise<Result> {
  if (commit === undefined) return use(workspace, generatedFile);
  return withWorktree(workspace.workspace, commit, async (files) =>
    use(files, generatedFile && (await copyDriver(generatedFile, workspace.workspace, files.workspace))),
  );
}

/** A checkout has no virtual environment of its own, so its interpreter is that of the workspace. */
async function withInterpreter(choice: DriverChoice, context: PlanContext): Promise<PlanContext> {
  if (choice.language !== 'python' || context.python) return context;
  const { workspace } = context.workspace;
  const { argv } = await findPython(workspace, join(workspace, choice.cwd));
  return argv.length === 1 ? { ...context, python: argv[0] } : context;
}

function subjectIn(subject: DrivenSubject, workspace: string, { language }: DriverChoice): DrivenSubject {
  return language === 'python' ? subject : { ...subject, source: join(workspace, subject.source) };
}
