import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, FailureError, failures } from '../core/failures';
import type { Proposal } from '../core/proposal';
import { writeAtomically } from './atomicWrite';
import { parseProposal, PROPOSAL_ID } from './proposalFile';
import { EVIDENCE_FOLDER } from './store';

const FOLDER = 'proposals';

/** The advisor's recommendations for one workspace: `.performance/proposals/<id>.json`, one file each. */
export class ProposalStore {
  private readonly folder: string;

  constructor(private readonly workspace: string) {
    this.folder = join(workspace, EVIDENCE_FOLDER, FOLDER);
  }

  /** Stores a proposal; one of the same id is replaced. Throws FailureError and leaves nothing half-written. */
  async put(proposal: Proposal): Promise<void> {
    const file = `${EVIDENCE_FOLDER}/${FOLDER}/${proposal.id}.json`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(join(this.workspace, EVIDENCE_FOLDER, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      await writeAtomically(join(this.folder, `${proposal.id}.json`), `${JSON.stringify(proposal)}\n`);
    } catch (error) {
      throw new FailureError(failures.evidenceNotWritten(file, error));
    }
  }

  /** Removes a proposal. @returns whether there was one. */
  async remove(id: string): Promise<boolean> {
    if (!PROPOSAL_ID.test(id)) return false;
    return rm(join(this.folder, `${id}.json`)).then(
      () => true,
      () => false,
    );
  }

  /** Oldest first, with one failure for each file that could not be read. */
  async list(): Promise<{ readonly proposals: readonly Proposal[]; readonly failures: readonly Failure[] }> {
    const names = (await readdir(this.folder).catch((): string[] => [])).filter((name) => name.endsWith('.json')).sort();
    const results = await Promise.all(names.map((name) => this.read(name)));
    return {
      proposals: results.flatMap((result) => ('code' in result ? [] : [result])).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
      failures: results.flatMap((result) => ('code' in result ? [result] : [])),
    };
  }

  private async read(name: string): Promise<Proposal | Failure> {
    const file = `${EVIDENCE_FOLDER}/${FOLDER}/${name}`;
    try {
      return parseProposal(await readFile(join(this.folder, name), 'utf8'), name.slice(0, -'.json'.length));
    } catch (error) {
      return failures.brokenEvidence(file, error);
    }
  }
}
