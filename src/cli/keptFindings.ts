import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PerformanceConfig } from '../core/config';
import { contentHash } from '../core/hash';
import { BUILD_ID } from '../detect/buildId';
import { writeAtomically } from '../evidence/atomicWrite';
import { cacheFolder } from './cacheFolder';
import type { Found } from './find';
import type { TargetFiles } from './scan';
import type { Target } from './target';

/**
 * What the last check of a target found. Linking asks every file about every other one, so it is the longest part
 * of a check that parses nothing; where nothing at all has changed there is nothing to ask. A convenience like the
 * cache of analyses: one that is missing or unreadable costs a scan.
 */
export class KeptFindings {
  private constructor(
    private readonly path: string,
    private readonly key: string,
  ) {}

  /** Undefined where the program runs from its sources and may change at any time. Files are taken as they are now. */
  static of(target: Target, listed: TargetFiles, config: PerformanceConfig): KeptFindings | undefined {
    if (BUILD_ID === undefined) return undefined;
    const name = contentHash(JSON.stringify([target.root, target.workspace, target.folders, target.files]));
    return new KeptFindings(join(cacheFolder(), `${name}.findings.json`), keyOf(target.workspace, listed, config, BUILD_ID));
  }

  async read(): Promise<Found | undefined> {
    try {
      const text = await readFile(this.path, 'utf8');
      return text.startsWith(`${this.key}\n`) ? (JSON.parse(text.slice(this.key.length)) as Found) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Without a place to keep them the next check takes as long as this one, and nothing else is lost. */
  async save(found: Found): Promise<void> {
    // Permission to read a file may be given without a change of the file.
    if (found.failures.some(({ code }) => code.startsWith('unreadable-'))) return;
    try {
      await mkdir(cacheFolder(), { recursive: true });
      await writeAtomically(this.path, `${this.key}\n${JSON.stringify(found)}\n`);
    } catch {
      return;
    }
  }
}

/** Everything that findings depend on: the program, the configuration, the day that ends a suppression, and each file's stamp. */
function keyOf(workspace: string, { files, manifests }: TargetFiles, config: PerformanceConfig, build: string): string {
  const day = new Date().toISOString().slice(0, 10);
  const hash = createHash('sha256').update(JSON.stringify([build, day, config]));
  for (const file of [...manifests, ...files]) {
    const stats = statSync(join(workspace, file), { throwIfNoEntry: false });
    hash.update(`\n${file}\0${stats?.size}\0${stats?.mtimeMs}`);
  }
  return hash.digest('hex');
}
