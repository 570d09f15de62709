import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionCost, Run } from '../core/evidence';
import { type Failure, FailureError, failures } from '../core/failures';
import { type OpenForWriting, writeAtomically } from './atomicWrite';
import { RUN_ID } from './runId';
import { parseRun } from './runFile';

/** The folder's name in a workspace. Paths in failures and runs begin with it. */
export const EVIDENCE_FOLDER = '.performance';

export interface StoredRuns {
  /** Oldest first. */
  readonly runs: readonly Run[];
  /** One for each run file that could not be read. */
  readonly failures: readonly Failure[];
}

/**
 * The measurements of one workspace: `.performance/runs/<id>.json`, one file a run, never changed,
 * and `.performance/raw/<id>/` for what the profilers wrote. The folder ignores itself in git.
 */
export class EvidenceStore {
  readonly folder: string;

  constructor(workspace: string, private readonly open?: OpenForWriting) {
    this.folder = join(workspace, EVIDENCE_FOLDER);
  }

  /** Creates and returns the folder for the files of one run, absolute. Throws FailureError. */
  async rawFolder(id: string): Promise<string> {
    return this.writing(`raw/${id}`, async () => {
      await this.ensureFolder('raw', id);
      return join(this.folder, 'raw', id);
    });
  }

  /** Creates and returns the folder of the generated drivers, absolute. Throws FailureError. */
  async driverFolder(): Promise<string> {
    return this.writing('drivers', async () => {
      await this.ensureFolder('drivers');
      return join(this.folder, 'drivers');
    });
  }

  /** Adds a run; its id is new, so nothing is replaced. Throws FailureError and leaves nothing half-written. */
  async append(run: Run): Promise<void> {
    await this.writing(runPath(run.id), async () => {
      await this.ensureFolder('runs');
      await writeAtomically(join(this.folder, runPath(run.id)), `${JSON.stringify(run)}\n`, this.open);
    });
  }

  /** All runs, the oldest first. */
  async list(): Promise<StoredRuns> {
    let names: string[];
    try {
      names = await readdir(join(this.folder, 'runs'));
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      return { runs: [], failures: missing ? [] : [failures.unreadableFolder(`${EVIDENCE_FOLDER}/runs`, error)] };
    }
    const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [])).sort();
    const results = await Promise.all(ids.map((id) => this.read(id).catch((error: unknown) => failureOf(error))));
    return {
      // Ids tell seconds apart; two short runs may have begun in one.
      runs: results.filter((result): result is Run => 'id' in result).sort((a, b) => (a.startedAt === b.startedAt ? 0 : a.startedAt < b.startedAt ? -1 : 1)),
      failures: results.filter((result): result is Failure => 'code' in result),
    };
  }

  /** Throws FailureError where the run is missing, broken or of a newer version. */
  async read(id: string): Promise<Run> {
    const file = `${EVIDENCE_FOLDER}/${runPath(id)}`;
    if (!RUN_ID.test(id)) throw new FailureError(failures.brokenEvidence(file, 'its name is not that of a run'));
    let text: string;
    try {
      text = await readFile(join(this.folder, runPath(id)), 'utf8');
    } catch (error) {
      throw new FailureError(failures.unreadableFile(file, error));
    }
    return parseRun(text, file, id);
  }

  /** The newest completed profile that saw the function. */
  async latestFor(file: string, functionName: string): Promise<{ run: Run; cost: FunctionCost } | undefined> {
    return latestCost((await this.list()).runs, file, functionName);
  }

  private async ensureFolder(...path: string[]): Promise<void> {
    await mkdir(join(this.folder, ...path), { recursive: true });
    await writeFile(join(this.folder, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }

  private async writing<T>(path: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw new FailureError(failures.evidenceNotWritten(`${EVIDENCE_FOLDER}/${path}`, error));
    }
  }
}

/** The newest completed profile among `runs` (oldest first) that saw the function, with its cost. */
export function latestCost(runs: readonly Run[], file: string, functionName: string): { run: Run; cost: FunctionCost } | undefined {
  for (let i = runs.length - 1; i >= 0; i--) {
    const run = runs[i]!;
    const cost = run.functions.find((candidate) => candidate.file === file && candidate.functionName === functionName);
    if (cost && run.status === 'completed') return { run, cost };
  }
  return undefined;
}

function runPath(id: string): string {
  return `runs/${id}.json`;
}

function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  throw error;
}
