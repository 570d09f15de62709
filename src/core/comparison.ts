/** `no-difference`: none was seen, and one that matters would have been. `too-noisy`: the samples could hide one. */
export type Verdict = 'faster' | 'slower' | 'no-difference' | 'too-noisy';

interface Basis {
  /**
   * What one sample is: the median of a process, or one call where each side is one process only. How much two
   * processes of the same code differ is then not known, so a difference must be larger to count.
   */
  readonly unit: 'process' | 'call';
  /** Samples of that unit, before and after. */
  readonly counts: readonly [number, number];
}

export interface Compared extends Basis {
  readonly verdict: Verdict;
  /** median(after) / median(before): 0.5 means half the time. */
  readonly ratio: number;
  /** 95 % percentile-bootstrap interval of the ratio. */
  readonly interval: readonly [number, number];
  /** Two-sided p of the rank test. */
  readonly p: number;
}

/** Two sets of times set against each other; of too few samples nothing is said. */
export type Comparison = Compared | (Basis & { readonly verdict: 'too-few-samples' });
