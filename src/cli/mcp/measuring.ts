import { join } from 'node:path';
import { chooseByLabel } from '../../advisor/choice';
import type { MeasureOutcome, Measurer, Permission } from '../../advisor/host';
import { commandLine } from '../../advisor/tools/command';
import { FailureError, failures } from '../../core/failures';
import { EvidenceStore } from '../../evidence/store';
import { listBenchmarks, listDrivers, measure, type MeasurePlan, planBenchmark, planProfile, type Target } from '../../measure';
import { workspaceFiles } from '../workspaceFiles';
import type { FolderFacts } from './facts';

/** A program that takes longer has hung, or is no driver. */
const LONGEST_MS = 10 * 60_000;
const CARRIED_TYPESCRIPT = join(__dirname, 'vendor/ts-morph.js');

/** Measures in a process of this program, whose output goes to the standard error stream: the other one is the protocol's. */
export class FolderMeasurer implements Measurer {
  private readonly store: EvidenceStore;

  constructor(
    private readonly workspace: string,
    private readonly facts: FolderFacts,
  ) {
    this.store = new EvidenceStore(workspace);
  }

  async profile({ file, functionName, driver }: Parameters<Measurer['profile']>[0], permission: Permission): Promise<MeasureOutcome> {
    await this.facts.current(permission.signal);
    const fact = this.facts.functionsOf(file)?.find(({ name }) => name === functionName);
    if (fact === undefined) return { kind: 'not-measured', why: failures.unknownFunction(file, functionName).message };
    const target: Target = { file, functionName, hash: fact.hash };
    const files = await workspaceFiles(this.workspace);
    const chosen = chooseByLabel(listDrivers(target, files, false), driver, { none: failures.noDriver(file, functionName).message, mayGuess: true });
    if ('why' in chosen) return { kind: 'not-measured', why: chosen.why };
    return this.run(permission, () => planProfile(chosen.choice, target, { workspace: files, store: this.store, typescript: CARRIED_TYPESCRIPT }));
  }

  async benchmark({ benchmark }: Parameters<Measurer['benchmark']>[0], permission: Permission): Promise<MeasureOutcome> {
    const files = await workspaceFiles(this.workspace);
    const chosen = chooseByLabel(listBenchmarks(files), benchmark, { none: failures.noBenchmark().message, mayGuess: false });
    if ('why' in chosen) return { kind: 'not-measured', why: chosen.why };
    return this.run(permission, () => planBenchmark(chosen.choice, { workspace: files, store: this.store, typescript: CARRIED_TYPESCRIPT }));
  }

  private async run({ ask, signal }: Permission, plan: () => Promise<MeasurePlan>): Promise<MeasureOutcome> {
    try {
      const planned = await plan();
      if (!(await ask(commandLine(planned.argv, planned.env), planned.driver.cwd))) return { kind: 'refused' };
      const onOutput = (text: string): void => void process.stderr.write(text);
      const run = await measure(planned, this.store, (file) => this.facts.functionsOf(file), { signal, timeoutMs: LONGEST_MS, onOutput });
      if (run.status === 'completed') return { kind: 'measured', run: run.id, message: `Measured: ${run.driver.label}.` };
      return { kind: 'not-measured', why: run.failure?.message ?? failures.benchmarkCancelled(run.driver.label).message };
    } catch (error) {
      if (error instanceof FailureError) return { kind: 'not-measured', why: error.failure.message };
      throw error;
    }
  }
}
