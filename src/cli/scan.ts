import type { PerformanceConfig } from '../core/config';
import type { Failure } from '../core/failures';
import { failures as makeFailure } from '../core/failures';
import { languageOfFile } from '../core/language';
import { AnalysisCache } from '../detect/analysisCache';
import { BUILD_ID } from '../detect/buildId';
import { createDetector, type Detector } from '../detect/detector';
import { readInto } from '../detect/reading';
import { listSourceFiles } from '../workspace/files';
import { cacheFolder } from './cacheFolder';
import { relativePath, type Target } from './target';

export interface ScanOptions {
  readonly config: PerformanceConfig;
  readonly includeTests?: boolean;
  /** Rules to run instead of all. */
  readonly only?: readonly string[];
  /** Take from the last scan what has not changed since, and keep this one for the next. */
  readonly useCache?: boolean;
}

/** What was read and what the detector knows of it. Paths are relative to the workspace. */
export interface Scan {
  readonly detector: Detector;
  readonly fileCount: number;
  /** Files and folders that could not be read. */
  readonly failures: readonly Failure[];
}

/** The files of a target, relative to its workspace. */
export interface TargetFiles {
  readonly files: readonly string[];
  readonly manifests: readonly string[];
  /** Folders that could not be read, and files that are in no language of ours. */
  readonly failures: readonly Failure[];
}

/** Gives every file of the target to a new detector. */
export async function scan(target: Target, options: ScanOptions, listed?: TargetFiles): Promise<Scan> {
  const { config, includeTests, only } = options;
  const { files, manifests, failures: unlisted } = listed ?? (await listTarget(target, includeTests ?? false));
  const failures = [...unlisted];
  const detector = createDetector({ config, only });
  const cache = await openCache(target.workspace, options);
  for (const file of manifests) {
    const reading = await readInto(detector, target.workspace, file);
    if (reading.kind === 'failure') failures.push(reading.failure);
  }
  let fileCount = 0;
  for (const file of files) {
    const reading = await readInto(detector, target.workspace, file, cache);
    if (reading.kind === 'failure') failures.push(reading.failure);
    if (reading.kind === 'known') fileCount++;
  }
  // Without a place to keep it the next scan takes as long as this one, and nothing else is lost.
  await cache?.save().catch(() => undefined);
  return { detector, fileCount, failures };
}

/** A scan for some rules or of some paths knows too little to be kept. */
async function openCache(workspace: string, { only, useCache }: ScanOptions): Promise<AnalysisCache | undefined> {
  return useCache && only === undefined && BUILD_ID !== undefined ? AnalysisCache.open(cacheFolder(), workspace, BUILD_ID) : undefined;
}

/** Each file once, though folders and files may overlap. A file that was named is taken even if it is a test. */
export async function listTarget({ workspace, folders, files }: Target, includeTests: boolean): Promise<TargetFiles> {
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
