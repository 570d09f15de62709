import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FailureError, failures } from '../core/failures';
import type { Sources } from '../evidence/attribution';
import { withAnnotations } from '../evidence/cpuProfile/annotated';
import type { ThreadProfile } from '../evidence/cpuProfile/costs';
import { withFiles } from '../evidence/cpuProfile/dataUrls';
import { Frames } from '../evidence/cpuProfile/frames';
import { parseCpuProfile } from '../evidence/cpuProfile/parse';
import { type ReadText, type Script, ScriptMaps } from '../evidence/cpuProfile/scriptMaps';
import { EVIDENCE_FOLDER } from '../evidence/store';

/** A profile with the file it is in. */
export interface ReadProfile extends ThreadProfile {
  /** Relative to `.performance/`. */
  readonly raw: string;
}

/** The copy for viewers, which is made from the others. */
export const SOURCES_PROFILE = 'sources.cpuprofile';
const PROCESS_AND_THREAD = /\.(\d+)\.(\d+)\.\d+\.cpuprofile$/;

/**
 * Reads the profiles of a run that hold code of the workspace; with `targetFile` only those that hold
 * that file, if any does: a test runner's own processes say nothing of it. Throws FailureError on a broken one.
 */
export function readProfiles(rawFolder: string, sources: Sources, targetFile?: string): readonly ReadProfile[] {
  const names = readdirSync(rawFolder).filter((name) => name.endsWith('.cpuprofile') && name !== SOURCES_PROFILE).sort();
  const frames = new Frames(sources.roots, sources.machinery);
  const seen = names.map((name) => {
    const raw = `raw/${basename(rawFolder)}/${name}`;
    const maps = new ScriptMaps(scriptsBeside(rawFolder, name), readText);
    const profile = withFiles(withAnnotations(parseCpuProfile(profileText(join(rawFolder, name), `${EVIDENCE_FOLDER}/${raw}`), `${EVIDENCE_FOLDER}/${raw}`)), maps);
    return { raw, profile, maps, files: sourceFiles({ profile, maps }, frames) };
  });
  const withTarget = seen.filter(({ files }) => targetFile !== undefined && files.has(targetFile));
  return withTarget.length > 0 ? withTarget : seen.filter(({ files }) => files.size > 0);
}

/** A text of the engine ends at half a gigabyte, and its tree takes several times that. */
const MOST_BYTES = 500 * 1000 * 1000;

function profileText(path: string, file: string): string {
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new FailureError(failures.largeProfile(file, size, MOST_BYTES));
  return readFileSync(path, 'utf8');
}

function sourceFiles({ profile, maps }: ThreadProfile, frames: Frames): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { callFrame } of profile.nodes) {
    const kind = frames.kindOf(callFrame);
    if (kind.kind !== 'workspace') continue;
    const file = frames.relative(maps.place(callFrame.scriptId, kind.path, callFrame.lineNumber, callFrame.columnNumber).file);
    if (file !== undefined) files.add(file);
  }
  return files;
}

function scriptsBeside(rawFolder: string, profileName: string): readonly Script[] {
  const thread = PROCESS_AND_THREAD.exec(profileName);
  return thread ? scriptsOf(rawFolder, thread[1]!, thread[2]!) : [];
}

/** The scripts of a process and thread; none where it ended too soon to write them. Throws FailureError. */
export function scriptsOf(rawFolder: string, process: string, thread: string): readonly Script[] {
  const name = `scripts.${process}.${thread}.json`;
  const text = readText(join(rawFolder, name));
  if (text === undefined) return [];
  try {
    return JSON.parse(text) as readonly Script[];
  } catch (error) {
    throw new FailureError(failures.brokenProfile(name, error));
  }
}

export const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
