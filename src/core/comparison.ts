import type { BenchmarkResult } from './evidence';

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

/** One benchmark with the figures of both sides. */
export type BenchmarkComparison = Comparison & {
  readonly name: string;
  readonly before: BenchmarkResult;
  readonly after: BenchmarkResult;
};

/** Whether two implementations gave the same. `rounding`: they differ only in the last digits of numbers. */
export type ResultComparison =
  | { readonly outcome: 'equal' | 'rounding' }
  /** `where` is a path such as "[3].total". */
  | { readonly outcome: 'different'; readonly where: string; readonly before: string; readonly after: string }
  | { readonly outcome: 'not-comparable'; readonly why: string };

/** What one side of a comparison was. */
export interface ComparedCode {
  /** "as it is now", "commit 1a2b3c4", or a function with its file. */
  readonly label: string;
  readonly commit?: string;
  /** The stored run whose samples are used. */
  readonly run?: string;
  readonly file?: string;
  readonly functionName?: string;
  readonly hash?: string;
}

/** Two states of the code, or two functions, set against each other in one run. */
export interface SideBySide {
  readonly before: ComparedCode;
  readonly after: ComparedCode;
  /** Processes in turn, A B B A; false where the samples before are those of a stored run. */
  readonly isInterleaved: boolean;
  readonly benchmarks: readonly BenchmarkComparison[];
  /** Of functions whose results were kept. */
  readonly results?: ResultComparison;
  /** The recommendation it was made for. */
  readonly validates?: { readonly findingId: string; readonly rule: string };
}
