import type { ExplainOutcome, Permission, QueryProver } from '../../advisor/host';
import { explainedBy } from '../../advisor/evidence/proof';
import { proofCommand } from '../../advisor/tools/proofCommand';
import type { Proving } from '../prove/proving';
import { failureOf } from '../tell';

/** Explains as "Explain This Query" does, once the exact statements were allowed. */
export class EditorProver implements QueryProver {
  constructor(
    private readonly proving: Proving,
    /** The URI of the workspace folder. */
    private readonly folder: string,
  ) {}

  async explain({ sql, change }: Parameters<QueryProver['explain']>[0], { ask, signal }: Permission): Promise<ExplainOutcome> {
    try {
      const result = await this.proving.proveAsked({ folder: this.folder, sql, change }, { confirm: (plan) => ask(proofCommand(plan), ''), signal });
      return result === undefined ? { kind: 'refused' } : explainedBy(result.proof);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined || failure.code === 'unexpected') throw error;
      return { kind: 'not-explained', why: failure.message };
    }
  }
}
