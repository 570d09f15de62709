import { type Basis, checkText, type Lookup, type Piece } from '../evidence/check';
import type { EvidenceItem, Quality } from '../evidence/item';
import type { Ledger } from '../evidence/ledger';
import { type Claim, type Topic, TOPICS } from './form';

/** What a claim cites, as it is shown. */
export interface Citation {
  readonly id: string;
  readonly label: string;
  readonly quality: Quality;
  readonly runId?: string;
  readonly findingId?: string;
}

/** A claim after every number, file, line, rule and run of it has been looked up. */
export interface CheckedClaim {
  readonly topic: Topic;
  readonly basis: Basis;
  readonly pieces: readonly Piece[];
  readonly citations: readonly Citation[];
  /** What does not hold, one sentence each. */
  readonly objections: readonly string[];
}

/** Checks claims one by one; the order is that of the topics. */
export async function checkClaims(claims: readonly Claim[], ledger: Ledger, lookup: Lookup): Promise<CheckedClaim[]> {
  const checked = await Promise.all(claims.map((claim) => checkClaim(claim, ledger, lookup)));
  return checked.sort((a, b) => TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic));
}

export async function checkClaim({ topic, basis, evidence, text }: Claim, ledger: Ledger, lookup: Lookup): Promise<CheckedClaim> {
  const cited = evidence.flatMap((id) => ledger.get(id) ?? []);
  const { pieces, objections } = await checkText(text, { basis, cited, ledger, lookup });
  return {
    topic,
    basis,
    pieces,
    citations: cited.map(citationOf),
    objections: [...objectionsToEvidence(basis, evidence, cited), ...objections],
  };
}

function objectionsToEvidence(basis: Basis, ids: readonly string[], cited: readonly EvidenceItem[]): string[] {
  const unknown = ids.filter((id) => !cited.some((item) => item.id === id));
  const isUnmeasured = basis === 'measured' && !cited.some(isMeasured);
  return [
    ...unknown.map((id) => `There is no evidence ${id.slice(0, 40)}.`),
    ...(isUnmeasured ? ['It says "measured" and cites no measurement: read it as an estimate.'] : []),
    ...cited.filter(({ isStale }) => isStale).map(({ id, functionName }) => `${id} measured an earlier version of ${functionName}.`),
  ];
}

const isMeasured = ({ quality, values }: EvidenceItem): boolean => quality === 'measured' || values.some((value) => value.quality === 'measured');

function citationOf({ id, label, quality, runId, findingId }: EvidenceItem): Citation {
  return { id, label, quality, ...(runId !== undefined && { runId }), ...(findingId !== undefined && { findingId }) };
}
