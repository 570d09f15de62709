import { FailureError, failures as makeFailure, type Failure } from '../core/failures';
import type { Detector } from '../detect/detector';
import type { EvidenceStore } from '../evidence/store';
import { listBenchmarks, measure, planBenchmark, type DriverChoice, type PlanContext } from '../measure';
import { untilInterrupted } from './interruption';
import { functionsIn, planContext } from './measure/workspace';
import type { Output } from './output';

/** A benchmark that takes longer has hung, or is none for a report. */
const LONGEST_MS = 10 * 60_000;

/** Runs every benchmark of a workspace, one after the other, and stores what it measured. Returns what failed. */
export async function runBenchmarks(workspace: string, detector: Detector, store: EvidenceStore, output: Output): Promise<Failure[]> {
  const context = await planContext(workspace, store);
  const choices = listBenchmarks(context.workspace);
  if (choices.length === 0) return [makeFailure.noBenchmark()];
  return untilInterrupted(async (signal) => {
    const failed: Failure[] = [];
    for (const choice of choices) {
      output.warn(`Running the benchmark ${choice.label}`);
      const failure = await runBenchmark(choice, context, detector, output, signal);
      if (failure) failed.push(failure);
    }
    return failed;
  });
}

async function runBenchmark(
  choice: DriverChoice,
  context: PlanContext,
  detector: Detector,
  output: Output,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    const plan = await planBenchmark(choice, context);
    const run = await measure(plan, context.store, functionsIn(detector), { signal, timeoutMs: LONGEST_MS, onOutput: output.stream });
    return run.failure ?? (run.status === 'cancelled' ? makeFailure.benchmarkCancelled(choice.label) : undefined);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
}
