import * as vscode from 'vscode';
import { chooseByLabel } from '../../advisor/choice';
import type { MeasureOutcome, Measurer, Permission } from '../../advisor/host';
import { commandLine } from '../../advisor/tools/command';
import { failures } from '../../core/failures';
import { Method, type PlanParams } from '../../lsp/protocol';
import type { Measuring } from '../measure/measuring';
import { uriInside } from '../report/places';
import type { Server } from '../server/server';
import { failureOf } from '../tell';

/** Measures as "Profile This Function" and "Run Benchmark" do: in the terminal, once the exact command was allowed. */
export class EditorMeasurer implements Measurer {
  constructor(
    private readonly server: Server,
    private readonly measuring: Measuring,
    private readonly folder: vscode.Uri,
  ) {}

  profile({ file, functionName, driver }: Parameters<Measurer['profile']>[0], permission: Permission): Promise<MeasureOutcome> {
    return this.saying(async () => {
      const uri = uriInside(this.folder, file).toString();
      const { folder, target, choices } = await this.server.request(Method.drivers, { uri, functionName });
      // A generated driver has to be filled in by a person first.
      const ready = choices.filter(({ kind }) => kind !== 'generated');
      const chosen = chooseByLabel(ready, driver, { none: failures.noDriver(file, functionName).message, mayGuess: true });
      if ('why' in chosen) return { kind: 'not-measured', why: chosen.why };
      return this.measure({ folder, kind: 'profile', choice: chosen.choice, target }, permission);
    });
  }

  benchmark({ benchmark }: Parameters<Measurer['benchmark']>[0], permission: Permission): Promise<MeasureOutcome> {
    return this.saying(async () => {
      const { folder, choices } = await this.server.request(Method.benchmarks, { folder: this.folder.toString() });
      const chosen = chooseByLabel(choices, benchmark, { none: failures.noBenchmark().message, mayGuess: false });
      if ('why' in chosen) return { kind: 'not-measured', why: chosen.why };
      return this.measure({ folder, kind: 'benchmark', choice: chosen.choice }, permission);
    });
  }

  private async measure(params: PlanParams, { ask, signal }: Permission): Promise<MeasureOutcome> {
    const outcome = await this.measuring.measure(params, { confirm: ({ argv, env, driver }) => ask(commandLine(argv, env), driver.cwd), signal });
    switch (outcome.kind) {
      case 'refused':
        return { kind: 'refused' };
      case 'fill-in':
        return { kind: 'not-measured', why: 'Its driver has to be filled in first.' };
      case 'measured': {
        const { run, status, message } = outcome.summary;
        return status === 'completed' ? { kind: 'measured', run: run.id, message } : { kind: 'not-measured', why: message };
      }
    }
  }

  /** What stands in the way is said to the model, which may choose another way. */
  private async saying(work: () => Promise<MeasureOutcome>): Promise<MeasureOutcome> {
    try {
      return await work();
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined || failure.code === 'unexpected') throw error;
      return { kind: 'not-measured', why: failure.message };
    }
  }
}
