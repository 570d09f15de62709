import * as vscode from 'vscode';
import type { Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { EVIDENCE_FOLDER, EvidenceStore } from '../../evidence/store';
import { uriInside } from './places';

const VIEWER = 'jsProfileVisualizer.cpuprofile.table';

/** Opens what the profiler itself has written for a run; without a run, for the one that is chosen. */
export async function openProfile(folder: vscode.Uri | undefined, id?: string): Promise<void> {
  if (folder === undefined) throw new FailureError(failures.noFolder());
  const store = new EvidenceStore(folder.fsPath);
  const run = id === undefined ? await pickRun(store, ({ raw }) => raw !== undefined, 'Which profile?') : await store.read(id);
  if (run === undefined) return;
  if (run.raw === undefined) return showRun(folder, run.id);
  const raw = uriInside(vscode.Uri.joinPath(folder, EVIDENCE_FOLDER), run.raw);
  await vscode.workspace.fs.stat(raw).then(undefined, () => {
    throw new FailureError(failures.rawProfileMissing(run.id));
  });
  if (!raw.path.endsWith('.cpuprofile')) {
    await vscode.commands.executeCommand('vscode.open', raw);
    return;
  }
  await vscode.commands.executeCommand('vscode.openWith', raw, VIEWER);
  // The viewer puts lenses of its own over the source, beside ours and without saying from which run.
  await vscode.commands.executeCommand('extension.jsProfileVisualizer.table.clearCodeLenses');
}

/** A benchmark has no file of a profiler; the stored run holds its samples. */
async function showRun(folder: vscode.Uri, id: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, EVIDENCE_FOLDER, 'runs', `${id}.json`));
}

/** Lets the person choose one of the runs that are fit, the newest first. Throws FailureError where there is none. */
export async function pickRun(store: EvidenceStore, isFit: (run: Run) => boolean, title: string): Promise<Run | undefined> {
  const { runs } = await store.list();
  const fit = runs.filter(isFit).reverse();
  if (fit.length === 0) throw new FailureError(failures.noRuns());
  const items = fit.map((run) => ({
    label: run.target?.functionName ?? run.driver.label,
    description: `${new Date(run.startedAt).toLocaleString()} · ${run.tool.name}`,
    detail: run.driver.label,
    run,
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.run;
}
