import { FailureError, failures } from '../../core/failures';
import type { Run } from '../../core/evidence';
import {
  canGenerateDriver,
  type DriverChoice,
  ensureGeneratedDriver,
  listDrivers,
  measure,
  type MeasurePlan,
  planCounts,
  planMemory,
  planProfile,
  planTrace,
  planUnprofiled,
  probesFor,
} from '../../measure';
import { functionLookup } from '../judge';
import { untilInterrupted } from '../interruption';
import type { Output } from '../output';
import { UsageError } from '../usageError';
import type { ProfileArguments, Recording } from './arguments';
import { collect, printRuns } from './output';
import { type MeasuredWorkspace, openWorkspace, type Subject, subjectOf } from './workspace';

/** Carries out `profile`: each recording is a run of its own, because one would disturb the figures of the other. */
export async function profile(args: ProfileArguments, output: Output): Promise<number> {
  const workspace = await openWorkspace(args.subject.file, args, output);
  const subject = subjectOf(args.subject, workspace);
  const choices = driversOf(subject, workspace);
  if (args.list) {
    output.print(choices.map(({ label, reason }) => `${label}  ${output.style('dim', reason)}\n`).join(''));
    return 0;
  }
  const choice = chosen(choices, args.driver, subject);
  const driver = choice.kind === 'generated' ? await completeDriver(subject, workspace) : undefined;
  return untilInterrupted(async (signal) => {
    const works = args.what.map((recording) => async (): Promise<Run> => {
      output.warn(`Recording ${recording} of ${subject.target.functionName} by ${choice.label}`);
      const plan = await PLANS[recording](choice, subject, workspace, driver);
      const unprofiled = args.overhead ? await planUnprofiled(plan, choice, workspace.context, driver) : undefined;
      return measure(plan, workspace.store, workspace.functionsOf, { signal, timeoutMs: args.timeLimitMs, onOutput: output.stream }, unprofiled);
    });
    const { runs, failures: failed } = await collect(works, signal);
    return printRuns(runs, failed, args, output);
  });
}

const PLANS: Readonly<Record<Recording, (choice: DriverChoice, subject: Subject, workspace: MeasuredWorkspace, driver?: string) => Promise<MeasurePlan>>> = {
  cpu: (choice, { target }, { context }, driver) => planProfile(choice, target, context, driver),
  trace: (choice, { target }, { context }, driver) => planTrace(choice, target, context, driver),
  memory: (choice, { target }, { context }, driver) => planMemory(choice, target, context, driver),
  counts: (choice, { target }, { context, detector }, driver) => {
    const probes = probesFor(detector.check().findings, functionLookup(detector), target.file);
    return planCounts(choice, target, context, probes, driver);
  },
};

function driversOf({ target, fact, siblings }: Subject, { context, detector }: MeasuredWorkspace): readonly DriverChoice[] {
  return listDrivers(target, context.workspace, canGenerateDriver(fact, siblings), detector.callers(target.file, target.functionName));
}

function chosen(choices: readonly DriverChoice[], wanted: string | undefined, { target }: Subject): DriverChoice {
  const found = choices.find(({ label }) => wanted === undefined || label.includes(wanted));
  if (found) return found;
  if (choices.length === 0) throw new FailureError(failures.noDriver(target.file, target.functionName));
  throw new UsageError(`No way to drive ${target.functionName} is called "${wanted}". There are: ${choices.map(({ label }) => label).join('; ')}.`);
}

/** The generated driver's path. Throws FailureError where it waits for its arguments. */
export async function completeDriver({ target, fact, siblings }: Subject, { store, context, folder }: MeasuredWorkspace): Promise<string> {
  const { path, complete } = await ensureGeneratedDriver(store, target.file, fact, context.workspace, siblings);
  if (!complete) throw new FailureError(failures.driverIncomplete(path.startsWith(folder) ? path.slice(folder.length + 1) : path));
  return path;
}
