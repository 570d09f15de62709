import type { Position } from './text';

/** How often a function ran. */
export interface FunctionCount {
  readonly file: string;
  readonly functionName: string;
  /** Zero-based line of the declaration when it was counted. */
  readonly line: number;
  readonly hash?: string;
  readonly calls: number;
}

/** How often a stretch of code ran. Stretches nest, and the innermost one is right. */
export interface BlockCount {
  readonly file: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
  readonly count: number;
}

/** A place where the size of a collection is asked for whenever it is reached. */
export interface SizeProbe {
  readonly file: string;
  readonly functionName: string;
  /** functionHash of the function; a size is one of the code it was measured in. */
  readonly hash: string;
  readonly at: Position;
  /** As it is written there: "orders" or "this.items". */
  readonly expression: string;
}

/** What a probe found. */
export interface SizeCount extends SizeProbe {
  /** How often it was asked. */
  readonly count: number;
  readonly p50: number;
  readonly largest: number;
}

/** Exact counts of a run of its own, because counting makes every time of it meaningless. */
export interface Counts {
  /** How many calls of the target the window holds; absent where it is a whole program. */
  readonly calls?: number;
  readonly functions: readonly FunctionCount[];
  readonly blocks: readonly BlockCount[];
  readonly sizes: readonly SizeCount[];
}
