import type { PerformanceConfig } from '../../core/config';
import type { FileFacts, QueryFact } from '../../core/facts';
import type { Schema } from '../../core/workspaceView';
import type { EvidenceIndex } from '../evidenceIndex';
import type { Judged } from '../judgement';

export interface ScalabilityInput {
  readonly config: PerformanceConfig;
  readonly evidence: EvidenceIndex;
  /** In the order of the ranking. */
  readonly judged: readonly Judged[];
  readonly facts: readonly FileFacts[];
  readonly queries: readonly QueryFact[];
  readonly relations: readonly (readonly [string, string])[];
  readonly schema: Schema;
}
