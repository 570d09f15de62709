import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import type { ReportResult } from '../../lsp/protocol';
import type { FromPanel } from '../../panel/protocol';
import { renderIssue } from '../../report/issue';
import { renderItem } from '../../report/markdown';
import { runCommand } from '../commands';
import { applyFix, dismissFinding } from '../report/findings';
import { reveal, uriInside } from '../report/places';
import type { Services } from '../services';

/** What the view can ask for. */
export type Action = Exclude<FromPanel, { readonly type: 'ready' | 'ack' | 'closeExplained' | 'seen' | 'openChart' | 'closeChart' }>;

/**
 * Does what a button of the report asks for. This is the whole list of what the view can make happen:
 * it names what it wants, and never a command.
 */
export async function carryOut(action: Action, { server, measuring }: Services, shown: ReportResult | undefined): Promise<void> {
  switch (action.type) {
    case 'goTo':
      return reveal(fileOf(shown, action.file), action.range);
    case 'applyFix':
      return applyFix(server, action.findingId);
    case 'dismiss':
      return dismissFinding(server, action.findingId, action.reason);
    case 'copyMarkdown':
      return copyMarkdown(shown, action.itemId);
    case 'copyIssue':
      return copyIssue(shown, action.itemId);
    case 'profile':
      await runCommand('performanceEngineer.profileFunction', fileOf(shown, action.file).toString(), action.functionName);
      return;
    case 'validate':
      return validate(action, fileOf(shown, action.file));
    case 'cancel':
      measuring.cancel();
      return;
    case 'prove':
      await runCommand('performanceEngineer.proveFinding', action.findingId);
      return;
    case 'runBenchmark':
      await runCommand('performanceEngineer.runBenchmark');
      return;
    case 'openRule':
      await runCommand('performanceEngineer.openRule', action.rule);
      return;
    case 'explain':
      await runCommand('performanceEngineer.explainRecommendation', action.itemId);
      return;
    case 'openRun':
      await runCommand('performanceEngineer.openProfile', action.runId);
      return;
    case 'exportRun':
      await runCommand('performanceEngineer.exportRun', action.runId);
      return;
    case 'openInEditor':
      await runCommand('performanceEngineer.openReportInEditor');
      return;
    case 'openConfig':
      await runCommand('performanceEngineer.openConfig');
      return;
    case 'manageTrust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    case 'openFolder':
      await vscode.commands.executeCommand('workbench.action.files.openFolder');
  }
}

/** What a rule asks to be measured before and after. Load is driven from the command line; here its benchmark answers. */
async function validate({ how, findingId, functionName }: Extract<Action, { readonly type: 'validate' }>, file: vscode.Uri): Promise<void> {
  switch (how) {
    case 'query count':
      await runCommand('performanceEngineer.traceFunction', file.toString(), functionName);
      return;
    case 'heap':
      await runCommand('performanceEngineer.recordMemory', file.toString(), functionName);
      return;
    case 'explain':
      await runCommand('performanceEngineer.proveFinding', findingId);
      return;
    case 'benchmark':
    case 'load':
      await runCommand('performanceEngineer.runBenchmark');
  }
}

/** Files of the report are relative to the folder it is about. */
function fileOf(shown: ReportResult | undefined, file: string): vscode.Uri {
  if (shown?.folder === undefined) throw new FailureError(failures.noFolder());
  return uriInside(vscode.Uri.parse(shown.folder, true), file);
}

async function copyMarkdown(shown: ReportResult | undefined, itemId: string | undefined): Promise<void> {
  if (itemId === undefined) {
    await runCommand('performanceEngineer.copyReportAsMarkdown');
    return;
  }
  const markdown = shown && renderItem(shown.report, itemId);
  if (markdown === undefined) throw new FailureError(failures.unknownFinding(itemId));
  await vscode.env.clipboard.writeText(markdown);
}

async function copyIssue(shown: ReportResult | undefined, itemId: string): Promise<void> {
  const issue = shown && renderIssue(shown.report, itemId);
  if (issue === undefined) throw new FailureError(failures.unknownFinding(itemId));
  await vscode.env.clipboard.writeText(issue);
}
