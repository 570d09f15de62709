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
  /** Whether the target speaks of this file by its glob; for benchmarks that do not say which code they drive. */
  readonly coversFile: (file: string) => boolean;
}

const PERCENTILES: readonly Percentile[] = ['p50', 'p95', 'p99', 'max'];

type Limits = Partial<Readonly<Record<Percentile, number>>>;

/** Runs with equal keys drive the same code in the same way: the newer one replaces the older. Argv names output files. */
export const driverKey = ({ driver }: Run): string => JSON.stringify([driver.kind, driver.label, driver.cwd]);

export interface Measured {
  readonly run: Run;
  readonly result: BenchmarkResult;
}

/** The newest result of each benchmark of each driver, over completed runs, in the order of the runs. */
export function newestBenchmarks(runs: readonly Run[]): readonly Measured[] {
  const newest = new Map<string, Measured>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status !== 'completed') continue;
    for (const result of run.benchmarks) {
      newest.set(JSON.stringify([result.name, driverKey(run)]), { run, result });
    }
  }
  return [...newest.values()].sort((a, b) => compareText(a.run.id, b.run.id) || compareText(a.result.name, b.result.name));
}

/** Every target of the configuration that some benchmark has measured. */
export function measuredTargets(runs: readonly Run[], config: PerformanceConfig): readonly TargetResult[] {
  const benchmarks = newestBenchmarks(runs);
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
    return namesRoute(benchmark.name, requirement.route);
  }
  return requirement.scope === undefined || (benchmark.file !== undefined && inScope(benchmark.file));
}

/** "GET /orders, warm" names "GET /orders"; "GET /orders/:id" and "GET /orders-old" are other routes. */
function namesRoute(name: string, route: string): boolean {
  const at = name.toLowerCase().indexOf(route.toLowerCase());
  const around = at < 0 ? undefined : name.slice(at - 1, at) + name.slice(at + route.length, at + route.length + 1);
  return around !== undefined && !/[\w/:{[<-]/.test(around);
}

/** Whether a requirement speaks of a file by its glob; one that names a route alone speaks of no file. */
export function scopeOf(requirement: Requirement): (file: string) => boolean {
  if (requirement.scope === undefined) {
    return () => requirement.route === undefined;
  }
  return picomatch(requirement.scope, { dot: true });
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
