import type { SideBySide } from './comparison';
import type { Counts } from './counts';
import type { Growth } from './growth';
import type { Memory } from './memory';
import type { Proof } from './proof';
import type { ServiceLoad } from './service';
import type { Trace } from './trace';

/** The machine a run was made on. Figures of different machines are not compared silently. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly cpuModel: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** One-minute load average when the run began; absent where the system has none. */
  readonly loadAverage?: number;
  /** Absent where the system does not say. On battery, or under a saving governor, figures are of a slower machine. */
  readonly power?: { readonly source?: 'mains' | 'battery'; readonly governor?: string };
  /** Short hash of the stable fields above. */
  readonly fingerprint: string;
}

/** How the measured code was driven. `argv` is exactly what ran, without a shell; empty for a proof, which runs no program of the user's. */
export interface Driver {
  readonly kind: 'test' | 'benchmark' | 'script' | 'file' | 'generated' | 'process' | 'proof';
  readonly label: string;
  readonly argv: readonly string[];
  /** Relative to the workspace folder. */
  readonly cwd: string;
  /** What it takes to drive it the same way again; absent in runs of older versions. */
  readonly again?: {
    readonly language: 'typescript' | 'python';
    readonly runner: string;
    /** The file that was run, relative to the workspace folder; for a package script its package.json. */
    readonly file: string;
    readonly script?: string;
    /** The generated driver's own file, relative to the workspace folder. */
    readonly driver?: string;
  };
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
  /** The code it measures, where it says so. */
  readonly file?: string;
  readonly functionName?: string;
  /** The file it is written in, relative to the workspace folder. */
  readonly definedIn?: string;
  /** Raw samples in milliseconds per call, in the order they were taken; empty where the tool keeps none. */
  readonly samples: readonly number[];
  /** How many of the samples each process took, one process after the other; absent where one process took all. */
  readonly processes?: readonly number[];
  readonly sampleCount: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** Calls a second, one after the other. */
  readonly throughput?: number;
  /** The distance between the quartiles, as a share of the median. */
  readonly spread?: number;
}

/** How much longer the same work took under a profiler than without it. */
export interface Overhead {
  /** Time with the profiler / time without: 1.1 means a tenth longer. */
  readonly ratio: number;
  /** 95 % percentile-bootstrap interval of the ratio; absent where there are too few times. */
  readonly interval?: readonly [number, number];
  /** What was timed: single calls in one process each, or the whole program with its start. */
  readonly unit: 'call' | 'program';
  /** With the profiler and without. */
  readonly counts: readonly [number, number];
}

/** One measurement, stored append-only as `.performance/runs/<id>.json`. */
export interface Run {
  readonly version: 1;
  /** Sortable by time: 20261122T201855-1a2b3c. */
  readonly id: string;
  readonly kind: 'cpu-profile' | 'benchmark' | 'comparison' | 'growth' | 'trace' | 'counts' | 'memory' | 'load' | 'proof';
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly machine: Machine;
  readonly driver: Driver;
  readonly commit?: string;
  /** A commit of the tracked files as they were; git keeps one that no branch names for some weeks. */
  readonly snapshot?: string;
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly failure?: { readonly code: string; readonly message: string };
  /** The function the user asked about. */
  readonly target?: { readonly file: string; readonly functionName: string; readonly hash: string };
  /** Total of samples or calls behind the shares. */
  readonly sampleCount?: number;
  readonly functions: readonly FunctionCost[];
  readonly lines: readonly LineCost[];
  readonly benchmarks: readonly BenchmarkResult[];
  /** Of a comparison; its `benchmarks` are then those of the code as it is now. */
  readonly comparison?: SideBySide;
  /** How the target's time grows with the size of its input. */
  readonly growth?: Growth;
  /** What the program did beside computing. */
  readonly trace?: Trace;
  /** How often what ran, and how large collections were. */
  readonly counts?: Counts;
  /** What was allocated, and what was kept of it. */
  readonly memory?: Memory;
  /** What a service did under load; the latencies are in `benchmarks`, under the name of the route. */
  readonly load?: ServiceLoad;
  /** Plans before and after a change; with kind `proof` alone. */
  readonly proof?: Proof;
  /** What the profiler has cost; absent where it was not measured. */
  readonly overhead?: Overhead;
  /** The profiler's own file, relative to `.performance/`. */
  readonly raw?: string;
  /** What must be said with these figures, e.g. "cProfile: counts and shares, never timings". */
  readonly caveats: readonly string[];
}
