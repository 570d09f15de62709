/** The name of the file at the root of a workspace folder. */
export const CONFIG_FILE = 'performance.json';

/** performance.json, read and validated. Durations are milliseconds, sizes bytes, rates per second. */
export interface PerformanceConfig {
  readonly requirements: readonly Requirement[];
  readonly scale: {
    readonly tables: Readonly<Record<string, { readonly rows: number; readonly growthPerDay?: number }>>;
    readonly collections: Readonly<Record<string, number>>;
  };
  readonly paths: { readonly hot: readonly string[]; readonly cold: readonly string[] };
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly budgets: readonly Budget[];
}

/** `on` leaves the priority to the ranking; a priority caps or raises it; `off` silences the rule. */
export type RuleLevel = 'on' | 'off' | 'high' | 'medium' | 'low';

export type Percentile = 'p50' | 'p95' | 'p99' | 'max';

export interface Requirement {
  /** A glob of files the target speaks of. */
  readonly scope?: string;
  /** A route such as "GET /orders". */
  readonly route?: string;
  readonly latency: Partial<Readonly<Record<Percentile, number>>>;
  /** Requests per second. */
  readonly throughput?: number;
  /** Bytes. */
  readonly memory?: number;
}

/** A named benchmark that must stay under a latency. */
export interface Budget {
  readonly benchmark: string;
  readonly latency: Partial<Readonly<Record<Percentile, number>>>;
}

export const EMPTY_CONFIG: PerformanceConfig = {
  requirements: [],
  scale: { tables: {}, collections: {} },
  paths: { hot: [], cold: [] },
  rules: {},
  budgets: [],
};
