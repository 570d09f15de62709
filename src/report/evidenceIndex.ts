import type { PerformanceConfig } from '../core/config';
import type { FunctionCost, Run } from '../core/evidence';
import type { FunctionFact } from '../core/facts';
import type { Finding } from '../core/finding';
import type { Proof } from '../core/proof';
import type { Resource } from '../core/rule';
import { freshness } from '../evidence/staleness';
import { type MeasuredGrowth, newestGrowths } from './growth';
import { type MeasuredSize, measuredSizeOf } from './sizes';
import { compareText, driverKey, measuredTargets, type TargetResult } from './targets';
import { type Observation, observe } from './traces';

/** Looks a function up as it is written now; undefined where the file or the function is gone. */
export type FunctionLookup = (
  file: string,
  functionName: string,
) => (Pick<FunctionFact, 'hash' | 'isAsync'> & Partial<Pick<FunctionFact, 'nameRange'>>) | undefined;

/** What the runs say about the function around a finding. */
export interface Measurement {
  readonly run: Run;
  readonly cost: FunctionCost;
  /** Share of the driven path, 0 to 1: the function and what it calls. */
  readonly share: number;
  /**
   * Whether the share counts what the finding costs. A profiler charges waiting to the function only where it
   * blocks; an `async` function waits off the stack, so there a low share says nothing about queries or requests.
   */
  readonly countsResource: boolean;
  /** Whether a low share is more than a handful of samples that happened to fall elsewhere. */
  readonly isResolved: boolean;
}

/** `missed` wins over `met`: one missed percentile is enough. */
export type TargetOutcome = { readonly outcome: 'missed' | 'met'; readonly result: TargetResult } | undefined;

/** A proof with the run it is from. */
export interface ProofRecord {
  readonly run: Run;
  readonly proof: Proof;
}

/** The runs in the form in which the ranking asks for them. Build it once for each change of runs or configuration. */
export interface EvidenceIndex {
  measurementOf(finding: Finding, resource: Resource): Measurement | undefined;
  targetOf(finding: Finding): TargetOutcome;
  /** How the function around a finding grows, where that was measured of the function as it is now. */
  growthOf(finding: Finding): MeasuredGrowth | undefined;
  /** What traces saw at the lines of a finding. */
  observationOf(finding: Finding, resource: Resource): Observation | undefined;
  /** How large the collections of a finding were when they were counted. */
  sizeOf(finding: Finding): MeasuredSize | undefined;
  readonly targets: readonly TargetResult[];
  /** The newest proof of a finding's advice that still holds: its tables have the rows they had then. */
  proofOf(finding: Finding): ProofRecord | undefined;
}

/** By the rule of three, 300 samples without a hit bound a share below one percent at 95 % confidence. */
const SAMPLES_TO_RULE_OUT = 300;

export function indexEvidence(runs: readonly Run[], config: PerformanceConfig, functionOf: FunctionLookup): EvidenceIndex {
  const profiles = newestProfiles(runs);
  const byFunction = indexByFunction(profiles);
  const targets = measuredTargets(runs, config);

  const measurementOf = (finding: Finding, resource: Resource): Measurement | undefined => {
    // Time says nothing about memory, in either direction.
    if (finding.functionName === '' || resource === 'memory') return undefined;
    const current = functionOf(finding.file, finding.functionName);
    return (byFunction.get(keyOf(finding.file, finding.functionName)) ?? [])
      .filter(({ cost }) => isCurrent(cost, current))
      .map(({ run, cost }) => toMeasurement(run, cost, resource, current?.isAsync))
      .sort((a, b) => b.share - a.share)[0];
  };

  const targetOf = (finding: Finding): TargetOutcome => {
    const covering = targets.filter(target => covers(target, finding, byFunction));
    const result = covering.find(target => target.missed) ?? covering[0];
    return result && { outcome: result.missed ? 'missed' : 'met', result };
  };

  const growths = newestGrowths(runs);
  const growthOf = (finding: Finding): MeasuredGrowth | undefined => {
    const current = functionOf(finding.file, finding.functionName);
    return growths.find(({ run: { target } }) =>
      target?.file === finding.file && target.functionName === finding.functionName && (!current || freshness(target.hash, current.hash) !== 'stale'),
    );
  };

  const recordings = [...runs].sort((a, b) => compareText(a.id, b.id)).filter(({ trace, counts }) => trace !== undefined || counts !== undefined);
  const observationOf = (finding: Finding, resource: Resource) => observe(finding, resource, recordings, functionOf);
  const sizeOf = (finding: Finding) => measuredSizeOf(finding, recordings, functionOf);

  const proofs = indexProofs(runs, config);
  return { measurementOf, targetOf, growthOf, observationOf, sizeOf, targets, proofOf: ({ id }) => proofs.get(id) };
}

