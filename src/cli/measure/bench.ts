import { FailureError, failures } from '../../core/failures';
import { listBenchmarks, measure, planBenchmark } from '../../measure';
import { untilInterrupted } from '../interruption';
import type { Output } from '../output';
import type { BenchArguments } from './arguments';
import { collect, printRuns } from './output';
import { openWorkspace } from './workspace';

/** Carries out `bench`: runs the benchmarks of a workspace as they are, one after the other. */
export async function bench(args: BenchArguments, output: Output): Promise<number> {
  const { context, store, functionsOf } = await openWorkspace(args.path, args, output);
  const choices = listBenchmarks(context.workspace).filter(({ label }) => args.filter === undefined || label.includes(args.filter));
  if (choices.length === 0) throw new FailureError(failures.noBenchmark());
  return untilInterrupted(async (signal) => {
    const works = choices.map((choice) => async () => {
      output.warn(`Running the benchmark ${choice.label}`);
      return measure(await planBenchmark(choice, context), store, functionsOf, { signal, timeoutMs: args.timeLimitMs, onOutput: output.stream });
    });
    const { runs, failures: failed } = await collect(works, signal);
    return printRuns(runs, failed, args, output);
  });
}
