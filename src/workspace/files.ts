import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { failures, type Failure } from '../core/failures';
import { languageOfFile } from '../core/language';
import { GitIgnore } from './files/gitignore';
import { isGeneratedPath, isSkippedFolder, isTestPath } from './files/skip';
import { isManifest } from './manifests';

export { isGeneratedPath, isTestPath } from './files/skip';
export { isGenerated, LARGEST_FILE_BYTES, readablePart, readSource, type SourceReading } from './files/readSource';

export interface ListOptions {
  /** Globs relative to the folder that is listed; one that matches a folder leaves out what is in it. */
  readonly exclude?: readonly string[];
  /** Tests, fixtures and mocks are left out unless this is set. */
  readonly includeTests?: boolean;
  readonly signal?: AbortSignal;
}

export interface Listing {
  /** Relative to the folder, with forward slashes, in path order. */
  readonly files: readonly string[];
  /** The manifests that name what the project depends on, likewise. */
  readonly manifests: readonly string[];
  /** Folders that could not be read. */
  readonly failures: readonly Failure[];
}

/**
 * Lists the project's own source files below `folder`, an absolute path. What git ignores, what a
 * tool wrote and other people's code is left out. Symbolic links are not followed, so a loop of
 * them cannot be entered and no file is listed twice.
 * @throws the signal's reason when it is aborted.
 */
export async function listSourceFiles(folder: string, options: ListOptions = {}): Promise<Listing> {
  const lister = new Lister(folder, options);
  await lister.visit('', await GitIgnore.of(folder));
  return { files: lister.files.sort(), manifests: lister.manifests.sort(), failures: lister.failures.sort((a, b) => (a.file! < b.file! ? -1 : 1)) };
}

class Lister {
  readonly files: string[] = [];
  readonly manifests: string[] = [];
  readonly failures: Failure[] = [];
  private readonly isExcluded: (path: string) => boolean;

  constructor(
    private readonly root: string,
    private readonly options: ListOptions,
  ) {
    const { exclude = [] } = options;
    this.isExcluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
  }

  /** `folder` is relative to the root and ends with a slash, except for the root itself. */
  async visit(folder: string, outer: GitIgnore): Promise<void> {
    this.options.signal?.throwIfAborted();
    const entries = await this.entries(folder);
    if (entries.some(({ name }) => name === 'pyvenv.cfg')) return;
    const gitIgnore = folder !== '' && entries.some(({ name }) => name === '.gitignore') ? await outer.enter(join(this.root, folder)) : outer;
    // The folders below are read side by side: what takes long is waiting for the disk.
    const below: Promise<void>[] = [];
    for (const entry of entries) {
      const path = folder + entry.name;
      if (entry.isFile() && isManifest(path) && this.wants(path, path) && !gitIgnore.ignores(join(this.root, path), false)) {
        this.manifests.push(path);
      }
      if (entry.isFile() && this.wantsFile(path) && !gitIgnore.ignores(join(this.root, path), false)) {
        this.files.push(path);
      }
      if (entry.isDirectory() && this.wantsFolder(path) && !gitIgnore.ignores(join(this.root, path), true)) {
        below.push(this.visit(`${path}/`, gitIgnore));
      }
    }
    await Promise.all(below);
  }

  private async entries(folder: string): Promise<Dirent[]> {
    try {
      return await readdir(join(this.root, folder), { withFileTypes: true });
    } catch (cause) {
      this.failures.push(failures.unreadableFolder(folder.slice(0, -1) || '.', cause));
      return [];
    }
  }

  private wantsFile(path: string): boolean {
    return languageOfFile(path) !== undefined && !isGeneratedPath(path) && this.wants(path, path);
  }

  private wantsFolder(path: string): boolean {
    return !isSkippedFolder(path) && this.wants(path, `${path}/`);
  }

  /** `place` is the path, with a slash at the end where it is a folder. */
  private wants(path: string, place: string): boolean {
    return !this.isExcluded(path) && (this.options.includeTests === true || !isTestPath(place));
  }
}
