import * as vscode from 'vscode';
import type { RunSummary } from '../../lsp/protocol';
import { runCommand } from '../commands';
import { tell } from '../tell';

/** Says what a measurement has found. Lenses, heat and report follow by themselves. */
export async function showResult(summary: RunSummary, log: vscode.LogOutputChannel): Promise<void> {
  const { status, failure, message, caveats, raw, run } = summary;
  log.info([`Run ${run.id} (${run.tool}), ${status}: ${message}`, ...caveats].join('\n  '));
  if (status === 'cancelled') return;
  if (failure) {
    tell(failure);
    return;
  }
  const chosen = await vscode.window.showInformationMessage(`Measured. ${message}`, 'Show Report', ...(raw ? ['Open Profile'] : []));
  if (chosen === 'Show Report') await runCommand('performanceEngineer.showReport');
  if (chosen === 'Open Profile') await runCommand('performanceEngineer.openProfile', run.id);
}
