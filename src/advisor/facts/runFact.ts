import type { FunctionCost, Run } from '../../core/evidence';
import { freshness } from '../../evidence/staleness';
import type { FunctionLookup } from '../../report/evidenceIndex';
import type { FunctionCostFact, RunFact } from './query';

/** The costliest functions say where the time went; the others are in the raw profile. */
const MOST_FUNCTIONS = 25;

interface Wanted {
  readonly file?: string;
  readonly functionName?: string;
}

/** A run as it may be quoted: without raw samples, and with what has become of its functions since. */
export function runFactOf(run: Run, functionOf: FunctionLookup, wanted: Wanted): RunFact {
  const { id, kind, startedAt, status, sampleCount, caveats, commit, tool, driver, machine, failure, functions, benchmarks } = run;
  const { cpuModel, cpus, loadAverage } = machine;
  const byCost = [...functions].sort((a, b) => Number(isWanted(b, wanted)) - Number(isWanted(a, wanted)) || b.totalShare - a.totalShare);
  return {
    id, kind, startedAt, status, sampleCount, caveats, commit,
    tool: `${tool.name} ${tool.version}`,
    driver: driver.label,
    machine: { cpuModel, cpus, loadAverage },
    failure: failure?.message,
    functions: byCost.slice(0, MOST_FUNCTIONS).map((cost) => costFactOf(cost, functionOf)),
    benchmarks: benchmarks.map(({ name, file, functionName, sampleCount: count, p50, p95, p99, max }) => ({ name, file, functionName, sampleCount: count, p50, p95, p99, max })),
  };
}

function isWanted({ file, functionName }: FunctionCost, wanted: Wanted): boolean {
  return wanted.file === file && (wanted.functionName === undefined || wanted.functionName === functionName);
}

function costFactOf(cost: FunctionCost, functionOf: FunctionLookup): FunctionCostFact {
  const { file, functionName, selfShare, totalShare, selfMs, totalMs, calls, samples, hash } = cost;
  const current = functionOf(file, functionName);
  const isStale = current !== undefined && freshness(hash, current.hash) === 'stale';
  return { file, functionName, selfShare, totalShare, selfMs, totalMs, calls, samples, isStale };
}
