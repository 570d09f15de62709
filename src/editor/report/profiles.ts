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
  const run = id === undefined ? await pickRun(store) : await store.read(id);
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

async function pickRun(store: EvidenceStore): Promise<Run | undefined> {
  const { runs } = await store.list();
  const profiles = runs.filter(({ raw }) => raw !== undefined).reverse();
  if (profiles.length === 0) throw new FailureError(failures.noRuns());
  const items = profiles.map((run) => ({
    label: run.target?.functionName ?? run.driver.label,
    description: `${new Date(run.startedAt).toLocaleString()} · ${run.tool.name}`,
    detail: run.driver.label,
    run,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Which profile?', matchOnDetail: true }))?.run;
}
