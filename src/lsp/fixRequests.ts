import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { failures, FailureError } from '../core/failures';
import type { Finding, FindingFix } from '../core/finding';
import { LineIndex } from '../core/text';
import { requireText } from './answering';
import type { ServerContext } from './context';
import { editTarget } from './editorFeatures';
import { fixEdit } from './features/edits';
import { suppressionEdit } from './features/suppressing';
import type { DismissParams, FixParams } from './protocol';
import type { Session } from './session';

/** The edits of a finding's fix. */
export async function fix(context: ServerContext, params: FixParams): Promise<WorkspaceEdit> {
  const { session, finding } = locate(context, requireText(params?.finding, 'finding'));
  const cell = await context.notebooks.cellOf(session, finding);
  const chosen: FindingFix | undefined = (cell?.finding ?? finding).fixes[params.fix];
  const uriOf = (file: string): string => (file === finding.file ? cell?.text.uri : undefined) ?? session.uriOf(file);
  const edit = chosen && fixEdit(chosen, editTarget(context, { uriOf }), context.client);
  if (edit === undefined) {
    throw new ResponseError<void>(LSPErrorCodes.RequestFailed, 'This finding has no such fix that the editor can carry out.');
  }
  return edit;
}

/** The edit that writes a suppression with its reason. */
export async function dismiss(context: ServerContext, params: DismissParams): Promise<WorkspaceEdit> {
  const { session, finding } = locate(context, requireText(params?.finding, 'finding'));
  const { file, language, rule, holderLines } = finding;
  const cell = await context.notebooks.cellOf(session, finding);
  if (file.endsWith('.ipynb') && cell === undefined) throw new FailureError(failures.closedNotebook(file));
  const text = cell ? cell.text.getText() : await textOf(session, file);
  const { start } = (cell?.finding ?? finding).range;
  const reason = requireText(params.reason, 'reason');
  const edit = suppressionEdit({ file, language, text, rule, start, holderLines: cell ? undefined : holderLines, reason, until: params.until });
  const comment: FindingFix = {
    title: 'Suppress with a reason',
    kind: 'safe',
    edits: [{ file, range: new LineIndex(text).range(edit), newText: edit.newText }],
  };
  return fixEdit(comment, editTarget(context, { uriOf: (other) => cell?.text.uri ?? session.uriOf(other) }), context.client)!;
}

function locate({ sessions }: ServerContext, id: string): { session: Session; finding: Finding } {
  for (const session of sessions.all) {
    const finding = session.finding(id);
    if (finding) return { session, finding };
  }
  throw new FailureError(failures.unknownFinding(id));
}

async function textOf(session: Session, file: string): Promise<string> {
  const open = session.open.get(file)?.getText();
  if (open !== undefined || session.names.root === undefined) return open ?? '';
  return readFile(join(session.names.root.path, file), 'utf8').catch((cause: unknown) => {
    throw new FailureError(failures.unreadableFile(file, cause));
  });
}
