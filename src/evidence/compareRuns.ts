import type { BenchmarkComparison } from '../core/comparison';
import type { BenchmarkResult, Run } from '../core/evidence';
import { FailureError, failures } from '../core/failures';
import { formatCount } from '../core/format';
import { compareSamples } from './compare';

export interface RunComparison {
  readonly benchmarks: readonly BenchmarkComparison[];
  /** What must be said with it, such as another machine. */
  readonly caveats: readonly string[];
}

/** A one-minute load above this for each processor means that something else was running. */
const BUSY_LOAD = 0.7;

/**
 * Compares what two runs have in common, by the names of their benchmarks. Figures of different machines are
 * refused, unless `acrossMachines` asks for them; then they are marked. Throws FailureError.
 */
export function compareRuns(before: Run, after: Run, acrossMachines = false): RunComparison {
  for (const run of [before, after]) {
    if (run.status !== 'completed') throw new FailureError(failures.runHasNoFigures(run.id, run.status));
  }
  if (before.machine.fingerprint !== after.machine.fingerprint && !acrossMachines) {
    throw new FailureError(failures.differentMachines(before.id, after.id));
  }
  const benchmarks = compareBenchmarks(before.benchmarks, after.benchmarks);
  if (benchmarks.length === 0) throw new FailureError(failures.nothingToCompare(before.id, after.id));
  return { benchmarks, caveats: [...circumstances(before, after), ...basis(benchmarks), ...unmatched(before, after)] };
}

/** Of those with the same name. */
export function compareBenchmarks(before: readonly BenchmarkResult[], after: readonly BenchmarkResult[]): readonly BenchmarkComparison[] {
  return before.flatMap((one) => {
    const other = after.find(({ name }) => name === one.name);
    return other ? [{ name: one.name, before: one, after: other, ...compareSamples(one, other) }] : [];
  });
}

/** What differs between two runs beside the code. */
export function circumstances(before: Run, after: Run): string[] {
  const caveats: string[] = [];
  const compare = (what: string, of: (run: Run) => string | undefined) => {
    const [a, b] = [of(before), of(after)];
    if (a !== b) caveats.push(`${what}: ${a ?? 'not known'} before, ${b ?? 'not known'} after`);
  };
  if (before.machine.fingerprint !== after.machine.fingerprint) {
    compare('different machines', ({ id, machine }) => `${machine.cpuModel} with ${machine.cpus} processors (run ${id})`);
  }
  compare('different tools', ({ tool }) => `${tool.name} ${tool.version}`);
  compare('different ways to drive it', ({ driver }) => driver.label);
  compare('different power supply', ({ machine }) => machine.power?.source);
  compare('different processor governor', ({ machine }) => machine.power?.governor);
  for (const { id, machine } of [before, after]) {
    const { loadAverage = 0, cpus } = machine;
    if (loadAverage / cpus > BUSY_LOAD) caveats.push(`the machine was busy when run ${id} began (load ${formatCount(loadAverage)} on ${cpus} processors)`);
  }
  return caveats;
}

function basis(benchmarks: readonly BenchmarkComparison[]): string[] {
  if (benchmarks.every(({ unit }) => unit === 'process')) return [];
  return ['one process on a side: how much two processes of the same code differ is not known, so only a difference above 10 % counts'];
}

function unmatched(before: Run, after: Run): string[] {
  const missing = (from: Run, other: Run) =>
    from.benchmarks.flatMap(({ name }) => (other.benchmarks.some((one) => one.name === name) ? [] : [name]));
  const list = (names: readonly string[], where: string) => (names.length === 0 ? [] : [`only in the run ${where}: ${names.join(', ')}`]);
  return [...list(missing(before, after), 'before'), ...list(missing(after, before), 'after')];
}
