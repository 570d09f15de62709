import { explainedBy } from '../../advisor/evidence/proof';
import type { ExplainOutcome, Permission, QueryProver } from '../../advisor/host';
import { proofCommand } from '../../advisor/tools/proofCommand';
import { FailureError } from '../../core/failures';
import { makeProofPlan } from '../../prove/plan/makeProofPlan';
import { askedSubject } from '../../prove/subject';
import { toReportProof } from '../../report/proof';
import { carryOut, sqlSources } from '../proving';
import type { FolderFacts } from './facts';

/** Explains in PGlite, on made-up rows. The user's own server is left to the command line, where its connection is named. */
export class FolderProver implements QueryProver {
  constructor(
    private readonly workspace: string,
    private readonly facts: FolderFacts,
  ) {}

  async explain({ sql, change }: Parameters<QueryProver['explain']>[0], { ask, signal }: Permission): Promise<ExplainOutcome> {
    try {
      await this.facts.current(signal);
      const { detector } = this.facts;
      const request = { ...(await askedSubject(sql)), index: change, engine: 'pglite' as const };
      const plan = makeProofPlan(request, detector.workspaceFrom(), await sqlSources(this.workspace, detector));
      if (!(await ask(proofCommand(plan), ''))) return { kind: 'refused' };
      const run = await carryOut(plan, this.workspace, { signal, report: (text) => void process.stderr.write(`${text}\n`) });
      return explainedBy(toReportProof({ run, proof: run.proof }));
    } catch (error) {
      if (error instanceof FailureError) return { kind: 'not-explained', why: error.failure.message };
      throw error;
    }
  }
}
