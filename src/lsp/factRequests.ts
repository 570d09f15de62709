import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { acceptProposal } from '../advisor/facts/accept';
import { answerFact } from '../advisor/facts/answer';
import { snapshotOf } from '../advisor/facts/snapshot';
import { failures, FailureError } from '../core/failures';
import { loadAdvice } from '../rules/advice';
import { requireText } from './answering';
import type { ServerContext } from './context';
import type { FactParams, ProposeParams, Requests, WithdrawParams } from './protocol';
import type { Session } from './session';
import { currentSession } from './sessionFiles';

/** What agents ask. */
export async function fact(context: ServerContext, { folder, query }: FactParams): Promise<Requests['performance/fact']['result']> {
  const advice = await loadAdvice();
  const session = await currentSession(context, folder);
  return answerFact(query, snapshotOf(session.detector, session.known(context.scans.failures(session), new Date()), advice));
}

/** What agents propose. */
export async function propose(context: ServerContext, { folder, draft }: ProposeParams): Promise<Requests['performance/propose']['result']> {
  const session = await currentSession(context, folder);
  if (session.proposals === undefined) throw new FailureError(failures.noFolder());
  const accepted = acceptProposal(draft, (file) => (session.detector.has(file) ? session.detector.functions(file) : undefined), new Date());
  if ('problem' in accepted) return accepted;
  await session.proposals.put(accepted.proposal);
  await reload(context, session);
  return { id: accepted.proposal.id };
}

export async function withdraw(context: ServerContext, params: WithdrawParams): Promise<null> {
  const id = requireText(params?.proposal, 'proposal');
  for (const session of context.sessions.all) {
    if (await session.proposals?.remove(id)) {
      await reload(context, session);
      return null;
    }
  }
  throw new ResponseError(LSPErrorCodes.RequestFailed, failures.unknownFinding(id).message, failures.unknownFinding(id));
}

async function reload(context: ServerContext, session: Session): Promise<void> {
  await session.loadEvidence();
  context.refresher.folder(session, { lenses: false });
}
