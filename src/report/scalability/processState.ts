import type { Judged } from '../judgement';
import type { Answer } from '../model';
import { nameText, prose, saying } from '../statement';

/** Rules about state that only one process or one machine has. */
const TIES: ReadonlySet<string> = new Set(['in-process-state', 'local-disk-state']);

/** What was found that a second process would not know of. */
export const tiesOf = (judged: readonly Judged[]): readonly Judged[] => judged.filter(({ meta }) => TIES.has(meta.id));

export function processStateOf(judged: readonly Judged[]): Answer {
  const ties = tiesOf(judged);
  if (ties.length === 0) {
    return { statements: [[prose('None was found: as far as the code shows, any process can answer any request.')]] };
  }
  return {
    statements: ties.map(({ finding }) => [
      prose(`${nameText(finding.file)}:${finding.range.start.line + 1}: `),
      ...saying(finding.message),
    ]),
  };
}
