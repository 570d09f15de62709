import type { CodePlace, ResourceKind, Trace, TracedOperation } from '../../core/trace';
import { percentile } from '../percentiles';
import type { RecordedOperation, RecordedPlace, RecordedTrace } from './parse';

/** Where in the sources a recorded place is; undefined where that is not in the workspace. */
export type PlaceLookup = (place: RecordedPlace) => CodePlace | undefined;

/** One process's recording with the way from its places to the sources. */
export interface ProcessTrace {
  readonly recorded: RecordedTrace;
  readonly placeOf: PlaceLookup;
}

/** What is kept of a program that does a thousand things; the time of the rest is in the resources all the same. */
const MOST_OPERATIONS = 300;

/**
 * The trace of a run. Its processes wait for each other, so the time is that of the one that was driven; package
 * managers and test runners, which run no code of the workspace, are left out.
 */
export function traceOf(processes: readonly ProcessTrace[]): Trace {
  const withOwnCode = processes.filter(({ recorded, placeOf }) => recorded.calls !== undefined || recorded.operations.some(({ places }) => places.some(placeOf)));
  const used = withOwnCode.length > 0 ? withOwnCode : processes;
  const main = used.reduce((a, b) => (weightOf(b.recorded) > weightOf(a.recorded) ? b : a)).recorded;
  const operations = new Map<string, TracedOperation & { durations: number[] }>();
  for (const { recorded, placeOf } of used) for (const operation of recorded.operations) addTo(operations, operation, placeOf);
  return {
    wallMs: main.wallMs,
    ...(main.calls !== undefined && { calls: main.calls }),
    resources: resourcesOf(main),
    ...(main.eventLoopDelay && { eventLoopDelay: main.eventLoopDelay }),
    operations: [...operations.values()]
      .map(({ durations, ...operation }) => ({ ...operation, p95Ms: durations.length > 0 ? percentile(durations, 0.95) : operation.maxMs }))
      .sort((a, b) => b.totalMs - a.totalMs)
      .slice(0, MOST_OPERATIONS),
  };
}

/** A recorded window says which process was driven; else it is the one that was busy longest. */
function weightOf({ calls, wallMs, waited }: RecordedTrace): number {
  return calls !== undefined ? Infinity : wallMs - waited.nothing;
}

/** Each moment counts once: blocked in a call, waiting for an operation, collecting garbage, or else computing. */
export function resourcesOf({ wallMs, sync, waited, garbage }: RecordedTrace): Readonly<Record<ResourceKind, number>> {
  const known = {
    database: sync.database + waited.database,
    network: sync.network + waited.network,
    file: sync.file + waited.file,
    serialisation: sync.serialisation,
    gc: garbage,
    waiting: waited.nothing,
  };
  const sum = Object.values(known).reduce((total, ms) => total + ms, 0);
  // Garbage that was collected inside of a call is in both figures.
  const scale = sum > wallMs ? wallMs / sum : 1;
  const scaled = Object.fromEntries(Object.entries(known).map(([kind, ms]) => [kind, ms * scale])) as typeof known;
  return { ...scaled, application: Math.max(0, wallMs - sum) };
}

function addTo(operations: Map<string, TracedOperation & { durations: number[] }>, recorded: RecordedOperation, placeOf: PlaceLookup): void {
  const { category, library, shape, count, totalMs, maxMs, durations } = recorded;
  const callers = withoutRepeats(recorded.places.flatMap((place) => placeOf(place) ?? []));
  const key = JSON.stringify([category, library, shape, callers.map(({ file, functionName, line }) => [file, functionName, line])]);
  const known = operations.get(key);
  const subject = subjectOf(recorded);
  operations.set(key, {
    category,
    library,
    shape,
    ...(subject && { subject }),
    callers,
    count: count + (known?.count ?? 0),
    totalMs: totalMs + (known?.totalMs ?? 0),
    p95Ms: 0,
    maxMs: Math.max(maxMs, known?.maxMs ?? 0),
    durations: [...durations, ...(known?.durations ?? [])],
  });
}

/** A callback and the function it stands in are two frames of one place. */
function withoutRepeats(places: readonly CodePlace[]): CodePlace[] {
  return places.filter(({ file, line }, i) => i === 0 || places[i - 1]!.file !== file || places[i - 1]!.line !== line);
}

const TABLE = /\b(?:from|into|update|join|table(?:\s+if\s+(?:not\s+)?exists)?)\s+(?:only\s+)?((?:["`[]?[\w$]+["`\]]?\.)?["`[]?[\w$]+["`\]]?)/i;

function subjectOf({ category, library, shape }: RecordedOperation): string | undefined {
  if (category === 'network') return /^\w+ \w+:\/\/([^/]+)/.exec(shape)?.[1];
  if (category !== 'database') return undefined;
  if (library === 'mongodb' || library === 'prisma') return /^([\w$]+)\./.exec(shape)?.[1];
  return TABLE.exec(shape)?.[1]?.replace(/["`[\]]/g, '');
}
