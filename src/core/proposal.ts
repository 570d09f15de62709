import type { CostUnit, Decision, Resource, SizeReference, Validation } from './rule';

/** How a cost grows with n. A proposal names classes; the figures come from the declared scale. */
export type GrowthClass = 'O(1)' | 'O(log n)' | 'O(n)' | 'O(n log n)' | 'O(n^2)';

export const GROWTH_CLASSES: readonly GrowthClass[] = ['O(1)', 'O(log n)', 'O(n)', 'O(n log n)', 'O(n^2)'];

export const COST_UNITS: readonly CostUnit[] = [
  'queries', 'round trips', 'comparisons', 'copied elements', 'rows read', 'bytes in memory', 'calls',
];

/**
 * A recommendation of the advisor, stored as `.performance/proposals/<id>.json`. It holds words and classes and
 * no figure: what it is worth is worked out from evidence and scale, like a rule's finding.
 */
export interface Proposal {
  readonly version: 1;
  /** "proposal-1a2b3c4d5e6f", from its place and title: the same proposal made twice is one. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Who proposes: "claude-opus-5-5". */
  readonly model: string;
  readonly title: string;
  /** Relative to the workspace folder. */
  readonly file: string;
  /** Qualified name of the function it is about. */
  readonly functionName: string;
  /** functionHash of that function when it was proposed. */
  readonly functionHash: string;
  readonly resource: Resource;
  readonly decision: Decision;
  /** What is slow about the code, in one sentence. */
  readonly why: string;
  /** The change to make, as an imperative phrase. */
  readonly technique: string;
  readonly tradeoffs: string;
  readonly effortMinutes: number;
  readonly validation: Validation;
  readonly unit: CostUnit;
  readonly growth: { readonly now: GrowthClass; readonly after: GrowthClass };
  /** What n counts, where performance.json may say its size. */
  readonly size?: Exclude<SizeReference, { readonly kind: 'literal' }>;
}
