import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Run } from '../core/evidence';
import { failures, FailureError } from '../core/failures';
import { flameGraph } from '../evidence/cpuProfile/flame';
import { Frames } from '../evidence/cpuProfile/frames';
import { exportRun } from '../evidence/export/export';
import { currentMachine } from '../evidence/machine';
import { readStoredProfile } from '../evidence/storedProfile';
import { measuredFolders } from '../measure/roots';
import { distributionChart } from '../report/runs/distributions';
import { flameChart } from '../report/runs/flame';
import { runList } from '../report/runs/list';
import type { Chart, RunList } from '../report/runs/model';
import { requireText } from './answering';
import { lineNow } from './evidence';
import type { ServerContext } from './context';
import type { ChartParams, ExportParams, ExportResult, FolderParams } from './protocol';
import type { Session } from './session';
import { currentSession, withFolder } from './sessionFiles';

/** Which runs there are. Who measures nothing has none, so this module is loaded with the first request for them. */
export async function runs(context: ServerContext, params: FolderParams): Promise<RunList> {
  const session = await currentSession(context, params?.folder);
  const { runs: stored, failures: unread } = session.evidence;
  return runList({
    runs: stored,
    failures: unread,
    machine: currentMachine().fingerprint,
    functionNow: (file, functionName) => {
      const fact = session.functionOf(file, functionName);
      return fact && { hash: fact.hash, line: fact.nameRange.start.line };
    },
  });
}

/** What one of them looks like. */
export async function chart(context: ServerContext, params: ChartParams): Promise<Chart> {
  const session = await currentSession(context, params?.folder);
  const { run: id, kind } = params;
  const run = runOf(session, id);
  return kind === 'flame' ? flame(session, run) : distributionChart(run);
}

async function flame(session: Session, run: Run): Promise<Chart> {
  const { root, store } = withFolder(session);
  const { profile, window } = await readStoredProfile(store.folder, run);
  const { roots, machinery } = measuredFolders(root.path);
  const graph = flameGraph(profile, new Frames(roots, machinery), window, run.tool.name.startsWith('node'));
  if (graph.frames.length === 0) throw new FailureError(failures.emptyProfile(run.raw!));
  return flameChart(run, graph, (file, line) => lineNow(run, file, session.detector.has(file) ? session.detector.functions(file) : [], line));
}

/** Writes one as another tool reads it. */
export async function exportTo(context: ServerContext, params: ExportParams): Promise<ExportResult> {
  const session = await currentSession(context, params?.folder);
  const path = fileURLToPath(requireText(params.to, 'to'));
  const bytes = await exportRun(withFolder(session).store.folder, runOf(session, params.run), params.format);
  await writeFile(path, bytes).catch((error: unknown) => {
    throw new FailureError(failures.exportNotWritten(path, error));
  });
  return { bytes: bytes.length };
}

function runOf(session: Session, id: string): Run {
  const run = session.evidence.runs.find((each) => each.id === requireText(id, 'run'));
  if (run === undefined) throw new FailureError(failures.unknownRun(id));
  return run;
}
