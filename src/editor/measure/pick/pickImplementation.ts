import * as vscode from 'vscode';
import type { Experiment, FunctionParams, ImplementationsResult } from '../../../lsp/protocol';
import type { LastChoices } from './lastChoices';

const TITLE = 'Compare Implementations';

type Compare = Extract<Experiment, { kind: 'compare' }>;
type Row = vscode.QuickPickItem & { readonly id?: string; readonly after?: Compare['after'] | 'commit' };

/** Asks what a function is to be compared with: another one, or itself as it was. Undefined when nothing is chosen. */
export async function pickCounterpart(before: FunctionParams, found: ImplementationsResult, last: LastChoices): Promise<Compare | undefined> {
  const question = `against ${before.functionName}`;
  const rows = rowsOf(found, question, last);
  const placeHolder = 'Both are called with the same arguments, in processes that take turns.';
  const row = await vscode.window.showQuickPick(rows, { title: `${TITLE}: ${before.functionName} with what?`, placeHolder, matchOnDescription: true });
  const after = row?.after === 'commit' ? await askForCommit() : row?.after;
  if (after === undefined) return undefined;
  if (row?.id) last.remember(question, row.id);
  return { kind: 'compare', before, after };
}

/** Asks for the first one, where no function is meant by the cursor. */
export async function pickFunction({ functions }: ImplementationsResult): Promise<FunctionParams | undefined> {
  const rows = functions.map(({ file, functionName, line, uri }) => ({ label: `$(symbol-method) ${functionName}`, description: `${file}:${line + 1}`, subject: { uri, functionName } }));
  return (await vscode.window.showQuickPick(rows, { title: `${TITLE}: which function?`, matchOnDescription: true }))?.subject;
}

function rowsOf({ functions, commits }: ImplementationsResult, question: string, last: LastChoices): Row[] {
  const others: Row[] = functions.map(({ file, functionName, line, uri }) => ({ label: `$(symbol-method) ${functionName}`, description: `${file}:${line + 1}`, id: `${file}:${functionName}`, after: { uri, functionName } }));
  const before: Row[] = commits.map(({ hash, subject, age }) => ({ label: `$(git-commit) As it was at ${hash}`, description: `${subject}, ${age}`, id: hash, after: { commit: hash } }));
  const rows = last.lastFirst(question, [...others, ...before], ({ id }) => id ?? '');
  return [...rows, { label: '$(edit) As it was at another commit…', after: 'commit' }];
}

async function askForCommit(): Promise<Compare['after'] | undefined> {
  const commit = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'A commit, branch or tag. It is checked out beside your files, which stay as they are.',
    value: 'HEAD',
    validateInput: (text) => (/^[^\s-]\S*$/.test(text) ? undefined : 'The name of a commit, such as HEAD~1 or main.'),
  });
  return commit === undefined ? undefined : { commit };
}
