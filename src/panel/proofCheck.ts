import {
  type BoundValue, type CandidateProof, type ChangeCost, ENGINE_NAMES, type ParameterSet, type PlanMeasurement, type PlanNode,
  type Proof, type ProofData, type ProofSubject, type SyntheticTable, type Trial,
} from '../core/proof';
import type { ReportProof } from '../report/model';
import { type Check, either, isCount, isFlag, isNumber, isText, listOf, objectOf, oneOf, optional } from './check';

/** Plans are trees; a guard that names itself needs its type said first. */
const isPlanNode: Check<PlanNode> = (value): value is PlanNode => isNode(value);

const isNode = objectOf<PlanNode>({
  operation: isText,
  relation: optional(isText),
  index: optional(isText),
  detail: optional(isText),
  estimatedRows: optional(isNumber),
  rows: optional(isNumber),
  loops: optional(isNumber),
  removedRows: optional(isNumber),
  totalMs: optional(isNumber),
  cost: optional(isNumber),
  pages: optional(isNumber),
  children: listOf(isPlanNode),
});

const isParameterSet = objectOf<ParameterSet>({
  kind: oneOf('selective', 'frequent', 'fragment', 'none', 'generic'),
  values: listOf(objectOf<BoundValue>({ placeholder: isText, of: isText, value: isText })),
});

const isMeasurement = objectOf<PlanMeasurement>({
  plan: isPlanNode,
  samples: listOf(isNumber),
  medianMs: optional(isNumber),
  pages: optional(isNumber),
  cost: optional(isNumber),
  rows: optional(isNumber),
});

const isInterval: Check<readonly [number, number]> = (value): value is readonly [number, number] => listOf(isNumber)(value) && value.length === 2;

const isTrial = objectOf<Trial>({
  parameters: isParameterSet,
  before: isMeasurement,
  after: isMeasurement,
  ratio: isNumber,
  interval: optional(isInterval),
  basis: oneOf('time', 'cost'),
  matches: optional(objectOf<NonNullable<Trial['matches']>>({ before: isNumber, after: isNumber })),
});

const isCandidate = objectOf<CandidateProof>({
  findings: listOf(isText),
  title: isText,
  statements: listOf(isText),
  rewritten: optional(isText),
  semantics: optional(isText),
  outcome: oneOf('proved', 'refuted', 'undecided', 'failed'),
  reason: isText,
  trials: listOf(isTrial),
  cost: optional(
    objectOf<ChangeCost>({ buildMs: isNumber, indexBytes: isNumber, tableBytes: isNumber, insertRatio: optional(isNumber), insertedRows: optional(isNumber) }),
  ),
});

const isData: Check<ProofData> = either(
  objectOf<Extract<ProofData, { kind: 'own' }>>({ kind: oneOf('own'), ran: isFlag }),
  objectOf<Extract<ProofData, { kind: 'synthetic' }>>({
    kind: oneOf('synthetic'),
    seed: isNumber,
    tables: listOf(
      objectOf<SyntheticTable>({ table: isText, rows: isNumber, wanted: isNumber, basis: oneOf('declared', 'assumed'), capped: optional(isText) }),
    ),
  }),
);

const isProof = objectOf<Proof>({
  subject: objectOf<ProofSubject>({ file: isText, line: isCount, functionName: isText, findings: listOf(isText) }),
  engine: objectOf<Proof['engine']>({ name: oneOf(...ENGINE_NAMES), version: isText }),
  data: isData,
  sql: isText,
  baseline: listOf(objectOf<Proof['baseline'][number]>({ parameters: isParameterSet, measurement: isMeasurement })),
  candidates: listOf(isCandidate),
  notes: listOf(isText),
});

export const isReportProof = objectOf<ReportProof>({ runId: isText, startedAt: isText, machine: isText, data: isText, proof: isProof });
