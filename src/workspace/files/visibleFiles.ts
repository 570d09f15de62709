import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { GitIgnore } from './gitignore';
import { isSkippedFolder } from './skip';

export interface VisibleOptions {
  /** Globs relative to the folder; one that matches a folder hides what is in it. */
  readonly exclude?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * The project's own files of every kind, source or not, as `git ls-files` would name them: what git ignores and
 * what is excluded is hidden. Paths are relative to the folder, with forward slashes.
 */
export class VisibleFiles {
  private readonly isExcluded: (path: string) => boolean;

  /** @param root absolute. */
  constructor(
    private readonly root: string,
    private readonly options: VisibleOptions = {},
  ) {
    const { exclude = [] } = options;
    this.isExcluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
  }

  /** Whether a file is among them, by its path alone: it need not exist. */
  async isVisible(file: string): Promise<boolean> {
    const names = file.split('/');
    let gitIgnore = await GitIgnore.of(this.root);
    for (let depth = 1; depth < names.length; depth++) {
      const folder = names.slice(0, depth).join('/');
      if (this.isExcluded(folder) || gitIgnore.ignores(join(this.root, folder), true)) return false;
      gitIgnore = await gitIgnore.enter(names[depth - 1]!);
    }
    return !this.isExcluded(file) && !gitIgnore.ignores(join(this.root, file), false);
  }

  /**
   * Lists them in path order. Folders of output and of other people's code are left out, and symbolic links are
   * not followed. Folders that cannot be read count as empty.
   * @throws the signal's reason when it is aborted.
   */
  async *list(): AsyncGenerator<string> {
    yield* this.below('', await GitIgnore.of(this.root));
  }

  /** `folder` ends with a slash, except for the root itself. */
  private async *below(folder: string, gitIgnore: GitIgnore): AsyncGenerator<string> {
    this.options.signal?.throwIfAborted();
    for (const entry of await this.entries(folder)) {
      const path = folder + entry.name;
      if (this.isExcluded(path) || gitIgnore.ignores(join(this.root, path), entry.isDirectory())) continue;
      if (entry.isFile()) yield path;
      if (entry.isDirectory() && !isSkippedFolder(path)) yield* this.below(`${path}/`, await gitIgnore.enter(entry.name));
    }
  }

  private async entries(folder: string): Promise<Dirent[]> {
    const entries = await readdir(join(this.root, folder), { withFileTypes: true }).catch((): Dirent[] => []);
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
