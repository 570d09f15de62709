import * as vscode from 'vscode';
import type { Failure } from '../../../src/core/failures';
import type { RunSummary } from '../../../src/lsp/protocol';
import { pause } from './waiting';
import { uriOf } from './workspace';

/** What a command that measures answers: what was measured, why it was not, or nothing. */
export type Answer = Partial<RunSummary> & Partial<Failure>;

/** "Profile This Function", driven in the first way of the list. */
export function profile(file: string, functionName: string): Promise<Answer | undefined> {
  return acceptingFirst('performanceEngineer.profileFunction', uriOf(file).toString(), functionName);
}

/** Runs a command and takes the first row of the list that it shows, as a person would with Enter. */
export async function acceptingFirst(command: string, ...args: unknown[]): Promise<Answer | undefined> {
  let hasAnswered = false;
  const answer = Promise.resolve(vscode.commands.executeCommand<Answer | undefined>(command, ...args)).finally(() => (hasAnswered = true));
  // Nobody tells when the list is there; before and after that, Enter does nothing.
  while (!hasAnswered) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await Promise.race([answer.catch(() => undefined), pause(500)]);
  }
  return answer;
}
