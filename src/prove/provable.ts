import type { QueryFact } from '../core/facts';
import type { Finding } from '../core/finding';
import type { ProofCase } from '../core/proof';
import { comparePositions, contains, type Position, type Range } from '../core/text';
import { isSameName } from '../workspace/schema/names';

/** What is asked of the detector. */
export interface ProofKnowledge {
  statements(file: string): readonly { readonly range: Range; readonly functionName: string; readonly sql: string; readonly query: QueryFact }[];
  check(file?: string): { readonly findings: readonly Finding[] };
  proofCase(finding: Finding): ProofCase | undefined;
}

export type Statement = ReturnType<ProofKnowledge['statements']>[number];

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

/** The innermost statement around a position. */
export function statementAt(knowledge: ProofKnowledge, file: string, position: Position): Statement | undefined {
  return knowledge.statements(file).filter(({ range }) => contains(range, position)).sort((a, b) => comparePositions(b.range.start, a.range.start))[0];
}

/** How far behind a statement its values may be bound. */
const BOUND_WITHIN_LINES = 15;

/**
 * The statement a finding is about: the one around it. A search pattern may stand where it is bound, behind the
 * statement; that one is the last before it in its function that reads the table.
 */
export function statementOf(knowledge: ProofKnowledge, { file, range, functionName }: Finding, { candidates }: ProofCase): Statement | undefined {
  const around = statementAt(knowledge, file, range.start);
  if (around !== undefined) return around;
  const searched = candidates.flatMap((candidate) => (candidate.kind === 'search' ? [candidate.table] : []));
  return knowledge
    .statements(file)
    .filter((statement) => statement.functionName === functionName && searched.some((table) => statement.query.tables.some((name) => isSameName(name, table))))
    .findLast(({ range: { end } }) => comparePositions(end, range.start) <= 0 && range.start.line - end.line <= BOUND_WITHIN_LINES);
}

