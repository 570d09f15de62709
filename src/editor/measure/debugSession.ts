import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';

const START = 'extension.js-debug.startProfile';
const STOP = 'extension.js-debug.stopProfile';
/** How long the debugger may take to begin, to save and to hand its profile over. */
const PATIENCE_MS = 60_000;

/**
 * The sessions of VS Code's JavaScript debugger that can be recorded: those of a process or a page. What is started with
 * F5 is a session above them, which has no code of its own. The newest comes first.
 */
export class DebugSessions implements vscode.Disposable {
  private readonly running: vscode.DebugSession[] = [];
  private readonly disposables = [
    vscode.debug.onDidStartDebugSession((session) => void this.running.unshift(session)),
    vscode.debug.onDidTerminateDebugSession((session) => {
      const at = this.running.indexOf(session);
      if (at >= 0) this.running.splice(at, 1);
    }),
  ];

  /** The active one first, or the one that the active one has started. */
  get recordable(): readonly vscode.DebugSession[] {
    const active = vscode.debug.activeDebugSession;
    const all = active && !this.running.includes(active) ? [active, ...this.running] : this.running;
    const isActive = (session: vscode.DebugSession): boolean => session === active || (active !== undefined && session.parentSession === active);
    const found = all.filter(({ configuration }) => '__pendingTargetId' in configuration);
    return [...found.filter(isActive), ...found.filter((session) => !isActive(session))];
  }

  dispose(): void {
    for (const each of this.disposables) each.dispose();
  }
}

/**
 * Has the debugger record a session for some seconds. @returns the text of the .cpuprofile, or undefined where it was
 * cancelled. Throws FailureError where the session ends before, or there is no such debugger.
 */
export async function recordSession(session: vscode.DebugSession, seconds: number, token: vscode.CancellationToken): Promise<string | undefined> {
  const notRecorded = (why: unknown): FailureError => new FailureError(failures.debugSessionNotRecorded(session.name, why));
  if (!(await vscode.commands.getCommands()).includes(START)) throw notRecorded('there is no JavaScript debugger in this window');
  const disposables: vscode.Disposable[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      // The debugger hands its profile to a command, which is there for this recording alone.
      const onCompleteCommand = `performanceEngineer.recorded.${session.id}`;
      timer = setTimeout(() => reject(notRecorded('it did not answer in time')), seconds * 1000 + PATIENCE_MS);
      disposables.push(
        vscode.commands.registerCommand(onCompleteCommand, (profile?: { contents?: unknown }) => {
          if (token.isCancellationRequested) resolve(undefined);
          else if (typeof profile?.contents === 'string') resolve(profile.contents);
          else reject(notRecorded('the debugger handed over no text'));
        }),
        token.onCancellationRequested(() => void vscode.commands.executeCommand(STOP, session.id).then(() => resolve(undefined), () => resolve(undefined))),
        vscode.debug.onDidTerminateDebugSession((ended) => ended === session && reject(notRecorded('it has ended'))),
      );
      const request = { sessionId: session.id, type: 'cpu', termination: { type: 'duration', args: [seconds] }, onCompleteCommand };
      vscode.commands.executeCommand(START, request).then(undefined, (error: unknown) => reject(notRecorded(error)));
    });
  } finally {
    clearTimeout(timer);
    for (const each of disposables) each.dispose();
  }
}
