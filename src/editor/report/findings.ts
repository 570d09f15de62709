import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import type { Priority } from '../../core/finding';
import { Method, type FindingSummary } from '../../lsp/protocol';
import type { Server } from '../server/server';
import { reveal } from './places';

const ICONS: Readonly<Record<Priority, string>> = { high: 'warning', medium: 'info', low: 'lightbulb', deferred: 'clock' };

/** Leads to a finding of a function: to the only one at once, else to the one that is chosen. */
export async function showFindings(server: Server, uri: string, functionName: string): Promise<void> {
  const functions = await server.request(Method.functions, { uri });
  const findings = functions.find(({ name }) => name === functionName)?.findings ?? [];
  if (findings.length === 0) throw new FailureError(failures.unknownFunction(vscode.workspace.asRelativePath(vscode.Uri.parse(uri)), functionName));
  const chosen = findings.length === 1 ? findings[0] : await pickFinding(findings, functionName);
  if (chosen === undefined) return;
  await reveal(vscode.Uri.parse(uri), chosen.range);
  await vscode.commands.executeCommand('editor.action.showHover');
}

async function pickFinding(findings: readonly FindingSummary[], functionName: string): Promise<FindingSummary | undefined> {
  const items = findings.map((finding) => ({
    label: `$(${ICONS[finding.priority]}) ${finding.title}`,
    description: `line ${finding.range.start.line + 1}, ${finding.evidence}`,
    detail: finding.message,
    finding,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: `Findings of ${functionName}`, matchOnDetail: true });
  return picked?.finding;
}

/** Writes a suppression comment over a finding, after asking for the reason where none is given. */
export async function dismissFinding(server: Server, finding: string, given?: string): Promise<void> {
  // A proposal is nobody's comment in the code: it goes, and nothing stays of it.
  if (finding.startsWith('proposal-')) return void (await server.request(Method.withdraw, { proposal: finding }));
  const reason = given ?? (await askForReason());
  if (reason === undefined) return;
  const edit = await server.request(Method.dismiss, { finding, reason });
  await vscode.workspace.applyEdit(await server.asEdit(edit));
}

function askForReason(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Dismiss with a reason',
    prompt: 'The reason stands in a comment above the line, for those who read the code next.',
    placeHolder: 'for example: at most 10 items, the API limits it',
    validateInput: (value) => (value.trim() === '' ? 'A reason is needed: a suppression without one is a riddle.' : undefined),
  });
}

/**
 * Applies a finding's preferred fix where its place can be seen. One that may change what the code does
 * says so itself, and VS Code then asks in a preview.
 */
export async function applyFix(server: Server, finding: string): Promise<void> {
  const edit = await server.request(Method.fix, { finding, fix: 0 });
  const converted = await server.asEdit(edit);
  const [first] = converted.entries();
  if (first) await vscode.window.showTextDocument(first[0], { preview: true });
  await vscode.workspace.applyEdit(converted, { isRefactoring: true });
}
