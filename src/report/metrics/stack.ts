/** Declares `record(method, route, status, seconds)` with one library of metrics. */
export interface Recorder {
  readonly title: string;
  /** Packages by which a workspace is known to use it, as manifests and imports name them; the first is what to install. */
  readonly packages: readonly string[];
  /** What has to be known of its figures. */
  readonly note: string;
  /** @param buckets upper bounds in seconds. */
  readonly code: (buckets: readonly number[]) => string;
}

/** Calls `record` for every request of one framework. */
export interface Framework {
  readonly title: string;
  readonly packages: readonly string[];
  /** What it needs beside the recorder's own imports. */
  readonly imports?: string;
  readonly code: string;
  /** Where the code goes. */
  readonly place: string;
}

/** Two facts that decide whether a percentile can be read from what is recorded. */
export const BUCKETS_AT_TARGETS = 'Percentiles are read between the bounds of the buckets, so every declared latency target is one of them.';
export const SERVER_SUMMARISES = 'The server that receives the timings has to be set up to compute percentiles of them.';
