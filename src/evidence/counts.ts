import type { BlockCount, Counts, FunctionCount, SizeCount, SizeProbe } from '../core/counts';
import { FailureError, failures } from '../core/failures';
import { identify, type Sources } from './attribution';
import { percentile } from './percentiles';

/** What the counting recorders write. Places are [line, column] of the script that was run, from 0. */
export interface RecordedCounts {
  readonly version: 1;
  readonly calls?: number;
  readonly scripts: readonly RecordedScript[];
  readonly sizes: readonly { readonly id: string; readonly count: number; readonly largest: number; readonly kept: readonly number[] }[];
}

type Place = readonly [line: number, column: number];

interface RecordedScript {
  readonly script: string;
  readonly functions: readonly {
    readonly name: string;
    readonly start: Place;
    /** Only under Node, and so are the blocks. */
    readonly end?: Place;
    readonly count: number;
    readonly blocks?: readonly { readonly start: Place; readonly end: Place; readonly count: number }[];
  }[];
  /** Under Python: line and count. */
  readonly lines?: readonly (readonly [line: number, count: number])[];
}

/** Where a place of a script is in the sources of the workspace; undefined where it is not. `file` is relative to the workspace. */
export type SourceLookup = (script: string, line: number, column: number) => { readonly file: string; readonly line: number; readonly column: number } | undefined;

export interface ProcessCounts {
  readonly recorded: RecordedCounts;
  readonly sourceOf: SourceLookup;
}

/** A workspace has more code than a report asks for. */
const MOST_BLOCKS = 20_000;

/** Reads a recorder's text; `file` names it in the failure. Throws FailureError. */
export function parseCounts(text: string, file: string): RecordedCounts {
  try {
    const counts = JSON.parse(text) as RecordedCounts;
    if (counts?.version === 1 && Array.isArray(counts.scripts) && Array.isArray(counts.sizes)) return counts;
  } catch (error) {
    throw new FailureError(failures.brokenTrace(file, error));
  }
  throw new FailureError(failures.brokenTrace(file, 'its shape is not that of the recorder'));
}

/** Sums the counts of a run's processes. `probes` are what was asked, by their index as id. */
export function countsOf(processes: readonly ProcessCounts[], probes: readonly SizeProbe[], functionsOf: Sources['functionsOf']): Counts {
  const functions = new Map<string, FunctionCount>();
  const blocks = new Map<string, BlockCount>();
  for (const { recorded, sourceOf } of processes) {
    for (const script of recorded.scripts) addScript(script, sourceOf, functionsOf, functions, blocks);
  }
  const calls = processes.find(({ recorded }) => recorded.calls !== undefined)?.recorded.calls;
  return {
    ...(calls !== undefined && { calls }),
    functions: [...functions.values()].sort((a, b) => b.calls - a.calls),
    blocks: [...blocks.values()].slice(0, MOST_BLOCKS),
    sizes: sizesOf(processes, probes),
  };
}

function addScript(
  { script, functions: recorded, lines = [] }: RecordedScript,
  sourceOf: SourceLookup,
  functionsOf: Sources['functionsOf'],
  functions: Map<string, FunctionCount>,
  blocks: Map<string, BlockCount>,
): void {
  const addBlock = (start: Place, end: Place, count: number) => {
    const [from, to] = [sourceOf(script, ...start), sourceOf(script, ...end)];
    if (!from || from.file !== to?.file) return;
    const block = { file: from.file, start: { line: from.line, character: from.column }, end: { line: to.line, character: to.column } };
    const key = JSON.stringify(block);
    blocks.set(key, { ...block, count: count + (blocks.get(key)?.count ?? 0) });
  };
  for (const { name, start, end, count, blocks: inner = [] } of recorded) {
    if (end) addBlock(start, end, count);
    for (const block of inner) addBlock(block.start, block.end, block.count);
    const source = sourceOf(script, ...start);
    if (!source || name === '') continue;
    const { file, functionName, line, hash } = identify({ ...source, name }, functionsOf(source.file));
    // A callback with a name of its own is part of the function it stands in, and no call of that.
    if (functionName === '' || functionName.replace(/#\d+$/, '').split('.').pop() !== name.split('.').pop()) continue;
    const key = `${file}\0${functionName}`;
    functions.set(key, { file, functionName, line, ...(hash && { hash }), calls: count + (functions.get(key)?.calls ?? 0) });
  }
  for (const [line, count] of lines) addBlock([line, 0], [line + 1, 0], count);
}

function sizesOf(processes: readonly ProcessCounts[], probes: readonly SizeProbe[]): SizeCount[] {
  return probes.flatMap((probe, id) => {
    const own = processes.flatMap(({ recorded }) => recorded.sizes.filter((size) => size.id === String(id)));
    if (own.length === 0) return [];
    return [{
      ...probe,
      count: own.reduce((sum, { count }) => sum + count, 0),
      p50: percentile(own.flatMap(({ kept }) => kept), 0.5),
      largest: Math.max(...own.map(({ largest }) => largest)),
    }];
  });
}
