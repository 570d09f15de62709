import type { FlameGraph } from '../../core/flame';
import type { Failure } from '../../core/failures';
import type { Run } from '../../core/evidence';
import type { ExportFormat } from '../../evidence/export/export';

/** One stored run in the list. */
export interface RunEntry {
  readonly id: string;
  readonly kind: Run['kind'];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** What was measured: the function, or else what drove it. */
  readonly subject: string;
  /** The target's file with its line as it is now; absent where no function was meant or it is gone. */
  readonly file?: string;
  readonly line?: number;
  /** What drove it. */
  readonly driver: string;
  readonly tool: string;
  readonly machine: string;
  /** False for another machine than the one that shows it. */
  readonly isThisMachine: boolean;
  readonly sampleCount?: number;
  readonly status: Run['status'];
  /** What it found, in one sentence. */
  readonly message: string;
  readonly caveats: readonly string[];
  /** The function's text has changed since. `unknown` where that cannot be told. */
  readonly freshness: 'fresh' | 'stale' | 'unknown';
  readonly hasCallStacks: boolean;
  readonly hasSamples: boolean;
  /** Samples before and after a change. */
  readonly isComparison: boolean;
  readonly exports: readonly ExportFormat[];
}

/** One run of a benchmark. Milliseconds. */
export interface HistoryPoint {
  readonly runId: string;
  readonly startedAt: string;
  readonly p50: number;
  /** The quartiles of the samples: half of them lie between. */
  readonly low: number;
  readonly high: number;
  /** The fingerprint of the machine. */
  readonly machine: string;
}

/** A benchmark over its runs, the oldest first; at least two. */
export interface History {
  readonly name: string;
  readonly driver: string;
  readonly points: readonly HistoryPoint[];
  /** Older runs that are not among the points. */
  readonly earlier: number;
}

export interface RunList {
  /** The newest first. */
  readonly runs: readonly RunEntry[];
  /** Older runs that are not listed. */
  readonly earlier: number;
  readonly histories: readonly History[];
  /** Run files that could not be read. */
  readonly failures: readonly Failure[];
}

/** Times in milliseconds per call, as one side of a comparison or alone. */
export interface Sampled {
  /** In ascending order, evenly chosen where there were more than can be drawn. */
  readonly samples: readonly number[];
  readonly sampleCount: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface Distribution {
  readonly name: string;
  /** Absent where nothing is compared. */
  readonly before?: Sampled & { readonly label: string };
  readonly now: Sampled & { readonly label: string };
  /** "faster: 0.25x the time (0.22 to 0.28 at 95 %)". */
  readonly verdict?: string;
}

/** Which run a chart is of. */
export interface ChartOf {
  readonly runId: string;
  readonly startedAt: string;
  readonly subject: string;
  readonly machine: string;
  readonly caveats: readonly string[];
}

/** A row of the table that says the same as the flame chart. */
export interface FunctionShare {
  readonly name: string;
  readonly file: string;
  /** Zero-based, as it is now; absent for code outside of the workspace. */
  readonly line?: number;
  readonly selfShare: number;
  readonly totalShare: number;
  readonly calls?: number;
}

/** Places of the workspace's frames as they are now, by the frame's index: their line, or that the code has changed. */
export type FramePlace = { readonly line: number; readonly stale: boolean } | null;

export interface FlameChart {
  readonly kind: 'flame';
  readonly of: ChartOf;
  readonly graph: FlameGraph;
  /** False where the profiler slows some code down more than other: then there are shares and no times. */
  readonly isTimed: boolean;
  readonly places: readonly FramePlace[];
  readonly functions: readonly FunctionShare[];
}

export interface DistributionChart {
  readonly kind: 'distribution';
  readonly of: ChartOf;
  /** At least one. */
  readonly distributions: readonly Distribution[];
}

export type Chart = FlameChart | DistributionChart;
