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
import type { ChartParams, ExportParams, ExportResult } from './protocol';
import type { Session } from './session';
import { withFolder } from './sessionFiles';

/** What the server answers about stored runs; loaded with the first question. */
export function runsOf(session: Session): RunList {
  const { runs, failures: unread } = session.evidence;
  return runList({
    runs,
    failures: unread,
    machine: currentMachine().fingerprint,
    functionNow: (file, functionName) => {
      const fact = session.functionOf(file, functionName);
      return fact && { hash: fact.hash, line: fact.nameRange.start.line };
    },
  });
}

export async function chartOf(session: Session, { run: id, kind }: ChartParams): Promise<Chart> {
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

export async function exportTo(session: Session, params: ExportParams): Promise<ExportResult> {
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
