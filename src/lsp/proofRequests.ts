import { failures, FailureError } from '../core/failures';
import { ENGINE_NAMES, type Proof } from '../core/proof';
import { makeProofPlan } from '../prove/plan/makeProofPlan';
import { askedSubject, subjectAt, subjectOfFinding } from '../prove/subject';
import { toRun } from '../prove/toRun';
import { ratioWords } from '../evidence/proofWords';
import { findPython } from '../measure';
import { toReportProof } from '../report/proof';
import { requireText } from './answering';
import type { ServerContext } from './context';
import type { ProofFinishParams, ProofPlanParams, ProofPlanResult, ProofResult } from './protocol';
import type { Session } from './session';
import { textOf, withFolder } from './sessionFiles';

/** What is to be tried to explain or prove. The trying itself is a process of the client's. */
export async function plan(context: ServerContext, params: ProofPlanParams): Promise<ProofPlanResult> {
  const { settings } = context.sessions;
  if (!settings.trusted) throw new FailureError(failures.untrustedWorkspace());
  const engine = ENGINE_NAMES.find((name) => name === params?.engine) ?? 'pglite';
  const { session, subject } = await subjectOf(context, params);
  const { root } = withFolder(session);
  const workspace = session.detector.workspaceFrom(subject.subject.file);
  const sources = workspace.files((path) => path.endsWith('.sql')).map((file) => ({ file, text: textOf(session, root.path, file) }));
  const candidates = params.prove ? subject.candidates : [];
  const made = makeProofPlan({ ...subject, candidates, engine, index: params.asked?.change, analyse: params.analyse === true, limits: params.limits }, workspace, sources);
  // Node may have no SQLite; the client, which starts the prover, does not look for interpreters.
  const python = engine === 'sqlite' ? await findPython(root.path, root.path, settings.pythonPath || undefined).then(({ argv }) => argv, () => undefined) : undefined;
  return { folder: root.uri, plan: made, python };
}

async function subjectOf(context: ServerContext, params: ProofPlanParams): Promise<{ session: Session; subject: ReturnType<typeof subjectAt> }> {
  if (params.asked !== undefined) {
    const session = context.sessions.ofFolder(requireText(params.asked.folder, 'folder'));
    return { session: withFolder(session).session, subject: await askedSubject(requireText(params.asked.sql, 'sql')) };
  }
  if (params.finding !== undefined) {
    const id = requireText(params.finding, 'finding');
    for (const session of context.sessions.all) {
      const finding = session.finding(id);
      if (finding !== undefined) return { session, subject: subjectOfFinding(session.detector, finding) };
    }
    throw new FailureError(failures.unknownFinding(id));
  }
  const place = context.sessions.find(requireText(params.uri, 'uri'));
  if (place === undefined || params.position === undefined) throw new FailureError(failures.noFolder());
  await place.session.open.bringUpToDate(place.file);
  return { session: place.session, subject: subjectAt(place.session.detector, place.file, params.position) };
}

/** Keeps what came of it. */
export async function complete(context: ServerContext, { folder, plan: made, proof, startedAt, durationMs }: ProofFinishParams): Promise<ProofResult> {
  const { session, store } = withFolder(context.sessions.ofFolder(requireText(folder, 'folder')));
  const run = toRun(made, proof, new Date(startedAt), durationMs);
  await store.append(run);
  await session.loadEvidence();
  context.refresher.folder(session, { lenses: true });
  return { message: messageOf(proof), proof: toReportProof({ run, proof }) };
}

/** One sentence for the user: the outcome of each change, or the time of the query. */
function messageOf({ candidates, baseline }: Proof): string {
  if (candidates.length > 0) {
    return candidates.map(({ title, outcome, trials, reason }) => `${title}: ${outcome}${trials[0] === undefined ? `. ${reason}` : `, ${ratioWords(trials[0])}.`}`).join(' ');
  }
  const first = baseline[0]?.measurement;
  if (first?.medianMs !== undefined) return `The query takes ${first.medianMs.toPrecision(3)} ms; its plan is in the report.`;
  return 'The plan of the query is in the report.';
}
