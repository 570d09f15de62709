import { median } from 'simple-statistics';
import type { Overhead } from '../core/evidence';
import { FEWEST_SAMPLES } from './compare';
import { ratioInterval } from './statistics';

/** Of the times of single calls, in milliseconds; of few ones without an interval. Undefined where there are none. */
export function overheadOfCalls(profiled: readonly number[], unprofiled: readonly number[]): Overhead | undefined {
  const fewest = Math.min(profiled.length, unprofiled.length);
  if (fewest === 0 || median([...unprofiled]) <= 0) return undefined;
  return {
    unit: 'call',
    ratio: median([...profiled]) / median([...unprofiled]),
    ...(fewest >= FEWEST_SAMPLES && { interval: ratioInterval(unprofiled, profiled) }),
    counts: [profiled.length, unprofiled.length],
  };
}

/** Of one run of the whole program with the profiler and one without, in milliseconds. */
export function overheadOfPrograms(profiledMs: number, unprofiledMs: number): Overhead | undefined {
  return unprofiledMs > 0 ? { unit: 'program', ratio: profiledMs / unprofiledMs, counts: [1, 1] } : undefined;
}
