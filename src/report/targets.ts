import picomatch from 'picomatch';
import type { PerformanceConfig, Percentile, Requirement } from '../core/config';
import type { BenchmarkResult, Run } from '../core/evidence';

/** One latency target of performance.json beside the newest benchmark that measures it. */
export interface TargetResult {
  /** What the target speaks of: a route, a glob or a benchmark's name. */
  readonly subject: string;
  readonly percentile: Percentile;
  /** Milliseconds. */
  readonly target: number;
  readonly measured: number;
  readonly missed: boolean;
  readonly run: Run;
  readonly benchmark: BenchmarkResult;
  /** Whether the target speaks of this file, whatever the benchmark drove. */
  readonly coversFile: (file: string) => boolean;
}

const PERCENTILES: readonly Percentile[] = ['p50', 'p95', 'p99', 'max'];

type Limits = Partial<Readonly<Record<Percentile, number>>>;

/** The newest result of each benchmark, by its name, over completed runs. */
export function newestBenchmarks(runs: readonly Run[]): ReadonlyMap<string, { run: Run; result: BenchmarkResult }> {
  const newest = new Map<string, { run: Run; result: BenchmarkResult }>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status !== 'completed') continue;
    for (const result of run.benchmarks) {
      newest.set(result.name, { run, result });
    }
  }
  return newest;
}

/** Every target of the configuration that some benchmark has measured. */
export function measuredTargets(runs: readonly Run[], config: PerformanceConfig): readonly TargetResult[] {
  const benchmarks = [...newestBenchmarks(runs).values()];
  const results: TargetResult[] = [];
  const add = (
    subject: string,
    limits: Limits,
    applies: (benchmark: BenchmarkResult) => boolean,
    coversFile: (file: string) => boolean,
  ): void => {
    for (const { run, result: benchmark } of benchmarks.filter(({ result }) => applies(result))) {
      for (const percentile of PERCENTILES) {
        const target = limits[percentile];
        if (target === undefined) continue;
        const measured = benchmark[percentile];
        results.push({ subject, percentile, target, measured, missed: measured > target, run, benchmark, coversFile });
      }
    }
  };
  for (const requirement of config.requirements) {
    const inScope = scopeOf(requirement);
    add(subjectOf(requirement), requirement.latency, benchmark => speaksOf(requirement, inScope, benchmark), inScope);
  }
  for (const budget of config.budgets) {
    add(budget.benchmark, budget.latency, benchmark => benchmark.name === budget.benchmark, () => false);
  }
  return results;
}

/** How a requirement is called in a sentence. */
export function subjectOf(requirement: Requirement): string {
  return [requirement.route, requirement.scope].filter(part => part !== undefined).join(' in ') || 'the whole workspace';
}

/** A requirement with a route is measured by benchmarks that name the route; others by the files they drive. */
function speaksOf(requirement: Requirement, inScope: (file: string) => boolean, benchmark: BenchmarkResult): boolean {
  if (requirement.route !== undefined) {
    return benchmark.name.toLowerCase().includes(requirement.route.toLowerCase());
  }
  return requirement.scope === undefined || (benchmark.file !== undefined && inScope(benchmark.file));
}

function scopeOf(requirement: Requirement): (file: string) => boolean {
  if (requirement.scope === undefined) {
    return () => requirement.route === undefined;
  }
  return picomatch(requirement.scope, { dot: true });
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
