import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { languageOfFile } from '../../core/language';
import { LARGEST_FILE_BYTES } from '../../workspace/files';
import { decodeSource } from '../../workspace/files/decode';
import { VisibleFiles } from '../../workspace/files/visibleFiles';
import { isSecretPath } from '../privacy/secretPaths';

export interface ConfinedOptions {
  /** Globs of files that may not be read, on top of what git ignores. */
  readonly exclude: readonly string[];
  /** The text of a file as it is in an editor, unsaved; undefined where it is not open. */
  readonly openText?: (file: string) => string | undefined;
}

/** Why a file is not read, as a sentence for the model. */
export class NotReadable extends Error {}

/**
 * The files of one workspace folder that may be read for the advisor: inside the folder after every symbolic link
 * is resolved, not ignored by git, not excluded, not a secret by its name, and not too large.
 */
export class ConfinedFiles {
  /** @param root absolute path of the workspace folder. */
  constructor(
    readonly root: string,
    private readonly options: ConfinedOptions,
  ) {}

  /**
   * The text of a file. `path` is relative to the folder, or absolute inside it.
   * @throws NotReadable
   */
  async text(path: string): Promise<{ readonly file: string; readonly text: string }> {
    const { file, real } = await this.locate(path);
    const open = this.options.openText?.(file);
    return { file, text: open ?? (await readConfined(real, file)) };
  }

  /** Files that may be read, in path order. @throws the signal's reason when it is aborted. */
  async *list(signal?: AbortSignal): AsyncGenerator<string> {
    for await (const file of this.visible(signal).list()) if (!isSecretPath(file)) yield file;
  }

  /** The text of a file that `list` has named: no link leads to it, and it was found to be allowed. @throws NotReadable */
  async listedText(file: string): Promise<string> {
    return this.options.openText?.(file) ?? readConfined(join(this.root, file), file);
  }

  /** Both the path that is named and the place it leads to have to be allowed. @throws NotReadable */
  private async locate(path: string): Promise<{ readonly file: string; readonly real: string }> {
    if (path.includes('\0') || path.trim() === '') throw new NotReadable('That is no path.');
    const absolute = resolve(this.root, path);
    const file = inside(this.root, absolute);
    if (file === undefined) throw new NotReadable(`${path} is outside of the workspace folder and cannot be read.`);
    await this.ensureAllowed(file);
    const root = await realpath(this.root);
    const real = await realpath(absolute).catch(() => undefined);
    if (real === undefined) throw new NotReadable(`There is no file ${file}.`);
    const target = inside(root, real);
    if (target === undefined) throw new NotReadable(`${file} is a link out of the workspace folder and is not followed.`);
    if (target !== file) await this.ensureAllowed(target);
    return { file, real };
  }

  private async ensureAllowed(file: string): Promise<void> {
    if (isSecretPath(file)) throw new NotReadable(`${file} may hold secrets and is never read.`);
    if (!(await this.visible().isVisible(file))) throw new NotReadable(`${file} is ignored by git or excluded by the user and is not read.`);
  }

  private visible(signal?: AbortSignal): VisibleFiles {
    return new VisibleFiles(this.root, { exclude: this.options.exclude, signal });
  }
}

/** The path relative to a folder with forward slashes; undefined where it is not below it. */
function inside(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : way.split(sep).join('/');
}

/** Opens without following a link that was put there in the meantime, and without waiting for a pipe. */
async function readConfined(real: string, file: string): Promise<string> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(real, flags).catch((error: NodeJS.ErrnoException) => {
    throw new NotReadable(`${file} cannot be read (${error.code ?? 'error'}).`);
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new NotReadable(`${file} is not a regular file.`);
    if (stats.size > LARGEST_FILE_BYTES) throw new NotReadable(`${file} has ${stats.size} bytes, more than the limit of ${LARGEST_FILE_BYTES}.`);
    const text = decodeSource(await handle.readFile(), languageOfFile(file));
    if (text === undefined) throw new NotReadable(`${file} is not text.`);
    return text;
  } finally {
    await handle.close();
  }
}
