import * as vscode from 'vscode';
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageclient/node';
import { FailureError, failures, type Failure } from '../core/failures';
import type { CommandId } from './contributions/commands';

/** A button of a message, and what it does. */
interface Offer {
  readonly label: string;
  run(): unknown;
}

const openSetting = (name: string): Offer => ({
  label: 'Open Setting',
  run: () => vscode.commands.executeCommand('workbench.action.openSettings', `performanceEngineer.${name}`),
});

const showTerminal: Offer = {
  label: 'Show Terminal',
  run: () => vscode.commands.executeCommand('workbench.action.terminal.focus'),
};

/** The next step of a failure as a button, by the failure's code. */
const OFFERS: Readonly<Record<string, Offer>> = {
  'no-connection': {
    label: 'Set Database Connection…',
    run: () => vscode.commands.executeCommand('performanceEngineer.setConnection' satisfies CommandId),
  },
  'untrusted-workspace': {
    label: 'Manage Workspace Trust',
    run: () => vscode.commands.executeCommand('workbench.trust.manage'),
  },
  'no-folder': {
    label: 'Open Folder',
    run: () => vscode.commands.executeCommand('workbench.action.files.openFolder'),
  },
  'server-stopped': {
    label: 'Restart',
    run: () => vscode.commands.executeCommand('performanceEngineer.restartServer' satisfies CommandId),
  },
  'node-missing': openSetting('nodePath'),
  'python-missing': openSetting('pythonPath'),
  'python-module-missing': openSetting('pythonPath'),
  'program-timed-out': openSetting('timeLimit'),
  'program-failed': showTerminal,
  'no-profile': showTerminal,
  'target-not-seen': showTerminal,
};

/** What went wrong, as a Failure; undefined when nothing did: something was cancelled. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof vscode.CancellationError) return undefined;
  if (error instanceof FailureError) return error.failure;
  if (error instanceof ResponseError) {
    if (error.code === LSPErrorCodes.RequestCancelled || error.code === LSPErrorCodes.ServerCancelled) return undefined;
    if (error.code === ErrorCodes.ConnectionInactive || error.code === ErrorCodes.PendingResponseRejected) return failures.serverStopped();
    if (isFailure(error.data)) return error.data;
  }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

/** Says a failure of something the user asked for, with its next step as a button. Does not wait for an answer. */
export function tell(failure: Failure): void {
  const offer = OFFERS[failure.code];
  void vscode.window.showErrorMessage(failure.message, ...(offer ? [offer.label] : [])).then((chosen) => chosen && offer!.run());
}

function isFailure(value: unknown): value is Failure {
  const { code, message } = (value ?? {}) as Partial<Failure>;
  return typeof code === 'string' && typeof message === 'string';
}
