import type { PerformanceConfig } from '../core/config';
import type { EvidenceKind, Finding, Priority } from '../core/finding';
import type { Cost, RuleMeta } from '../core/rule';
import type { EvidenceIndex, Measurement, ProofRecord, TargetOutcome } from './evidenceIndex';
import type { Gain } from './gain';
import type { MeasuredGrowth } from './growth';
import type { Statement } from './model';
import type { MeasuredSize } from './sizes';
import type { Observation } from './traces';

export interface RankingContext {
  readonly meta: RuleMeta;
  readonly evidence: EvidenceIndex;
  readonly config: PerformanceConfig;
}

/** What a finding costs, at the size that a run has counted where nobody has declared one. */
export type JudgedCost = Cost & { readonly measured?: MeasuredSize };

/** Everything that the judges look at. */
export interface Case {
  readonly finding: Finding;
  readonly meta: RuleMeta;
  readonly cost: JudgedCost;
  readonly gain: Gain;
  readonly measurement: Measurement | undefined;
  readonly target: TargetOutcome;
  readonly growth: MeasuredGrowth | undefined;
  readonly observation: Observation | undefined;
}

/** A priority with what was said for it. */
export interface Verdict {
  readonly priority: Priority;
  /** One sentence without figures of its own. */
  readonly reason: string;
  readonly evidence: EvidenceKind;
}

export interface Judgement extends Verdict {
  /** Within a priority, a higher standing comes first: 2 measured on a path that misses its target, 1 measured, 0 estimate. */
  readonly standing: 0 | 1 | 2;
  /** Orders findings of one priority and standing: gain x frequency x impact for an hour of effort. */
  readonly score: number;
  /** The calculation as one line of text, each figure followed by its evidence. */
  readonly arithmetic: string;
  readonly calculation: Statement;
  /** What was measured of the function around the finding, whether or not it decided. */
  readonly measurement?: Measurement;
  readonly target?: TargetOutcome;
  readonly growth?: MeasuredGrowth;
  readonly cost?: JudgedCost;
  readonly observation?: Observation;
  /** What a planner said of the advice, where it was asked. */
  readonly proof?: ProofRecord;
}

export interface Judged<Meta extends RuleMeta = RuleMeta> {
  readonly finding: Finding;
  readonly meta: Meta;
  readonly judgement: Judgement;
}
