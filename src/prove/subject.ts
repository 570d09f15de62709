import { FailureError } from '../core/failures';
import type { Finding } from '../core/finding';
import { ASKED_QUERY } from '../core/proof';
import { proofFailures } from '../core/proofFailures';
import type { Position, Range } from '../core/text';
import { loadSqlParser } from '../syntax/sql/parser';
import type { RecommendedCandidate } from './plan/candidates';
import type { ProofRequest } from './plan/makeProofPlan';
import { type ProofKnowledge, statementAt, statementOf } from './provable';

export type Subject = Pick<ProofRequest, 'subject' | 'sql' | 'fact' | 'candidates'>;

/** A query that is in no file of the workspace, which may hold no SQL at all: the parser is loaded for it. */
export async function askedSubject(sql: string): Promise<Subject> {
  await loadSqlParser();
  return { subject: { file: ASKED_QUERY, line: 0, functionName: '', findings: [] }, sql, candidates: [] };
}

/** The advice of one finding under its query. Throws FailureError where a planner has no say. */
export function subjectOfFinding(knowledge: ProofKnowledge, finding: Finding): Subject {
  const { file, range, functionName, id } = finding;
  const proofCase = knowledge.proofCase(finding);
  if (proofCase === undefined) throw new FailureError(proofFailures.nothingToProve(file, range.start.line + 1));
  const statement = proofCase.ignoresStatement ? undefined : statementOf(knowledge, finding, proofCase);
  return {
    subject: { file, line: statement?.range.start.line ?? range.start.line, functionName, findings: [id] },
    sql: statement?.sql,
    fact: statement?.query ?? proofCase.query,
    candidates: proofCase.candidates.map((candidate) => ({ candidate, findings: [id] })),
  };
}

/**
 * The query at a position (the one around it, else the first that begins on its line), with the advice of its findings.
 * Throws FailureError where there is none.
 */
export function subjectAt(knowledge: ProofKnowledge, file: string, position: Position): Subject {
  const statement = statementAt(knowledge, file, position) ?? knowledge.statements(file).find(({ range }) => touchesLine(range, position.line));
  const cases = knowledge.check(file).findings.flatMap((finding) => {
    const proofCase = knowledge.proofCase(finding);
    const isHere = proofCase && (statement === undefined ? touchesLine(finding.range, position.line) : statementOf(knowledge, finding, proofCase) === statement);
    return isHere ? [{ finding, proofCase }] : [];
  });
  if (statement === undefined) {
    const [first] = cases;
    if (first === undefined) throw new FailureError(proofFailures.noQueryHere(file, position.line + 1));
    return subjectOfFinding(knowledge, first.finding);
  }
  const about = cases.filter(({ proofCase }) => proofCase.ignoresStatement !== true);
  const { range, functionName, sql, query } = statement;
  return {
    subject: { file, line: range.start.line, functionName, findings: about.map(({ finding }) => finding.id) },
    sql,
    fact: query,
    candidates: distinct(about.flatMap(({ finding, proofCase }) => proofCase.candidates.map((candidate) => ({ candidate, findings: [finding.id] })))),
  };
}

const touchesLine = ({ start, end }: Range, line: number): boolean => start.line <= line && line <= end.line;

/** Two findings may recommend the same. */
function distinct(candidates: readonly RecommendedCandidate[]): RecommendedCandidate[] {
  const merged = new Map<string, RecommendedCandidate>();
  for (const { candidate, findings } of candidates) {
    const key = JSON.stringify(candidate);
    merged.set(key, { candidate, findings: [...(merged.get(key)?.findings ?? []), ...findings] });
  }
  return [...merged.values()];
}
