import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Overhead } from '../core/evidence';
import { FailureError, failures } from '../core/failures';
import { parseDriven } from '../evidence/driven';
import { overheadOfCalls, overheadOfPrograms } from '../evidence/overhead';
import type { DriverChoice } from './drivers/choice';
import { type PlanContext, planBenchmark, planUnrecordedCalls } from './makePlan';
import type { Exit, MeasurePlan } from './plan';
import { readText } from './readProfiles';

/** A plan whose program was run, and how it ended. */
export interface Ran {
  readonly plan: MeasurePlan;
  readonly exit: Exit;
}

/** What is made to be run again and again. A program or a script may change data, and runs once only. */
const RUN_TWICE: readonly DriverChoice['kind'][] = ['test', 'generated'];

/**
 * The program of a profile or a trace once more without its recorder, to say how much that has slowed it down; undefined
 * where it is not run twice, or a second run would say nothing. Throws FailureError as planProfile does.
 */
export async function planUnprofiled(profiled: MeasurePlan, choice: DriverChoice, context: PlanContext, generatedFile?: string): Promise<MeasurePlan | undefined> {
  const { kind, id, target } = profiled;
  if (!RUN_TWICE.includes(choice.kind) || (kind !== 'cpu-profile' && kind !== 'trace')) return undefined;
  const rawFolder = join(profiled.rawFolder, 'unprofiled');
  try {
    mkdirSync(rawFolder, { recursive: true });
  } catch (error) {
    throw new FailureError(failures.evidenceNotWritten(rawFolder, error));
  }
  const options = { target, generatedFile, partOf: { id, rawFolder } };
  // A trace calls a driver in a loop of its own, whose calls only the same loop can be set against.
  const isTracedCalls = kind === 'trace' && generatedFile !== undefined && choice.language === 'typescript';
  return isTracedCalls ? planUnrecordedCalls(choice, context, options) : planBenchmark(choice, context, options);
}

/** How much longer the profiled run took than the unprofiled one; undefined where one of them says nothing. */
export function overheadOf(profiled: Ran, unprofiled: Ran): Overhead | undefined {
  if ([profiled, unprofiled].some(({ exit }) => exit.ending !== 'exited' || exit.code !== 0)) return undefined;
  if (profiled.plan.driver.kind !== 'generated') return overheadOfPrograms(profiled.exit.durationMs, unprofiled.exit.durationMs);
  const [withIt, without] = [callTimes(profiled.plan), callTimes(unprofiled.plan)];
  return withIt && without && overheadOfCalls(withIt, without);
}

/** The times of a driver's calls, whichever of the two loops has called it. */
function callTimes({ rawFolder }: MeasurePlan): readonly number[] | undefined {
  for (const name of ['drive.json', 'calls.json']) {
    const text = readText(join(rawFolder, name));
    if (text !== undefined) return samplesIn(text, name);
  }
  return undefined;
}

/** A broken file is no reason to lose the profile beside it. */
function samplesIn(text: string, name: string): readonly number[] | undefined {
  try {
    return parseDriven(text, name).samples;
  } catch {
    return undefined;
  }
}
