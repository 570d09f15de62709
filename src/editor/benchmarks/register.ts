import type { Services } from '../services';
import { Benchmarks } from './benchmarks';
import { BenchmarkExplorer } from './explorer';
import { BenchmarkLenses } from './lenses';

/** The benchmarks of the workspace: in the Test Explorer, and above each in its file. */
export function registerBenchmarks({ context, server, measuring, log }: Services): BenchmarkExplorer {
  const benchmarks = new Benchmarks(server, log);
  const explorer = new BenchmarkExplorer(benchmarks, measuring, log);
  const lenses = new BenchmarkLenses(benchmarks, server.onChanged);
  context.subscriptions.push(benchmarks, explorer, lenses);
  return explorer;
}
