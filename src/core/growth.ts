/** How a function's time grows with the size of its input. */
export type GrowthModel = 'constant' | 'log n' | 'n' | 'n log n' | 'n^2' | 'n^3' | 'exponential';

/** Growing from the slowest to the fastest. */
export const GROWTH_MODELS: readonly GrowthModel[] = ['constant', 'log n', 'n', 'n log n', 'n^2', 'n^3', 'exponential'];

/** The times at one size. */
export interface GrowthPoint {
  readonly n: number;
  /** Milliseconds per call: the median of each process. */
  readonly ms: readonly number[];
  /** The fastest sample of all. What else runs on a machine only ever adds to a time, so the curve is fitted to these. */
  readonly fastestMs: number;
  /** Resident memory of the process after the calls, the largest of the processes. */
  readonly memoryBytes?: number;
}

export interface Growth {
  /** By rising n. */
  readonly points: readonly GrowthPoint[];
  /** The model that predicts left-out sizes best. */
  readonly model: GrowthModel;
  /** Models that predict them nearly as well. */
  readonly alternatives: readonly GrowthModel[];
  /** k of n^k over the largest sizes, with its 95 % interval; it says nothing where growth is exponential. */
  readonly exponent: { readonly value: number; readonly interval: readonly [number, number]; readonly from: number; readonly to: number };
  /** Of exponential growth: how many times as long one more takes. */
  readonly base?: number;
  /** Why no larger size was tried. */
  readonly stoppedBy: 'size' | 'time' | 'memory' | 'failure';
  readonly projection?: GrowthProjection;
}

export interface GrowthProjection {
  readonly n: number;
  /** Where n comes from: performance.json, or whoever asked. */
  readonly basis: 'declared' | 'asked';
  /** What is declared under which name: "cart.items". */
  readonly name?: string;
  /** Milliseconds; beyond the largest number for what would never end. */
  readonly ms: number;
  /** By the interval of the exponent; absent where growth is exponential. */
  readonly interval?: readonly [number, number];
}
