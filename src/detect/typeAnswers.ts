import type { TypeKind, TypeQuestion } from '../core/rule';
import type { RawFinding } from './candidate';

/** A question of a finding, by the finding's key. */
export interface OpenQuestion extends TypeQuestion {
  readonly key: string;
}

/** What is known by finding's key; undefined where the checker could not tell either. */
export type TypeAnswers = ReadonlyMap<string, TypeKind | undefined>;

export function questionsOf(raw: readonly RawFinding[]): OpenQuestion[] {
  return raw.flatMap(({ key, question }) => (question ? [{ ...question, key }] : []));
}

/** Whether a finding stands: `open` where it is said although nobody has answered, or nobody can. */
export function verdictOf({ key, question }: RawFinding, answers: TypeAnswers | undefined): 'confirmed' | 'withdrawn' | 'open' {
  if (question === undefined) return 'confirmed';
  const kind = answers?.get(key);
  if (kind === undefined) return question.unanswered === 'silent' ? 'withdrawn' : 'open';
  return question.holdsFor.includes(kind) ? 'confirmed' : 'withdrawn';
}
