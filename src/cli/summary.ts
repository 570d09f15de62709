import { PRIORITIES } from '../core/finding';
import { formatCount } from '../core/format';
import type { CheckResult } from './result';

/** "3 findings in 12 files: 1 high, 2 low. 1 measured, 2 estimates." */
export function summaryOf({ judged, fileCount }: CheckResult): string {
  const files = counted(fileCount, 'file');
  if (judged.length === 0) return `No findings in ${files}.`;
  const priorities = PRIORITIES.flatMap((priority) => {
    const count = judged.filter(({ judgement }) => judgement.priority === priority).length;
    return count === 0 ? [] : [`${formatCount(count)} ${priority}`];
  });
  const measured = judged.filter(({ judgement }) => judgement.evidence === 'measured').length;
  const evidence = [measured > 0 ? [`${measured} measured`] : [], measured < judged.length ? [counted(judged.length - measured, 'estimate')] : []].flat();
  return `${counted(judged.length, 'finding')} in ${files}: ${priorities.join(', ')}. By evidence: ${evidence.join(', ')}.`;
}

export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}
