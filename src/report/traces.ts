import type { Run } from '../core/evidence';
import type { Finding } from '../core/finding';
import { formatCount, formatDuration, formatShare } from '../core/format';
import type { Resource } from '../core/rule';
import { type CodePlace, RESOURCE_KINDS, type ResourceKind, type Trace, type TracedOperation } from '../core/trace';
import { freshness } from '../evidence/staleness';
import { hitsAtFinding, type Lookup } from './sizes';
import type { Statement } from './model';
import { measured, nameText, prose } from './statement';
import { compareText, driverKey } from './targets';

/** What a trace saw at the lines of a finding. */
export interface Observation {
  readonly run: Run;
  readonly trace: Trace;
  /** Those that came through the finding's lines, the most expensive first. */
  readonly operations: readonly TracedOperation[];
  /** Operations for each call of the driven function; of the whole program where it is none of a driver. */
  readonly count: number;
  readonly totalMs: number;
  /** Of the wall time, 0 to 1. Operations that overlap are not counted beyond it. */
  readonly share: number;
  /**
   * `confirmed`: so many from there that the pattern is real. `refuted`: the code there ran more often than there were
   * operations at all.
   */
  readonly verdict: 'confirmed' | 'seen' | 'refuted';
  /** How often the place of a refuted finding ran, for each call. */
  readonly hits?: number;
}

/** From so many of a kind on, one for each item is what happens, and no coincidence. */
const CONFIRMS_FROM = 5;

/** The kind of operation that a rule about a resource speaks of. */
const OPERATIONS_OF: Partial<Readonly<Record<Resource, ResourceKind>>> = { database: 'database', network: 'network', io: 'file' };

/** The newest completed trace of each way to drive the code. */
export function newestTraces(runs: readonly Run[]): readonly { readonly run: Run; readonly trace: Trace }[] {
  const newest = new Map<string, { run: Run; trace: Trace }>();
  for (const run of [...runs].sort((a, b) => compareText(a.id, b.id))) {
    if (run.status === 'completed' && run.trace) newest.set(driverKey(run), { run, trace: run.trace });
  }
  return [...newest.values()];
}

/** What the traces saw at a finding; the one that saw most. Undefined where none came by. */
export function observe(finding: Finding, resource: Resource, runs: readonly Run[], functionOf: Lookup): Observation | undefined {
  const category = OPERATIONS_OF[resource];
  if (category === undefined) return undefined;
  const observations = newestTraces(runs).flatMap(({ run, trace }): Observation[] => {
    const ofKind = trace.operations.filter((operation) => operation.category === category);
    const operations = ofKind.filter(({ callers }) => callers.some((place) => isAt(place, finding, functionOf)));
    const calls = trace.calls ?? 1;
    const hits = hitsOf(finding, run, runs, functionOf);
    const seen = {
      run,
      trace,
      operations,
      count: countOf(operations) / calls,
      totalMs: operations.reduce((sum, { totalMs }) => sum + totalMs, 0),
    };
    const share = Math.min(1, seen.totalMs / trace.wallMs);
    if (hits !== undefined && isRefuted(hits, countOf(ofKind) / calls)) return [{ ...seen, share, verdict: 'refuted', hits }];
    if (operations.length === 0) return [];
    const most = Math.max(...operations.map(({ count }) => count)) / calls;
    return [{ ...seen, share, verdict: most >= CONFIRMS_FROM ? 'confirmed' : 'seen' }];
  });
  return observations.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || b.share - a.share)[0];
}

/** One path that shows a pattern is not made up for by another that does not. */
const ORDER: readonly Observation['verdict'][] = ['confirmed', 'seen', 'refuted'];

const countOf = (operations: readonly TracedOperation[]): number => operations.reduce((sum, { count }) => sum + count, 0);

/**
 * The place ran many times, and yet all operations of the run, from wherever they came, are not half as many: something
 * gathers them. A trace that saw none at all proves nothing, because the library may be one that it does not know.
 */
function isRefuted(hits: number, allOperations: number): boolean {
  return hits >= CONFIRMS_FROM && allOperations > 0 && allOperations <= hits / 2;
}

/** How often the place of a finding ran for each call, by a counting run of the same driver. */
function hitsOf(finding: Finding, traced: Run, runs: readonly Run[], functionOf: Lookup): number | undefined {
  const counted = runs.findLast((run) => run.status === 'completed' && run.counts !== undefined && driverKey(run) === driverKey(traced));
  const hits = counted && hitsAtFinding(counted.counts!, finding, functionOf);
  return hits === undefined ? undefined : hits / (counted!.counts!.calls ?? 1);
}

