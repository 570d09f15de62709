import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { Method, type DriversResult, type FunctionParams, type PlanParams, type RunSummary } from '../../lsp/protocol';
import { registerCommand, text } from '../commands';
import type { Services } from '../services';
import { GeneratedDrivers } from './drivers';
import { pickDriver } from './pickDriver';
import { showResult } from './result';
import { functionAtCursor } from './subject';

/** "Profile This Function", "Run Benchmark" and what belongs to them. */
export function registerMeasuring(services: Services): vscode.Disposable {
  const { server, measuring, log } = services;
  const drivers = new GeneratedDrivers(services.context.workspaceState);

  /** @returns what was measured; undefined where nothing was, for now. */
  const measure = async (params: PlanParams, subject?: FunctionParams): Promise<RunSummary | undefined> => {
    const outcome = await measuring.measure(params);
    if (outcome.kind === 'measured') {
      void showResult(outcome.summary, log);
      return outcome.summary;
    }
    if (outcome.kind === 'fill-in' && subject) await drivers.open(outcome.driver, subject);
    return undefined;
  };

  const profile = async (subject: FunctionParams, choose: (found: DriversResult) => ReturnType<typeof pickDriver>) => {
    const found = await server.request(Method.drivers, subject);
    if (found.choices.length === 0) throw new FailureError(failures.noDriver(relative(subject.uri), subject.functionName));
    const choice = await choose(found);
    return choice && measure({ folder: found.folder, kind: 'profile', choice, target: found.target }, subject);
  };

  return vscode.Disposable.from(
    drivers,
    registerCommand('performanceEngineer.profileFunction', log, async (uri, functionName) => {
      measuring.ensureAllowed();
      const [document, name] = [text(uri), text(functionName)];
      const subject = document && name ? { uri: document, functionName: name } : await functionAtCursor(server);
      return profile(subject, ({ choices }) => pickDriver(choices, `How is ${subject.functionName} to be run?`));
    }),
    registerCommand('performanceEngineer.runDriver', log, async (driver) => {
      measuring.ensureAllowed();
      const subject = drivers.subjectOf(text(driver) ?? '');
      if (subject === undefined) return undefined;
      await vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === driver)?.save();
      return profile(subject, async ({ choices }) => choices.find(({ kind }) => kind === 'generated'));
    }),
    registerCommand('performanceEngineer.runBenchmark', log, async () => {
      measuring.ensureAllowed();
      const { folder, choices } = await server.request(Method.benchmarks, { folder: services.folders.current });
      if (choices.length === 0) throw new FailureError(failures.noBenchmark());
      const choice = choices.length === 1 ? choices[0] : await pickDriver(choices, 'Which benchmark is to be run?');
      return choice && measure({ folder, kind: 'benchmark', choice });
    }),
  );
}

function relative(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}
