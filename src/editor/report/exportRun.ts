import * as vscode from 'vscode';
import type { Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { formatBytes } from '../../core/format';
import { EXPORT_ENDINGS, type ExportFormat, exportsOf } from '../../evidence/export/export';
import { EvidenceStore } from '../../evidence/store';
import { Method } from '../../lsp/protocol';
import type { Server } from '../server/server';
import { pickRun } from './profiles';

const FORMATS: Readonly<Record<ExportFormat, { readonly label: string; readonly detail: string }>> = {
  cpuprofile: { label: 'CPU profile (.cpuprofile)', detail: 'For VS Code and the tools of Chrome' },
  speedscope: { label: 'speedscope (.speedscope.json)', detail: 'For speedscope.app' },
  pprof: { label: 'pprof (.pb.gz)', detail: 'For pprof, Grafana, Datadog and others' },
  csv: { label: 'Samples as a table (.csv)', detail: 'For a spreadsheet or a notebook' },
};

/** Writes a run as another tool reads it, after asking for the run where none is given, the format and the place. */
export async function exportMeasurement(server: Server, folder: vscode.Uri | undefined, id?: string): Promise<void> {
  if (folder === undefined) throw new FailureError(failures.noFolder());
  const store = new EvidenceStore(folder.fsPath);
  const run = id === undefined ? await pickRun(store, (each) => exportsOf(each).length > 0, 'Which measurement?') : await store.read(id);
  const format = run && (await pickFormat(run));
  if (run === undefined || format === undefined) return;
  const ending = EXPORT_ENDINGS[format];
  const to = await vscode.window.showSaveDialog({
    title: 'Export Measurement',
    defaultUri: vscode.Uri.joinPath(folder, `${fileName(run)}.${ending}`),
    filters: { [FORMATS[format].label]: [ending] },
  });
  if (to === undefined) return;
  if (to.scheme !== 'file') throw new FailureError(failures.exportNotWritten(to.toString(), 'it is not a file of this machine'));
  const { bytes } = await server.request(Method.exportRun, { folder: folder.toString(), run: run.id, format, to: to.toString() });
  void vscode.window.showInformationMessage(`Exported ${formatBytes(bytes)} to ${vscode.workspace.asRelativePath(to)}.`);
}

async function pickFormat(run: Run): Promise<ExportFormat | undefined> {
  const possible = exportsOf(run);
  if (possible.length === 0) throw new FailureError(failures.noExport(run.id, 'a file of another tool', possible));
  const items = possible.map((format) => ({ ...FORMATS[format], format }));
  return (await vscode.window.showQuickPick(items, { title: 'Export as' }))?.format;
}

/** "listOrders-20261122T201855-1a2b3c", without what file systems refuse. */
function fileName({ id, target, driver }: Run): string {
  const subject = (target?.functionName ?? driver.label).replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
  return `${subject}-${id}`;
}
