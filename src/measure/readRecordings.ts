import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Counts, SizeProbe } from '../core/counts';
import type { Memory } from '../core/memory';
import type { CodePlace, Trace } from '../core/trace';
import { type Sources, identify } from '../evidence/attribution';
import { Frames, pathOf } from '../evidence/cpuProfile/frames';
import { countsOf, parseCounts, type SourceLookup } from '../evidence/counts';
import { ScriptMaps } from '../evidence/cpuProfile/scriptMaps';
import { memoryOf, parseMemory } from '../evidence/memory';
import { EVIDENCE_FOLDER } from '../evidence/store';
import { traceOf } from '../evidence/trace/operations';
import { parseTrace, type RecordedPlace } from '../evidence/trace/parse';
import { readText, scriptsOf } from './readProfiles';

/** Reads the traces that the processes of a run wrote; undefined where none did. Throws FailureError on a broken one. */
export function readTraces(rawFolder: string, sources: Sources): Trace | undefined {
  const processes = recordings(rawFolder, 'trace', sources).map(({ text, file, sourceOf }) => ({
    recorded: parseTrace(text, file),
    placeOf: ({ script, line, column }: RecordedPlace) => placeOf(sourceOf(script, line - 1, column - 1), sources),
  }));
  return processes.length > 0 ? traceOf(processes) : undefined;
}

/** Reads the counts that the processes of a run wrote; undefined where none did. Throws FailureError on a broken one. */
export function readCounts(rawFolder: string, probes: readonly SizeProbe[], sources: Sources): Counts | undefined {
  const processes = recordings(rawFolder, 'counts', sources).map(({ text, file, sourceOf }) => ({ recorded: parseCounts(text, file), sourceOf }));
  return processes.length > 0 ? countsOf(processes, probes, sources.functionsOf) : undefined;
}

/** Reads what the processes of a run wrote of their memory; undefined where none did. Throws FailureError on a broken one. */
export function readMemory(rawFolder: string, sources: Sources): Memory | undefined {
  const processes = recordings(rawFolder, 'memory', sources).map(({ text, file, maps, sourceOf }) => ({ recorded: parseMemory(text, file), maps, sourceOf }));
  return processes.length > 0 ? memoryOf(processes, sources) : undefined;
}

interface Recording {
  readonly maps: ScriptMaps;
  readonly text: string;
  /** Names it in failures. */
  readonly file: string;
  readonly sourceOf: SourceLookup;
}

/** What a recorder wrote for each process and thread, with the way from its scripts to the sources. */
function recordings(rawFolder: string, kind: 'trace' | 'counts' | 'memory', sources: Sources): Recording[] {
  return readdirSync(rawFolder).sort().flatMap((name) => {
    const [, process, thread] = new RegExp(`^${kind}\\.(\\d+)\\.(\\d+)\\.json$`).exec(name) ?? [];
    if (process === undefined || thread === undefined) return [];
    const maps = new ScriptMaps(scriptsOf(rawFolder, process, thread), readText);
    const file = `${EVIDENCE_FOLDER}/raw/${basename(rawFolder)}/${name}`;
    return [{ text: readText(join(rawFolder, name)) ?? '', file, maps, sourceOf: sourcesIn(maps, sources) }];
  });
}

/** Leads from the compiled script to the source. */
function sourcesIn(maps: ScriptMaps, sources: Sources): SourceLookup {
  const frames = new Frames(sources.roots, sources.machinery);
  return (script, line, column) => {
    const id = maps.idOf(script);
    const path = script.startsWith('data:') ? maps.onlySource(id) : pathOf(script);
    if (path === undefined) return undefined;
    const place = maps.place(id, path, line, column);
    const file = frames.relative(place.file);
    return file === undefined ? undefined : { file, line: place.line, column: place.column };
  };
}

/** Names the function around a place. */
function placeOf(source: ReturnType<SourceLookup>, { functionsOf }: Sources): CodePlace | undefined {
  if (!source) return undefined;
  const { file, line } = source;
  const functions = functionsOf(file);
  const found = functions ? identify({ ...source, name: '' }, functions) : undefined;
  return { file, functionName: found?.functionName ?? '', line, functionLine: found?.line ?? 0, ...(found?.hash && { hash: found.hash }) };
}
