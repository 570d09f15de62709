/** One function below one caller: every sample with this stack, whenever it was taken. */
export interface FlameFrame {
  /** "(anonymous)" where the code gives none. */
  readonly name: string;
  /** Index of the caller in the list, always smaller than its own; -1 for the outermost. */
  readonly parent: number;
  readonly kind: 'workspace' | 'package' | 'runtime';
  /** A file of the workspace with forward slashes, "node_modules/pg", "node:fs", "python:json"; empty for the engine itself. */
  readonly place: string;
  /** Zero-based line of the declaration when it was measured; of workspace code only. */
  readonly line?: number;
  /** Microseconds: the function itself, and with what it calls. */
  readonly selfUs: number;
  readonly totalUs: number;
}

/** Where the time of one profile went, by call stack. */
export interface FlameGraph {
  /** Each after its caller. */
  readonly frames: readonly FlameFrame[];
  /** The driven path's time, of which the frames are parts. */
  readonly totalUs: number;
  readonly sampleCount: number;
  readonly leftOut: FlameLeftOut;
}

/** What is not among the frames. Shares are 0 to 1. */
export interface FlameLeftOut {
  /** Of the profile's samples: waiting, and loading modules. */
  readonly waitingShare: number;
  readonly loadingShare: number;
  /** Frames too small or too deep to show, and the share of the driven time that was spent in them; their callers' totals hold it. */
  readonly frames: number;
  readonly share: number;
}
