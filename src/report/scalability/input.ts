import type { PerformanceConfig } from '../../core/config';
import type { Run } from '../../core/evidence';
import type { FileFacts, QueryFact } from '../../core/facts';
import type { Finding } from '../../core/finding';
import type { Schema } from '../../core/workspaceView';
import type { EvidenceIndex } from '../evidenceIndex';
import type { Judged } from '../judgement';

/** How the time of a function grows with the size of its input, as a run has fitted it: like n to the power of `exponent`. */
export interface FittedGrowth {
  readonly run: Run;
  readonly exponent: number;
}

/** The fitted growth of the function around a finding as it is now; undefined where none was measured or it fits no power. */
export type GrowthLookup = (finding: Finding) => FittedGrowth | undefined;

export interface ScalabilityInput {
  readonly config: PerformanceConfig;
  readonly evidence: EvidenceIndex;
  /** In the order of the ranking. */
  readonly judged: readonly Judged[];
  readonly growthOf: GrowthLookup;
  readonly facts: readonly FileFacts[];
  readonly queries: readonly QueryFact[];
  readonly relations: readonly (readonly [string, string])[];
  readonly schema: Schema;
}
