import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../core/failures';
import { contentHash } from '../core/hash';
import { readSource } from '../workspace/files';
import { isManifest } from '../workspace/manifests';
import type { AnalysisCache, FileStamp } from './analysisCache';
import type { Detector } from './detector';

/** What came of a file: it is known to the detector, it is not looked at, or it could not be read. */
export type Reading = { readonly kind: 'known' } | { readonly kind: 'generated' } | { readonly kind: 'failure'; readonly failure: Failure };

/**
 * Makes a file of a folder known to the detector, from the cache where it has not changed since.
 * @param folder absolute path; `file` is relative to it.
 */
export async function readInto(detector: Detector, folder: string, file: string, analyses?: AnalysisCache): Promise<Reading> {
  // A linter's configuration may be a source file too; an analysis holds nothing of what it configures.
  const cache = isManifest(file) ? undefined : analyses;
  const stamp = stampOf(join(folder, file));
  const known = stamp && cache?.get(file, stamp);
  if (known) return reuse(detector, file, cache!, known, stamp);
  const reading = await readSource(folder, file);
  if (reading.kind === 'failure') return reading;
  const textHash = reading.kind === 'source' ? contentHash(reading.text) : '';
  const same = reading.kind === 'source' ? cache?.get(file, { textHash }) : undefined;
  if (same && stamp) return reuse(detector, file, cache!, same, stamp);
  if (reading.kind === 'source') await detector.update(file, reading.text);
  else detector.remove(file);
  const analysis = reading.kind === 'source' ? detector.analysis(file) : null;
  if (stamp && analysis !== undefined) cache?.set(file, { ...stamp, textHash, analysis });
  return { kind: reading.kind === 'source' ? 'known' : 'generated' };
}

function reuse(detector: Detector, file: string, cache: AnalysisCache, known: NonNullable<ReturnType<AnalysisCache['get']>>, stamp: FileStamp): Reading {
  const isSameStamp = known.modified === stamp.modified && known.size === stamp.size;
  cache.set(file, isSameStamp ? known : { ...known, ...stamp });
  if (known.analysis === null) {
    detector.remove(file);
    return { kind: 'generated' };
  }
  detector.restore(known.analysis, known.textHash);
  return { kind: 'known' };
}

function stampOf(path: string): FileStamp | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && { size: stats.size, modified: stats.mtimeMs };
}
