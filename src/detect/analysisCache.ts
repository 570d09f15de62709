import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '../core/hash';
import type { FileAnalysis } from './candidate';

/** What tells without reading it that a file is the same as before. */
export interface FileStamp {
  readonly size: number;
  /** Milliseconds since 1970, with fractions. */
  readonly modified: number;
}

export interface CachedAnalysis extends FileStamp {
  readonly textHash: string;
  /** null for a file that a tool wrote, which is not looked at. */
  readonly analysis: FileAnalysis | null;
}

/** Raised with the layout of the cache's file; what the analyses hold is covered by the build. */
const LAYOUT = 1;

/**
 * The analyses of one folder's files from the last time, so that only what has changed is parsed. It is a
 * convenience: one that is missing, unreadable or of another build is an empty one, and losing it costs a scan.
 */
export class AnalysisCache {
  private readonly fresh = new Map<string, CachedAnalysis>();
  private hasChanged = false;

  private constructor(
    private readonly path: string,
    private readonly header: string,
    private readonly before: ReadonlyMap<string, CachedAnalysis>,
  ) {}

  /**
   * @param folder where caches are kept; it is made when something is saved.
   * @param root the folder that was scanned.
   * @param build names the program, because another one may find something else.
   */
  static async open(folder: string, root: string, build: string): Promise<AnalysisCache> {
    const path = join(folder, `${contentHash(root)}.json`);
    const header = JSON.stringify({ layout: LAYOUT, build, root });
    return new AnalysisCache(path, header, await read(path, header));
  }

  /** The analysis of a file with this stamp, or of one with this text. */
  get(file: string, by: FileStamp | { readonly textHash: string }): CachedAnalysis | undefined {
    const known = this.before.get(file);
    if (known === undefined) return undefined;
    const isSame = 'textHash' in by ? known.textHash === by.textHash : known.size === by.size && known.modified === by.modified;
    return isSame ? known : undefined;
  }

  /** Notes what is known of a file now. What is not noted until `save` is forgotten. */
  set(file: string, entry: CachedAnalysis): void {
    const known = this.before.get(file);
    if (known !== entry) this.hasChanged = true;
    this.fresh.set(file, entry);
  }

  /** Writes what was noted, unless it is what was read. @throws where the disk refuses. */
  async save(): Promise<void> {
    if (!this.hasChanged && this.fresh.size === this.before.size) return;
    const lines = [...this.fresh].map((entry) => JSON.stringify(entry));
    const temporary = `${this.path}.${process.pid}`;
    await mkdir(join(this.path, '..'), { recursive: true });
    try {
      await writeFile(temporary, `${this.header}\n${lines.join('\n')}\n`);
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}

async function read(path: string, header: string): Promise<ReadonlyMap<string, CachedAnalysis>> {
  try {
    const text = await readFile(path, 'utf8');
    if (!text.startsWith(`${header}\n`)) return new Map();
    return new Map(JSON.parse(`[${text.slice(header.length + 1).trimEnd().replaceAll('\n', ',')}]`) as [string, CachedAnalysis][]);
  } catch {
    return new Map();
  }
}
