import type { Run } from '../core/evidence';
import { formatCount } from '../core/format';

/**
 * "with the profiler it took 1.04x the time (1.01 to 1.07 at 95 %; 200 calls with it, 210 without)", or that it was not
 * measured. Undefined for a run that none of its figures is a share or a time of.
 */
export function overheadText({ kind, status, overhead }: Pick<Run, 'kind' | 'status' | 'overhead'>): string | undefined {
  const recorder = kind === 'cpu-profile' ? 'the profiler' : kind === 'trace' ? 'the recording' : undefined;
  if (recorder === undefined || status !== 'completed') return undefined;
  if (overhead === undefined) return `how much ${recorder} slowed it down was not measured`;
  const { ratio, interval, unit, counts: [profiled, unprofiled] } = overhead;
  const factor = (value: number): string => formatCount(Number(value.toPrecision(3)));
  const basis = unit === 'call' ? `${formatCount(profiled)} calls with it, ${formatCount(unprofiled)} without` : 'the whole program, 1 run with it and 1 without';
  const sure = interval ? `${factor(interval[0])} to ${factor(interval[1])} at 95 %; ` : '';
  return `with ${recorder} it took ${factor(ratio)}x the time (${sure}${basis})`;
}
