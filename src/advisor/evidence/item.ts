import type { Dimension } from './quantity';

/** How far a value can be trusted: `measured` names a run; `stated` was said by the user, in a question or a pasted log. */
export type Quality = 'measured' | 'declared' | 'stated' | 'estimate' | 'assumed';

/** Names that tell two values of one dimension apart. A sentence that says "p95" may not quote the p50. */
export type ValueName = 'p50' | 'p95' | 'p99' | 'max' | 'self' | 'total' | 'now' | 'after';

/** One number that an answer may quote. */
export interface EvidenceValue {
  /** In the base unit of its dimension: ms, a share of 0 to 1, bytes, a factor, per second, pieces. */
  readonly value: number;
  readonly dimension: Dimension;
  readonly name?: ValueName;
  /** Where it differs from that of the item: the declared n of an estimated cost. */
  readonly quality?: Quality;
}

/** Something that an answer may cite: one benchmark of a run, one function of a profile, one finding. */
export interface EvidenceItem {
  /** "E7", given by the ledger of one conversation. */
  readonly id: string;
  /** For people: "benchmark listOrders, run 20261122T201855-1a2b3c". Its digits are no evidence. */
  readonly label: string;
  readonly quality: Quality;
  readonly values: readonly EvidenceValue[];
  readonly runId?: string;
  readonly findingId?: string;
  /** The function it speaks of, so that its figures are not said of another one. */
  readonly functionName?: string;
  /** The function has been edited since it was measured. */
  readonly isStale?: boolean;
}

/** An item before the ledger has named it. `key` is the same for the same thing. */
export type NewEvidence = Omit<EvidenceItem, 'id'> & { readonly key: string };
