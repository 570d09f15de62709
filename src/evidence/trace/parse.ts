import { FailureError, failures } from '../../core/failures';
import type { Trace, TracedOperation } from '../../core/trace';

/** What a recorder of the runtimes writes. Times in milliseconds. */
export interface RecordedTrace {
  readonly version: 1;
  readonly wallMs: number;
  readonly calls?: number;
  /** In calls that blocked. */
  readonly sync: Readonly<Record<'database' | 'network' | 'file' | 'serialisation', number>>;
  /** Without work, by what was waited for. */
  readonly waited: Readonly<Record<'database' | 'network' | 'file' | 'nothing', number>>;
  readonly garbage: number;
  /** Only under Node, and only where the event loop had a turn. */
  readonly eventLoopDelay?: NonNullable<Trace['eventLoopDelay']>;
  readonly operations: readonly RecordedOperation[];
}

export interface RecordedOperation {
  readonly category: TracedOperation['category'];
  readonly library: string;
  readonly shape: string;
  readonly places: readonly RecordedPlace[];
  readonly count: number;
  readonly totalMs: number;
  readonly maxMs: number;
  /** A sample of the durations. */
  readonly durations: readonly number[];
}

/** `script` is a path or URL of what was run; line and column count from 1. */
export interface RecordedPlace {
  readonly script: string;
  readonly line: number;
  readonly column: number;
}

/** Reads a recorder's text; `file` names it in the failure. Throws FailureError. */
export function parseTrace(text: string, file: string): RecordedTrace {
  let trace: RecordedTrace;
  try {
    trace = JSON.parse(text);
  } catch (error) {
    throw new FailureError(failures.brokenTrace(file, error));
  }
  const isWhole = trace?.version === 1 && isNumber(trace.wallMs) && isNumber(trace.garbage) && isNumbers(trace.sync) && isNumbers(trace.waited);
  if (!isWhole || !Array.isArray(trace.operations) || !trace.operations.every(isOperation)) {
    throw new FailureError(failures.brokenTrace(file, 'its shape is not that of the recorder'));
  }
  return trace;
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

function isNumbers(value: Readonly<Record<string, unknown>> | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isNumber);
}

function isOperation({ shape, places, count, totalMs, durations }: RecordedOperation): boolean {
  return typeof shape === 'string' && Array.isArray(places) && isNumber(count) && isNumber(totalMs) && Array.isArray(durations);
}
