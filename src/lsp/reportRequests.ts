import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { failures, FailureError } from '../core/failures';
import type { Finding, FindingFix } from '../core/finding';
import { LineIndex } from '../core/text';
import { renderMarkdown } from '../report/markdown';
import { answering, requireText } from './answering';
import type { ServerContext } from './context';
import { summarise } from './documentView';
import { editTarget, viewOf } from './editorFeatures';
import { fixEdit } from './features/edits';
import { suppressionEdit } from './features/suppressing';
import { Method, type DismissParams, type FixParams, type Requests } from './protocol';
import type { Session } from './session';

type Implementation<Name extends keyof Requests> = (params: Requests[Name]['params']) => Promise<Requests[Name]['result']>;

/** Registers one of our own requests; its types are those of the protocol. */
export function onRequest<Name extends keyof Requests>({ connection }: ServerContext, method: Name, handle: Implementation<Name>): void {
  connection.onRequest(method, answering<Requests[Name]['params'], unknown>(connection.console, method, handle));
}

/** A folder's session with every open document as it is typed now. */
export async function currentSession({ sessions }: ServerContext, folder: string | undefined): Promise<Session> {
  const session = sessions.ofFolder(folder);
  await session.start();
  await Promise.all(session.open.files.filter((file) => session.covers(file)).map((file) => session.open.bringUpToDate(file)));
  return session;
}

/** The report, what the panel's buttons need, and what the client draws by itself. */
export function registerReportRequests(context: ServerContext): void {
  const { sessions, scans } = context;
  const reportOf = async (folder: string | undefined): Promise<{ session: Session; report: ReturnType<Session['report']> }> => {
    const session = await currentSession(context, folder);
    return { session, report: session.report(scans.failures(session), new Date()) };
  };

  onRequest(context, Method.report, async (params) => {
    const { session, report } = await reportOf(params?.folder);
    return { folder: session.names.root?.uri, report };
  });

  onRequest(context, Method.markdown, async (params) => ({ markdown: renderMarkdown((await reportOf(params?.folder)).report) }));

  onRequest(context, Method.functions, async (params) => {
    const view = await viewOf(context, params?.uri);
    return view ? summarise(view) : [];
  });

  onRequest(context, Method.heat, async (params) => {
    const place = sessions.find(requireText(params?.uri, 'uri'));
    const view = await place?.session.view(place.file);
    return view ? place!.session.evidence.heatOf(view.file, view.functions) : null;
  });

  onRequest(context, Method.fix, (params) => fix(context, params));
  onRequest(context, Method.dismiss, (params) => dismiss(context, params));
}

async function fix(context: ServerContext, params: FixParams): Promise<WorkspaceEdit> {
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

async function dismiss(context: ServerContext, params: DismissParams): Promise<WorkspaceEdit> {
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
