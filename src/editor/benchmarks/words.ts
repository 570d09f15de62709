import { isResultOf } from '../../measure/benchmarkNames';
import { formatCount, formatDuration, formatShare } from '../../core/format';
import type { BenchmarkFile, NewestResult, NewestRun } from '../../lsp/protocol';
import { runLabel } from '../../lsp/wording';

/** One row of the Test Explorer below its file. */
export interface BenchmarkRow {
  readonly name: string;
  /** Zero-based; absent for one that only a run has told of. */
  readonly line?: number;
  readonly result?: NewestResult;
}

/** The benchmarks that a file declares, and those of its newest run that it does not name in plain words. */
export function rowsOf({ declared }: Pick<BenchmarkFile, 'declared'>, newest: NewestRun | undefined): readonly BenchmarkRow[] {
  const results = newest?.results ?? [];
  const taken = new Set<NewestResult>();
  const rows = declared.map(({ name, line }): BenchmarkRow => {
    const result = results.find((candidate) => !taken.has(candidate) && isResultOf(name, candidate.name));
    if (result) taken.add(result);
    return { name, line, result };
  });
  return [...rows, ...results.filter((result) => !taken.has(result)).map((result) => ({ name: result.name, result }))];
}

/** "p50 2 ms, p95 3 ms, p99 4 ms, 200 samples; slower: 1.3x the time (1.2 to 1.4 at 95 %)". */
export function distributionText({ p50, p95, p99, sampleCount, sinceLast }: NewestResult): string {
  const figures = `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}, ${formatCount(sampleCount)} samples`;
  return sinceLast === undefined ? figures : `${figures}; ${sinceLast}`;
}

/** What the output of a test run says of one benchmark, a line each. */
export function resultLines(result: NewestResult, { run, caveats }: NewestRun, now: Date): readonly string[] {
  const { name, max, throughput, spread, sinceLast } = result;
  return [
    name,
    `  ${distributionText({ ...result, sinceLast: undefined })}, max ${formatDuration(max)}`,
    ...(throughput === undefined ? [] : [`  ${formatCount(throughput)} a second${spread === undefined ? '' : `, spread ${formatShare(spread)}`}`]),
    `  against the run before: ${sinceLast ?? 'there is none'}`,
    ...caveats.map((caveat) => `  ${caveat}`),
    `  ${runLabel(run, now)}, kept as ${run.id}`,
  ];
}

/** What stands behind "Run benchmark" above it: "last p50 2 ms, p95 3 ms · run 12:04 (vitest)"; undefined where it has not run. */
export function lastText(result: NewestResult | undefined, newest: NewestRun | undefined, now: Date): string | undefined {
  return result && newest && `last p50 ${formatDuration(result.p50)}, p95 ${formatDuration(result.p95)} · ${runLabel(newest.run, now)}`;
}
