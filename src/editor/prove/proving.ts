import * as vscode from 'vscode';
import { FailureError } from '../../core/failures';
import { proofFailures } from '../../core/proofFailures';
import { Method, type AskedQuery, type ProofPlanParams, type ProofPlanResult, type ProofResult } from '../../lsp/protocol';
import type { ProofPlan } from '../../prove/plan/plan';
import { runProver } from '../../prove/runProver';
import type { Measuring } from '../measure/measuring';
import type { Server } from '../server/server';
import { setting } from '../settings';
import { Connection } from './connection';

/** Loading and measuring bound themselves; this is for an engine that hangs. Whoever has waited enough can cancel. */
const LONGEST_MS = 10 * 60_000;

/** What is asked: the query at a place, or the advice of a finding. Where it is tried is decided here. */
export type Question = Omit<ProofPlanParams, 'engine' | 'analyse' | 'asked'>;

/** How a program asks before a plan is carried out, and when it has to end. */
export interface AskedOptions {
  /** False: nothing is run. */
  readonly confirm: (plan: ProofPlan) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Runs one proof at a time, and none beside a measurement: they would take the machine from each other. */
export class Proving implements vscode.Disposable {
  readonly connection: Connection;
  private readonly found = new vscode.EventEmitter<ProofResult>();
  private latest?: ProofResult;

  /** A proof has ended with a result. */
  readonly onFound = this.found.event;

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly measuring: Measuring,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.connection = new Connection(context.secrets);
  }

  /** The newest result of this window, for a view that is opened later. */
  get result(): ProofResult | undefined {
    return this.latest;
  }

  forget(): void {
    this.latest = undefined;
  }

  /** @returns the result; undefined when the person has chosen nothing. Throws FailureError. */
  async prove(question: Question): Promise<ProofResult | undefined> {
    this.measuring.ensureAllowed();
    const engine = setting('explainEngine');
    const analyse = engine === 'postgres' ? await pickHow() : false;
    if (analyse === undefined) return undefined;
    const connection = engine === 'postgres' ? await this.connection.get() : undefined;
    const about = question.finding === undefined ? {} : { findingId: question.finding };
    return this.measuring.exclusively('Proving a query', async (cancelled) => {
      const planned = await this.server.request(Method.proofPlan, { ...question, engine, analyse });
      const result = await this.run(planned, connection, cancelled);
      this.log.info(`Proof ${result.proof.runId}: ${result.message}`);
      // The advice of a finding has its card; what was asked of a query stands on top of the report.
      if (question.finding === undefined) this.latest = result;
      this.found.fire(result);
      return result;
    }, about);
  }

  /**
   * Explains a query that a program has asked about, never by running it on the user's own data.
   * @returns undefined when it was refused. Throws FailureError.
   */
  async proveAsked(asked: AskedQuery, { confirm, signal }: AskedOptions): Promise<ProofResult | undefined> {
    this.measuring.ensureAllowed();
    const engine = setting('explainEngine');
    const connection = engine === 'postgres' ? await this.connection.get() : undefined;
    const planned = await this.server.request(Method.proofPlan, { asked, prove: false, engine, analyse: false });
    if (!(await confirm(planned.plan))) return undefined;
    return this.measuring.exclusively('Proving a query', (cancelled) => this.run(planned, connection, AbortSignal.any([signal, cancelled])));
  }

  dispose(): void {
    this.found.dispose();
  }

  private run({ folder, plan, python }: ProofPlanResult, connection: string | undefined, signal: AbortSignal): Thenable<ProofResult> {
    const title = plan.candidates.length > 0 ? 'Proving a recommendation' : 'Explaining a query';
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (progress, token) => {
      const cancellation = new AbortController();
      token.onCancellationRequested(() => cancellation.abort());
      const signals = AbortSignal.any([cancellation.signal, signal]);
      const startedAt = new Date();
      const report = (message: string): void => progress.report({ message });
      const proof = await runProver(plan, { signal: signals, timeoutMs: LONGEST_MS, report, connection, python }).catch((error: unknown) => {
        // Whoever has pressed Cancel needs no message about it.
        if (error instanceof FailureError && error.failure.code === proofFailures.proofCancelled().code) throw new vscode.CancellationError();
        throw error;
      });
      report('storing the result');
      return this.server.request(Method.proofFinish, { folder, plan, proof, startedAt: startedAt.toISOString(), durationMs: Date.now() - startedAt.getTime() });
    });
  }
}

/** Planning reads no row. Running reads them, so it is a choice of its own each time. */
async function pickHow(): Promise<boolean | undefined> {
  const items = [
    { label: '$(search) Plan it only', detail: 'EXPLAIN without running the query. Indexes are tried as hypothetical ones where hypopg is installed.', analyse: false },
    {
      label: '$(play) Run it, read-only',
      detail: 'EXPLAIN ANALYZE of a single SELECT without side effects, in a READ ONLY transaction with time limits.',
      analyse: true,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Explain on your own database', placeHolder: 'Nothing is built or changed there.' });
  return picked?.analyse;
}
