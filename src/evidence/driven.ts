import { FailureError, failures } from '../core/failures';
import type { PlainResult } from './results';

/** What the loops that call a driver write. */
export interface Driven {
  /** The measured window in microseconds of the monotonic clock; only under Node. */
  readonly startUs?: number;
  readonly endUs?: number;
  readonly callsPerSample: number;
  /** Milliseconds per call, in the order they were taken. */
  readonly samples: readonly number[];
  /** What the first call returned, where the task asked for it. */
  readonly result?: PlainResult;
}

/** Reads it; `file` names it in the failure. Throws FailureError. */
export function parseDriven(text: string, file: string): Driven {
  let driven: Driven;
  try {
    driven = JSON.parse(text);
  } catch (error) {
    throw new FailureError(failures.brokenBenchmark(file, error));
  }
  const isDuration = (sample: unknown) => typeof sample === 'number' && sample >= 0;
  if (!Array.isArray(driven?.samples) || driven.samples.length === 0 || !driven.samples.every(isDuration)) {
    throw new FailureError(failures.brokenBenchmark(file, 'it has no samples'));
  }
  return driven;
}
