import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Trace } from '../core/trace';
import { type Sources, identify } from '../evidence/attribution';
import { Frames, pathOf } from '../evidence/cpuProfile/frames';
import { ScriptMaps } from '../evidence/cpuProfile/scriptMaps';
import { EVIDENCE_FOLDER } from '../evidence/store';
import { type PlaceLookup, traceOf } from '../evidence/trace/operations';
import { parseTrace } from '../evidence/trace/parse';
import { readText, scriptsOf } from './readProfiles';

const TRACE = /^trace\.(\d+)\.(\d+)\.json$/;

/** Reads the traces that the processes of a run wrote; undefined where none did. Throws FailureError on a broken one. */
export function readTraces(rawFolder: string, sources: Sources): Trace | undefined {
  const processes = readdirSync(rawFolder).sort().flatMap((name) => {
    const [, process, thread] = TRACE.exec(name) ?? [];
    if (process === undefined || thread === undefined) return [];
    const recorded = parseTrace(readText(join(rawFolder, name)) ?? '', `${EVIDENCE_FOLDER}/raw/${basename(rawFolder)}/${name}`);
    return [{ recorded, placeOf: placesIn(new ScriptMaps(scriptsOf(rawFolder, process, thread), readText), sources) }];
  });
  return processes.length > 0 ? traceOf(processes) : undefined;
}

/** Leads from the compiled script to the source, and names the function around the place. */
function placesIn(maps: ScriptMaps, sources: Sources): PlaceLookup {
  const frames = new Frames(sources.roots, sources.machinery);
  return ({ script, line, column }) => {
    const id = maps.idOf(script);
    const path = script.startsWith('data:') ? maps.onlySource(id) : pathOf(script);
    if (path === undefined) return undefined;
    const place = maps.place(id, path, line - 1, column - 1);
    const file = frames.relative(place.file);
    if (file === undefined) return undefined;
    const functions = sources.functionsOf(file);
    const found = functions ? identify({ file, name: '', line: place.line, column: place.column }, functions) : undefined;
    return { file, functionName: found?.functionName ?? '', line: place.line, functionLine: found?.line ?? 0, ...(found?.hash && { hash: found.hash }) };
  };
}
