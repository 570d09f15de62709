import { reportInputOf } from '../advisor/facts/snapshot';
import { buildReport } from '../report/build';
import { renderMarkdown } from '../report/markdown';
import type { Report } from '../report/model';
import { loadAdvice } from '../rules/advice';
import type { ServerContext } from './context';
import type { FolderParams, ReportResult } from './protocol';
import type { Session } from './session';
import { currentSession } from './sessionFiles';

export async function report(context: ServerContext, params: FolderParams): Promise<ReportResult> {
  const { session, report: built } = await reportOf(context, params?.folder);
  return { folder: session.names.root?.uri, report: built };
}

export async function markdown(context: ServerContext, params: FolderParams): Promise<{ readonly markdown: string }> {
  return { markdown: renderMarkdown((await reportOf(context, params?.folder)).report) };
}

async function reportOf(context: ServerContext, folder: string | undefined): Promise<{ readonly session: Session; readonly report: Report }> {
  const advice = await loadAdvice();
  const session = await currentSession(context, folder);
  return { session, report: buildReport(reportInputOf(session.detector, session.known(context.scans.failures(session), new Date()), advice)) };
}
