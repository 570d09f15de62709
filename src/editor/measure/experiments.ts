import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { Method, type Experiment, type FunctionParams, type RunSummary } from '../../lsp/protocol';
import { registerCommand, text } from '../commands';
import type { Services } from '../services';
import { DebugSessions } from './debugSession';
import type { Outcome } from './measuring';
import { LastChoices } from './pick/lastChoices';
import { pickCounterpart, pickFunction } from './pick/pickImplementation';
import { pickLoad } from './pick/pickLoad';
import { pickProcess, pickSeconds } from './pick/pickProcess';
import { functionAtCursor } from './subject';

/** Shows what came of a request, and opens the driver of `subject` where it waits for its arguments. */
export type Show = (outcome: Outcome, subject?: FunctionParams) => Promise<RunSummary | undefined>;

/** "Load Test Route", "Attach to Running Process", "Profile Debug Session" and "Compare Implementations". */
export function registerExperiments({ server, measuring, folders, log, context }: Services, show: Show): vscode.Disposable {
  const last = new LastChoices(context.workspaceState);

  /** The folder that the report is about. Throws FailureError where nothing may be run, or there is none. */
  const allowedFolder = (): string => {
    measuring.ensureAllowed();
    const folder = folders.current;
    if (folder === undefined) throw new FailureError(failures.noFolder());
    return folder;
  };
  const run = async (folder: string, experiment: Experiment | undefined, subject?: FunctionParams) => experiment && show(await measuring.experiment(folder, experiment), subject);

  const subjectOf = async (folder: string, uri: unknown, functionName: unknown): Promise<FunctionParams | undefined> => {
    const [document, name] = [text(uri), text(functionName)];
    if (document && name) return { uri: document, functionName: name };
    const atCursor = await functionAtCursor(server).catch((error: unknown) => {
      if (error instanceof FailureError) return undefined;
      throw error;
    });
    return atCursor ?? pickFunction(await server.request(Method.implementations, { folder }));
  };

  const sessions = new DebugSessions();

  return vscode.Disposable.from(
    sessions,
    registerCommand('performanceEngineer.profileDebugSession', log, async () => {
      const folder = allowedFolder();
      const [session, ...others] = sessions.recordable;
      if (session === undefined) throw new FailureError(failures.noDebugSession());
      const chosen = others.length === 0 ? session : await pickSession([session, ...others]);
      const seconds = chosen && (await pickSeconds(`Profile Debug Session: ${chosen.name}, for how long?`, last));
      if (chosen === undefined || seconds === undefined) return undefined;
      return show(await measuring.debugged(chosen.workspaceFolder?.uri.toString() ?? folder, chosen, seconds));
    }),
    registerCommand('performanceEngineer.loadTestRoute', log, async () => {
      const folder = allowedFolder();
      return run(folder, await pickLoad(await server.request(Method.services, { folder }), last));
    }),
    registerCommand('performanceEngineer.attachToProcess', log, async () => {
      const folder = allowedFolder();
      return run(folder, await pickProcess(await server.request(Method.processes, {}), last));
    }),
    registerCommand('performanceEngineer.compareImplementations', log, async (uri, functionName) => {
      const subject = await subjectOf(allowedFolder(), uri, functionName);
      if (subject === undefined) return undefined;
      const found = await server.request(Method.implementations, { with: subject });
      return run(found.folder, await pickCounterpart(subject, found, last), subject);
    }),
  );
}

async function pickSession(sessions: readonly vscode.DebugSession[]): Promise<vscode.DebugSession | undefined> {
  const rows = sessions.map((session) => ({ label: `$(debug-alt) ${session.name}`, description: session.parentSession?.name, session }));
  return (await vscode.window.showQuickPick(rows, { title: 'Profile Debug Session: which one?' }))?.session;
}