/** Whether a place is in the lines of a finding, after its function has moved. A function that was edited is another. */
export function isAt(place: CodePlace, { file, functionName, range }: Finding, functionOf: Lookup): boolean {
  if (place.file !== file || place.functionName !== functionName) return false;
  const current = functionOf(file, functionName);
  if (current && place.hash !== undefined && freshness(place.hash, current.hash) === 'stale') return false;
  const moved = current?.nameRange ? current.nameRange.start.line - place.functionLine : 0;
  const line = place.line + moved;
  return range.start.line <= line && line <= range.end.line;
}

/** "1,000 queries of items from here in a call, 4.6 s of 5 s (92 %)". */
export function observationText({ operations, count, totalMs, trace, share, verdict, hits }: Observation): string {
  const calls = trace.calls ?? 1;
  if (verdict === 'refuted') return `${formatCount(hits!)} times through here, ${formatCount(count)} operations`;
  const subjects = [...new Set(operations.flatMap(({ subject }) => subject ?? []))].slice(0, 3).map(nameText).join(' and ');
  const of = subjects ? ` of ${subjects}` : '';
  const unit = nounOf(operations[0]!.category, count);
  const where = trace.calls === undefined ? 'in the run' : 'in a call';
  return `${formatCount(count)} ${unit}${of} from here ${where}, ${formatDuration(totalMs / calls)} of ${formatDuration(trace.wallMs / calls)} (${formatShare(share)})`;
}

const LISTED_SUBJECTS = 3;
/** Kinds below this are not worth a word. */
const SMALLEST_SHARE = 0.02;

const KIND_WORDS: Readonly<Record<ResourceKind, string>> = {
  database: 'the database',
  network: 'the network',
  file: 'files',
  serialisation: 'turning data into text and back',
  gc: 'garbage collection',
  application: 'the code itself',
  waiting: 'waiting for nothing that was traced',
};

/** "orders.test.ts: 4.8 s of 5 s (96 %) in the database: 1 query of orders + 1,000 queries of items, from listOrders (src/orders.ts:42); 3 % in the code itself." */
export function resourceStatement(run: Run, trace: Trace): Statement {
  const text = resourceText(trace);
  return [prose(`${nameText(run.driver.label)}${trace.calls === undefined ? '' : ', for a call'}: `), measured(text, run.id), prose('.')];
}

/** The same without the driver. */
export function resourceText(trace: Trace): string {
  const { resources, wallMs, calls = 1 } = trace;
  const [first, ...others] = RESOURCE_KINDS.map((kind) => ({ kind, ms: resources[kind], share: resources[kind] / wallMs }))
    .filter(({ share }) => share >= SMALLEST_SHARE)
    .sort((a, b) => b.ms - a.ms);
  if (first === undefined) return `${formatDuration(wallMs / calls)} in all`;
  const rest = others.map(({ kind, share }) => `${formatShare(share)} in ${KIND_WORDS[kind]}`).join(', ');
  return `${formatDuration(first.ms / calls)} of ${formatDuration(wallMs / calls)} (${formatShare(first.share)}) in ${KIND_WORDS[first.kind]}${detailOf(trace, first.kind)}${rest ? `; ${rest}` : ''}`;
}

/** ": 1 query of orders + 1,000 queries of items, from listOrders (src/orders.ts:42)". */
function detailOf({ operations, calls = 1 }: Trace, kind: ResourceKind): string {
  const own = operations.filter(({ category }) => category === kind);
  if (own.length === 0) return '';
  const subjects = new Map<string, { count: number; totalMs: number }>();
  for (const { subject = '', count, totalMs } of own) {
    const known = subjects.get(subject) ?? { count: 0, totalMs: 0 };
    subjects.set(subject, { count: known.count + count, totalMs: known.totalMs + totalMs });
  }
  // The most expensive ones, and of those the one query before the thousand.
  const expensive = [...subjects].sort((a, b) => b[1].totalMs - a[1].totalMs).slice(0, LISTED_SUBJECTS);
  const listed = expensive.sort((a, b) => a[1].count - b[1].count).map(([subject, { count }]) => {
    const each = count / calls;
    return `${formatCount(each)} ${nounOf(own[0]!.category, each)}${subject ? ` of ${nameText(subject)}` : ''}`;
  });
  const place = own[0]!.callers[0];
  const from = place ? `, from ${place.functionName ? `${nameText(place.functionName)} (${nameText(place.file)}:${place.line + 1})` : `${nameText(place.file)}:${place.line + 1}`}` : '';
  return `: ${listed.join(' + ')}${from}`;
}

const NOUNS: Readonly<Record<TracedOperation['category'], readonly [string, string]>> = {
  database: ['query', 'queries'],
  network: ['request', 'requests'],
  file: ['file operation', 'file operations'],
  serialisation: ['conversion', 'conversions'],
};

function nounOf(category: TracedOperation['category'], count: number): string {
  return NOUNS[category][count === 1 ? 0 : 1];
}
