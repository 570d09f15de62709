import type { Topic } from '../../../src/advisor/answer/form';
import type { Basis } from '../../../src/advisor/evidence/check';
import type { CheckedClaim } from '../../../src/advisor/answer/checkAnswer';
import type { ReplyBlock } from './messagesApi';

/** What the model says when it has seen enough. */
export const READY: readonly ReplyBlock[] = [{ text: 'READY' }];

/** An answer of one claim or several, each as [text, basis, evidence ids, topic]. */
export function answers(...claims: readonly (readonly [text: string, basis?: Basis, evidence?: readonly string[], topic?: Topic])[]): readonly ReplyBlock[] {
  return [{
    text: JSON.stringify({
      claims: claims.map(([text, basis = 'advice', evidence = ['none'], topic = 'recommendation']) => ({ topic, basis, evidence, text })),
    }),
  }];
}

/** A claim as it is read, with the mark of each figure and what is struck out. */
export function readOut({ pieces }: Pick<CheckedClaim, 'pieces'>): string {
  return pieces
    .map((piece) => (piece.kind === 'figure' ? `${piece.text} <${piece.quality}>` : piece.kind === 'struck' ? `~${piece.text}~ (${piece.reason})` : piece.text))
    .join('');
}
