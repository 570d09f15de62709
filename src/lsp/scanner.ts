import { setImmediate as yieldToRequests } from 'node:timers/promises';
import type { Failure } from '../core/failures';
import { listSourceFiles } from '../workspace/files';
import { isManifest } from '../workspace/manifests';

/** What the scanner does to its session. */
export interface ScanTarget {
  /** Absolute path of the folder. */
  readonly root: string;
  exclude(): readonly string[];
  /** Whether a file's text is the editor's and not the disk's. */
  isOpen(file: string): boolean;
  known(): readonly string[];
  /** Makes a file of the disk known; answers why it could not be read. */
  read(file: string): Promise<Failure | undefined>;
  /** Analyses the text of an open file, if that has not happened yet. */
  updateOpen(file: string): Promise<unknown>;
  remove(file: string): void;
  progress(done: number, total: number): void;
}

/**
 * Keeps a folder's files known to the detector, one file at a time in the background.
 *
 *   idle --request--> scanning --done--> idle
 *                     scanning --request--> scanning once more from the list
 *                     any      --dispose--> stopped
 */
export class Scanner {
  /** Why files are missing, by file. */
  readonly failures = new Map<string, Failure>();
  private readonly stop = new AbortController();
  private readonly seen = new Set<string>();
  private stale: 'all' | Set<string> = 'all';
  private wanted = false;
  private running?: Promise<void>;

  constructor(private readonly target: ScanTarget) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Looks at the folder again; `changed` files are read anew, all others only if they are new. */
  request(changed: readonly string[] = []): Promise<void> {
    if (this.stale !== 'all') for (const file of changed) this.stale.add(file);
    this.wanted = true;
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  dispose(): void {
    this.stop.abort();
  }

  private async run(): Promise<void> {
    while (this.wanted && !this.stop.signal.aborted) {
      this.wanted = false;
      await this.pass().catch((error: unknown) => {
        if (!this.stop.signal.aborted) throw error;
      });
    }
  }

  private async pass(): Promise<void> {
    const listing = await listSourceFiles(this.target.root, { exclude: this.target.exclude(), signal: this.stop.signal });
    const stale = this.stale;
    this.stale = new Set();
    const listed = new Set([...listing.manifests, ...listing.files]);
    this.forgetAllBut(listed);
    for (const failure of listing.failures) this.failures.set(failure.file ?? '', failure);
    const pending = schemaFirst([...listed].filter((file) => stale === 'all' || stale.has(file) || !this.seen.has(file)));
    for (const [index, file] of pending.entries()) {
      await this.read(file);
      await yieldToRequests();
      if (this.stop.signal.aborted) return;
      this.target.progress(index + 1, pending.length);
    }
  }

  private async read(file: string): Promise<void> {
    this.seen.add(file);
    if (this.target.isOpen(file)) return void (await this.target.updateOpen(file));
    const failure = await this.target.read(file);
    if (failure) this.failures.set(file, failure);
    else this.failures.delete(file);
    if (failure && !this.target.isOpen(file)) this.target.remove(file);
  }

  private forgetAllBut(listed: ReadonlySet<string>): void {
    for (const file of new Set([...this.target.known(), ...this.seen, ...this.failures.keys()])) {
      if (listed.has(file)) continue;
      this.seen.delete(file);
      this.failures.delete(file);
      if (!this.target.isOpen(file)) this.target.remove(file);
    }
  }
}

/** Statements about a table can be judged once its schema is known, so files that hold schema are read first, after the manifests. */
function schemaFirst(files: readonly string[]): string[] {
  const rank = (file: string): number => (isManifest(file) ? -1 : file.endsWith('.sql') ? 0 : /migrations?\/|models?\b|schema/i.test(file) ? 1 : 2);
  return [...files].sort((a, b) => rank(a) - rank(b));
}
