import * as vscode from 'vscode';
import type { Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { EvidenceStore } from '../../evidence/store';
import { Method, type DriversResult, type FunctionParams, type PlanParams, type RunSummary } from '../../lsp/protocol';
import { registerCommand, text } from '../commands';
import { pickRun } from '../report/profiles';
import type { Services } from '../services';
import { GeneratedDrivers } from './drivers';
import { registerExperiments } from './experiments';
import type { Outcome } from './measuring';
import { pickDriver } from './pickDriver';
import { showResult } from './result';
import { functionAtCursor } from './subject';

/** "Profile This Function", "Run Benchmark", "Measure Again" and what belongs to them. */
export function registerMeasuring(services: Services): vscode.Disposable {
  const { server, measuring, log } = services;
  const drivers = new GeneratedDrivers(services.context.workspaceState);

  /** @returns what was measured; undefined where nothing was, for now. */
  const show = async (outcome: Outcome, subject?: FunctionParams): Promise<RunSummary | undefined> => {
    if (outcome.kind === 'measured') {
      void showResult(outcome.summary, log);
      return outcome.summary;
    }
    if (outcome.kind === 'fill-in' && subject) await drivers.open(outcome.driver, subject);
    return undefined;
  };

  const record = async (kind: PlanParams['kind'], subject: FunctionParams, choose: (found: DriversResult) => ReturnType<typeof pickDriver>) => {
    const found = await server.request(Method.drivers, subject);
    if (found.choices.length === 0) throw new FailureError(failures.noDriver(relative(subject.uri), subject.functionName));
    const choice = await choose(found);
    return choice && show(await measuring.measure({ folder: found.folder, kind, choice, target: found.target }), subject);
  };

  /** The function that a lens names, or the one at the cursor. */
  const subjectOf = async (uri: unknown, functionName: unknown): Promise<FunctionParams> => {
    measuring.ensureAllowed();
    const [document, name] = [text(uri), text(functionName)];
    return document && name ? { uri: document, functionName: name } : functionAtCursor(server);
  };

  const recordFunction = (kind: PlanParams['kind']) => async (uri: unknown, functionName: unknown) => {
    const subject = await subjectOf(uri, functionName);
    return record(kind, subject, ({ choices }) => pickDriver(choices, `How is ${subject.functionName} to be run?`));
  };

  return vscode.Disposable.from(
    drivers,
    registerExperiments(services, show),
    registerCommand('performanceEngineer.profileFunction', log, recordFunction('profile')),
    registerCommand('performanceEngineer.traceFunction', log, recordFunction('trace')),
    registerCommand('performanceEngineer.recordMemory', log, recordFunction('memory')),
    registerCommand('performanceEngineer.runDriver', log, async (driver) => {
      measuring.ensureAllowed();
      const subject = drivers.subjectOf(text(driver) ?? '');
      if (subject === undefined) return undefined;
      await vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === driver)?.save();
      return record('profile', subject, async ({ choices }) => choices.find(({ kind }) => kind === 'generated'));
    }),
    registerCommand('performanceEngineer.growFunction', log, async (uri, functionName) => {
      const target = await subjectOf(uri, functionName);
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(target.uri, true));
      if (folder === undefined) throw new FailureError(failures.noFolder());
      return show(await measuring.experiment(folder.uri.toString(), { kind: 'grow', target }), target);
    }),
    registerCommand('performanceEngineer.measureAgain', log, async (uri, id) => {
      measuring.ensureAllowed();
      const document = text(uri);
      const folder = document ? vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(document, true))?.uri.toString() : services.folders.current;
      if (folder === undefined) throw new FailureError(failures.noFolder());
      const run = text(id) ?? (await pickRun(new EvidenceStore(vscode.Uri.parse(folder, true).fsPath), canBeRepeated, 'Which run is to be measured again?'))?.id;
      return run && show(await measuring.experiment(folder, { kind: 'again', run }));
    }),
    registerCommand('performanceEngineer.runBenchmark', log, async (uri) => {
      measuring.ensureAllowed();
      const document = text(uri);
      const found = document ? await server.request(Method.benchmarkFiles, { uri: document }) : undefined;
      const { folder, choices } = found ? { ...found, choices: found.files.map((file) => file.choice) } : await server.request(Method.benchmarks, { folder: services.folders.current });
      if (choices.length === 0) throw new FailureError(failures.noBenchmark());
      const choice = choices.length === 1 ? choices[0] : await pickDriver(choices, 'Which benchmark is to be run?');
      return choice && show(await measuring.measure({ folder, kind: 'benchmark', choice }));
    }),
  );
}

/** The way to drive it is kept, and git or the run itself has what it is set against. */
function canBeRepeated({ status, driver, snapshot, benchmarks }: Run): boolean {
  return status === 'completed' && driver.again !== undefined && (snapshot !== undefined || benchmarks.length > 0);
}

function relative(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}
