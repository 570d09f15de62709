import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Run } from '../core/evidence';
import { FailureError, failures } from '../core/failures';
import { type CpuProfile, parseCpuProfile } from './cpuProfile/parse';
import type { TimeWindow } from './cpuProfile/weights';
import { parseDriven } from './driven';
import { EVIDENCE_FOLDER } from './store';

/** A text of more cannot be parsed without gigabytes of memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What a profiler has written for a run. */
export interface StoredProfile {
  readonly profile: CpuProfile;
  /** The measured part of it; absent where that is the whole. */
  readonly window?: TimeWindow;
}

/** Whether a run has a profile with call stacks. Counts of calls, as cProfile alone has them, are none. */
export const hasCallStacks = ({ kind, raw }: Run): boolean => kind === 'cpu-profile' && raw !== undefined && raw.endsWith('.cpuprofile');

/** Reads and parses it; `folder` is that of the evidence. Throws FailureError where there is none, or where it is broken or too large. */
export async function readStoredProfile(folder: string, run: Run): Promise<StoredProfile> {
  if (!hasCallStacks(run)) throw new FailureError(failures.noCallStacks(run.id));
  const path = pathOf(folder, run.raw!);
  const file = `${EVIDENCE_FOLDER}/${run.raw!}`;
  const { size } = await stat(path).catch(() => {
    throw new FailureError(failures.rawProfileMissing(run.id));
  });
  if (size > MOST_BYTES) throw new FailureError(failures.largeProfile(file, size, MOST_BYTES));
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new FailureError(failures.unreadableFile(file, error));
  });
  return { profile: parseCpuProfile(text, file), window: await windowOf(path, run) };
}

/** A run file is input from outside: a path that leads out of the folder is none of its profile. */
function pathOf(folder: string, raw: string): string {
  const path = resolve(folder, raw);
  if (!path.startsWith(resolve(folder) + sep)) throw new FailureError(failures.unreadableFile(raw, 'it is outside of the evidence folder'));
  return path;
}

/** A generated driver says when its calls began and ended; only Node's clock is the profile's. */
async function windowOf(path: string, run: Run): Promise<TimeWindow | undefined> {
  if (run.driver.kind !== 'generated') return undefined;
  const file = join(dirname(path), 'drive.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { startUs, endUs } = parseDriven(text, `${EVIDENCE_FOLDER}/raw/${run.id}/drive.json`);
  return startUs === undefined || endUs === undefined ? undefined : { startUs, endUs };
}
