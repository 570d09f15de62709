/** `unknown`: the source was not readable when it was measured, so nothing can be compared. */
export type Freshness = 'fresh' | 'stale' | 'unknown';

/** Whether a measurement still speaks of the code as it is now. */
export function freshness(measuredHash: string | undefined, currentHash: string): Freshness {
  if (measuredHash === undefined) return 'unknown';
  return measuredHash === currentHash ? 'fresh' : 'stale';
}
