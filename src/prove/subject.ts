import type { QueryFact } from '../core/facts';
import { FailureError } from '../core/failures';
import type { Finding } from '../core/finding';
import type { ProofCase } from '../core/proof';
import { proofFailures } from '../core/proofFailures';
import { comparePositions, contains, type Position, type Range } from '../core/text';
import { isSameName } from '../workspace/schema/names';
import type { RecommendedCandidate } from './plan/candidates';
import type { ProofRequest } from './plan/makeProofPlan';

/** What is asked of the detector. */
export interface ProofKnowledge {
  statements(file: string): readonly { readonly range: Range; readonly functionName: string; readonly sql: string; readonly query: QueryFact }[];
  check(file?: string): { readonly findings: readonly Finding[] };
  proofCase(finding: Finding): ProofCase | undefined;
}

export type Subject = Pick<ProofRequest, 'subject' | 'sql' | 'fact' | 'candidates'>;

type Statement = ReturnType<ProofKnowledge['statements']>[number];

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

/** The statements about which some of the findings can be proved. */
export function provableStatements(knowledge: ProofKnowledge, findings: readonly Finding[]): ReadonlySet<unknown> {
  return new Set(
    findings.flatMap((finding) => {
      const proofCase = knowledge.proofCase(finding);
      const statement = proofCase === undefined || proofCase.ignoresStatement ? undefined : statementOf(knowledge, finding, proofCase);
      return statement === undefined ? [] : [statement];
    }),
  );
}

function statementAt(knowledge: ProofKnowledge, file: string, position: Position): Statement | undefined {
  return knowledge.statements(file).filter(({ range }) => contains(range, position)).sort((a, b) => comparePositions(b.range.start, a.range.start))[0];
}

const touchesLine = ({ start, end }: Range, line: number): boolean => start.line <= line && line <= end.line;

/** How far behind a statement its values may be bound. */
const BOUND_WITHIN_LINES = 15;

/**
 * The statement a finding is about: the one around it. A search pattern may stand where it is bound, behind the
 * statement; that one is the last before it in its function that reads the table.
 */
function statementOf(knowledge: ProofKnowledge, { file, range, functionName }: Finding, { candidates }: ProofCase): Statement | undefined {
  const around = statementAt(knowledge, file, range.start);
  if (around !== undefined) return around;
  const searched = candidates.flatMap((candidate) => (candidate.kind === 'search' ? [candidate.table] : []));
  return knowledge
    .statements(file)
    .filter((statement) => statement.functionName === functionName && searched.some((table) => statement.query.tables.some((name) => isSameName(name, table))))
    .findLast(({ range: { end } }) => comparePositions(end, range.start) <= 0 && range.start.line - end.line <= BOUND_WITHIN_LINES);
}

/** Two findings may recommend the same. */
function distinct(candidates: readonly RecommendedCandidate[]): RecommendedCandidate[] {
  const merged = new Map<string, RecommendedCandidate>();
  for (const { candidate, findings } of candidates) {
    const key = JSON.stringify(candidate);
    merged.set(key, { candidate, findings: [...(merged.get(key)?.findings ?? []), ...findings] });
  }
  return [...merged.values()];
}
