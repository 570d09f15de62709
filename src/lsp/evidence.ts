import type { FunctionCost, Run } from '../core/evidence';
import type { FunctionFact } from '../core/facts';
import type { Failure } from '../core/failures';
import type { Proposal } from '../core/proposal';
import type { ProposalStore } from '../evidence/proposalStore';
import { freshness } from '../evidence/staleness';
import { EvidenceStore } from '../evidence/store';
import type { HeatFunction, HeatResult, Measurement, RunReference } from './protocol';

/** The measurements of one folder, as the editor asks for them. */
export class SessionEvidence {
  runs: readonly Run[] = [];
  /** The advisor's recommendations, oldest first. */
  proposals: readonly Proposal[] = [];
  failures: readonly Failure[] = [];
  private newest: ReadonlyMap<string, { readonly run: Run; readonly cost: FunctionCost }> = new Map();

  /** @param store absent for documents that belong to no folder: they have no runs. */
  constructor(
    private readonly store?: EvidenceStore,
    private readonly proposalStore?: ProposalStore,
  ) {}

  async load(): Promise<void> {
    if (this.store === undefined) return;
    const [{ runs, failures }, proposed] = await Promise.all([this.store.list(), this.proposalStore?.list()]);
    this.runs = runs;
    this.proposals = proposed?.proposals ?? [];
    this.failures = [...failures, ...(proposed?.failures ?? [])];
    this.newest = newestCosts(runs);
  }

  /** By qualified name: the newest measurement of each function of a file. */
  measurementsOf(file: string, functions: readonly FunctionFact[]): ReadonlyMap<string, Measurement> {
    const measurements = new Map<string, Measurement>();
    for (const fact of functions) {
      const found = this.newest.get(keyOf(file, fact.name));
      if (found) measurements.set(fact.name, measurementOf(found.run, found.cost, fact));
    }
    return measurements;
  }

  /**
   * Where the time went in a file, by the newest run that saw lines of it. Lines follow their function
   * when it has moved; those of a function that has changed, and of no function, are left out.
   */
  heatOf(file: string, functions: readonly FunctionFact[]): HeatResult | null {
    const run = this.runs.findLast(({ status, lines }) => status === 'completed' && lines.some((line) => line.file === file));
    if (run === undefined) return null;
    const unchanged = unchangedFunctions(run, file, functions);
    const lines = run.lines.flatMap(({ file: of, line, selfShare }) => {
      const now = of === file ? movedLine(line, unchanged) : undefined;
      return now === undefined ? [] : [{ line: now, selfShare }];
    });
    return { run: referenceTo(run), lines, functions: functions.flatMap((fact) => this.heatOfFunction(run, file, fact)) };
  }

  private heatOfFunction(run: Run, file: string, fact: FunctionFact): HeatFunction[] {
    const cost = run.functions.find((each) => each.file === file && each.functionName === fact.name);
    if (cost === undefined || freshness(cost.hash, fact.hash) !== 'fresh') return [];
    const { selfShare, totalShare, calls } = cost;
    return [{ name: fact.name, first: fact.range.start.line, last: fact.range.end.line, selfShare, totalShare, calls, timing: this.timingOf(file, fact) }];
  }

  private timingOf(file: string, { name, hash }: FunctionFact): HeatFunction['timing'] {
    for (const run of this.runs.toReversed()) {
      if (run.status !== 'completed' || run.target?.hash !== hash) continue;
      const timed = run.benchmarks.find((each) => each.file === file && each.functionName === name);
      if (timed === undefined) continue;
      const { p50, p95, p99, max, sampleCount } = timed;
      return { run: referenceTo(run), p50, p95, p99, max, sampleCount };
    }
    return undefined;
  }
}

export function referenceTo({ id, startedAt, tool }: Run): RunReference {
  return { id, startedAt, tool: tool.name };
}

/** @param fact the function as it is now; without it nothing is known to have changed. */
export function measurementOf(run: Run, cost: FunctionCost, fact?: FunctionFact): Measurement {
  return {
    run: referenceTo(run),
    selfShare: cost.selfShare,
    totalShare: cost.totalShare,
    calls: cost.calls,
    stale: fact !== undefined && freshness(cost.hash, fact.hash) === 'stale',
  };
}

/**
 * Where a line of a run's file is now, zero-based: it follows its function. undefined where that has changed.
 * @param functions those of the file as it is now
 */
export function lineNow(run: Run, file: string, functions: readonly FunctionFact[], line: number): number | undefined {
  return movedLine(line, unchangedFunctions(run, file, functions));
}

/** A function whose text is the one that was measured: its lines of then, and how far they have moved. */
interface Unchanged {
  readonly first: number;
  readonly last: number;
  readonly moved: number;
}

function unchangedFunctions(run: Run, file: string, functions: readonly FunctionFact[]): Unchanged[] {
  return run.functions.flatMap((cost) => {
    const fact = cost.file === file ? functions.find(({ name }) => name === cost.functionName) : undefined;
    if (fact === undefined || freshness(cost.hash, fact.hash) !== 'fresh') return [];
    const moved = fact.nameRange.start.line - cost.line;
    return [{ first: fact.range.start.line - moved, last: fact.range.end.line - moved, moved }];
  });
}

/** Functions inside of one that has not changed have not changed and have moved with it, so any of them will do. */
function movedLine(line: number, unchanged: readonly Unchanged[]): number | undefined {
  const around = unchanged.find(({ first, last }) => first <= line && line <= last);
  return around && line + around.moved;
}

function newestCosts(runs: readonly Run[]): Map<string, { run: Run; cost: FunctionCost }> {
  const newest = new Map<string, { run: Run; cost: FunctionCost }>();
  for (const run of runs) {
    if (run.status !== 'completed') continue;
    for (const cost of run.functions) newest.set(keyOf(cost.file, cost.functionName), { run, cost });
  }
  return newest;
}

const keyOf = (file: string, functionName: string): string => `${file}\n${functionName}`;