/** By finding; a newer proof replaces the older. */
function indexProofs(runs: readonly Run[], config: PerformanceConfig): ReadonlyMap<string, ProofRecord> {
  const proofs = new Map<string, ProofRecord>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    const { proof } = run;
    if (proof === undefined || run.status !== 'completed' || !hasSameScale(proof, config)) continue;
    for (const finding of proof.subject.findings) {
      // A statement may have other findings too, whose advice was tried beside this one's.
      const candidates = proof.candidates.filter(({ findings }) => findings.includes(finding));
      if (candidates.length > 0) proofs.set(finding, { run, proof: { ...proof, candidates } });
    }
  }
  return proofs;
}

/** What was proved at one scale is not proved at another. */
function hasSameScale({ data }: Proof, { scale }: PerformanceConfig): boolean {
  if (data.kind === 'own') return true;
  const declared = new Map(Object.entries(scale.tables).map(([name, { rows }]) => [name.toLowerCase(), rows]));
  return data.tables.every(({ table, wanted, basis }) => {
    const now = declared.get(table.toLowerCase());
    return basis === 'declared' ? now === undefined || now === wanted : now === undefined;
  });
}

type Entry = { readonly run: Run; readonly cost: FunctionCost };

const keyOf = (file: string, functionName: string): string => `${file}\n${functionName}`;

/** One profile for each way of driving the code: a newer run of the same driver replaces the older. */
function newestProfiles(runs: readonly Run[]): readonly Run[] {
  const newest = new Map<string, Run>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status === 'completed' && run.kind === 'cpu-profile') {
      newest.set(driverKey(run), run);
    }
  }
  return [...newest.values()];
}

function indexByFunction(runs: readonly Run[]): ReadonlyMap<string, readonly Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const run of runs) {
    for (const cost of run.functions) {
      const key = keyOf(cost.file, cost.functionName);
      const entries = index.get(key);
      if (entries === undefined) index.set(key, [{ run, cost }]);
      else entries.push({ run, cost });
    }
  }
  return index;
}

/** A function that was edited since is not the one that was measured. */
export function isCurrent(cost: FunctionCost, current: { readonly hash: string } | undefined): boolean {
  return current === undefined || freshness(cost.hash, current.hash) !== 'stale';
}

function toMeasurement(run: Run, cost: FunctionCost, resource: Resource, isAsync: boolean | undefined): Measurement {
  return {
    run,
    cost,
    share: Math.min(Math.max(cost.totalShare, 0), 1),
    countsResource: resource === 'cpu' || isAsync === false,
    isResolved: cost.samples === undefined || (run.sampleCount ?? Infinity) >= SAMPLES_TO_RULE_OUT,
  };
}

/**
 * A latency concerns the function that its benchmark calls and what a profile has seen on the same path.
 * Only a benchmark that names no code is taken to concern whatever its requirement names.
 */
function covers(target: TargetResult, finding: Finding, byFunction: ReadonlyMap<string, readonly Entry[]>): boolean {
  const { benchmark, run } = target;
  const { file, functionName } = benchmark;
  if (file === undefined && target.coversFile(finding.file)) return true;
  if (file === finding.file && (functionName === undefined || functionName === finding.functionName)) return true;
  const driven = file === undefined || functionName === undefined ? [] : (byFunction.get(keyOf(file, functionName)) ?? []);
  const profiled = byFunction.get(keyOf(finding.file, finding.functionName)) ?? [];
  return profiled.some(entry => driverKey(entry.run) === driverKey(run) || driven.some(other => other.run === entry.run));
}
