import type { Proof } from './proof';

/** The machine a run was made on. Figures of different machines are not compared silently. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly cpuModel: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** One-minute load average when the run began; absent where the system has none. */
  readonly loadAverage?: number;
  /** Short hash of the stable fields above. */
  readonly fingerprint: string;
}

/** How the measured code was driven. `argv` is exactly what ran, without a shell; empty for a proof, which runs no program of the user's. */
export interface Driver {
  readonly kind: 'test' | 'benchmark' | 'script' | 'file' | 'generated' | 'proof';
  readonly label: string;
  readonly argv: readonly string[];
  /** Relative to the workspace folder. */
  readonly cwd: string;
}

/** Cost of one function in one run. Anchored by hash so that it survives edits above it. */
export interface FunctionCost {
  readonly file: string;
  readonly functionName: string;
  /** Zero-based line of the declaration when it was measured. */
  readonly line: number;
  /** functionHash of its text when it was measured; absent where the source was not readable. */
  readonly hash?: string;
  /** Share of the driven path's time, 0 to 1. Self time is never above total time. */
  readonly selfShare: number;
  readonly totalShare: number;
  /** Present only where the profiler's times can be trusted as shares of wall or CPU time. */
  readonly selfMs?: number;
  readonly totalMs?: number;
  /** Exact where the profiler counts calls (cProfile); absent for samplers. */
  readonly calls?: number;
  /** Number of samples behind the shares, for samplers. */
  readonly samples?: number;
}

/** Self share of one line, 0 to 1, of the driven path's time. */
export interface LineCost {
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
  readonly selfShare: number;
}

export interface BenchmarkResult {
  readonly name: string;
  readonly file?: string;
  readonly functionName?: string;
  /** Raw samples in milliseconds per call, in the order they were taken; empty where the tool keeps none. */
  readonly samples: readonly number[];
  readonly sampleCount: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** One measurement, stored append-only as `.performance/runs/<id>.json`. */
export interface Run {
  readonly version: 1;
  /** Sortable by time: 20261122T201855-1a2b3c. */
  readonly id: string;
  readonly kind: 'cpu-profile' | 'benchmark' | 'proof';
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly machine: Machine;
  readonly driver: Driver;
  readonly commit?: string;
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly failure?: { readonly code: string; readonly message: string };
  /** The function the user asked about. */
  readonly target?: { readonly file: string; readonly functionName: string; readonly hash: string };
  /** Total of samples or calls behind the shares. */
  readonly sampleCount?: number;
  readonly functions: readonly FunctionCost[];
  readonly lines: readonly LineCost[];
  readonly benchmarks: readonly BenchmarkResult[];
  /** Plans before and after a change; with kind `proof` alone. */
  readonly proof?: Proof;
  /** The profiler's own file, relative to `.performance/`. */
  readonly raw?: string;
  /** What must be said with these figures, e.g. "cProfile: counts and shares, never timings". */
  readonly caveats: readonly string[];
}
