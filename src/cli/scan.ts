import type { PerformanceConfig } from '../core/config';
import type { Failure } from '../core/failures';
import { failures as makeFailure } from '../core/failures';
import { languageOfFile } from '../core/language';
import { createDetector, type Detector } from '../detect/detector';
import { listSourceFiles, readSource } from '../workspace/files';
import { relativePath, type Target } from './target';

export interface ScanOptions {
  readonly config: PerformanceConfig;
  readonly includeTests?: boolean;
  /** Rules to run instead of all. */
  readonly only?: readonly string[];
}

/** What was read and what the detector knows of it. Paths are relative to the workspace. */
export interface Scan {
  readonly detector: Detector;
  readonly fileCount: number;
  /** Files and folders that could not be read. */
  readonly failures: readonly Failure[];
}

/** Gives every file of the target to a new detector. */
export async function scan(target: Target, { config, includeTests, only }: ScanOptions): Promise<Scan> {
  const { files, manifests, failures } = await listFiles(target, includeTests ?? false);
  const detector = createDetector({ config, only });
  for (const file of manifests) {
    const reading = await readSource(target.workspace, file);
    if (reading.kind === 'failure') failures.push(reading.failure);
    else if (reading.kind === 'source') await detector.update(file, reading.text);
  }
  let fileCount = 0;
  for (const file of files) {
    const reading = await readSource(target.workspace, file);
    if (reading.kind === 'failure') failures.push(reading.failure);
    if (reading.kind !== 'source') continue;
    await detector.update(file, reading.text);
    fileCount++;
  }
  return { detector, fileCount, failures };
}

/** Each file once, though folders and files may overlap. A file that was named is taken even if it is a test. */
async function listFiles({ workspace, folders, files }: Target, includeTests: boolean): Promise<{ files: string[]; manifests: string[]; failures: Failure[] }> {
  const paths = new Set<string>();
  const manifests = new Set<string>();
  const failures: Failure[] = [];
  for (const file of files) {
    const path = relativePath(workspace, file);
    if (languageOfFile(path) === undefined) failures.push(makeFailure.unsupportedFile(path));
    else paths.add(path);
  }
  for (const folder of folders) {
    const prefix = relativePath(workspace, folder);
    const within = (path: string): string => (prefix === '' ? path : `${prefix}/${path}`);
    const listing = await listSourceFiles(folder, { includeTests });
    for (const file of listing.files) paths.add(within(file));
    for (const file of listing.manifests) manifests.add(within(file));
    failures.push(...listing.failures.map((failure) => ({ ...failure, file: failure.file && within(failure.file) })));
  }
  return { files: [...paths].sort(), manifests: [...manifests].sort(), failures };
}
