import type { CandidateProof, ProofOutcome } from '../core/proof';
import { callWords, costWords, dataSentence, ratioWords } from '../evidence/proofWords';
import type { ProofRecord } from './evidenceIndex';
import type { ReportProof, Statement } from './model';
import { assumed, clean, measured, prose } from './statement';

export function toReportProof({ run, proof }: ProofRecord): ReportProof {
  const { machine, id, startedAt } = run;
  return { runId: id, startedAt, machine: clean(`${machine.cpuModel}, ${proof.engine.version}`), data: clean(dataSentence(proof)), proof };
}

export { callWords, costWords, ratioWords } from '../evidence/proofWords';

const OUTCOMES: Readonly<Record<ProofOutcome, string>> = { proved: 'proved', refuted: 'refuted', undecided: 'undecided', failed: 'not tried' };

/** What the plans said of each change, and of which rows. */
export function proofStatement({ run, proof }: ProofRecord): Statement {
  return [...proof.candidates.flatMap((candidate) => candidateStatement(candidate, run.id)), assumed(dataSentence(proof))];
}

function candidateStatement({ title, outcome, reason, trials }: CandidateProof, runId: string): Statement {
  const [first] = trials;
  if (first === undefined) return [prose(`${title}: ${OUTCOMES[outcome]}. ${reason} `)];
  return [prose(`${title}: ${OUTCOMES[outcome]}, `), measured(ratioWords(first), runId), prose(`, ${callWords(first.parameters)}. `)];
}

/** What the changes cost on the same rows, behind the trade-offs that hold for any. */
export function proofCosts(record: ProofRecord | undefined): Statement {
  if (record === undefined) return [];
  return record.proof.candidates.flatMap(({ title, cost, semantics, outcome }) =>
    cost === undefined || outcome === 'refuted'
      ? []
      : [prose(` ${title}: `), measured(costWords(cost), record.run.id), prose(`.${semantics === undefined ? '' : ` ${semantics}`}`)],
  );
}
