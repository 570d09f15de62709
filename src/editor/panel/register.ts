import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { EvidenceStore } from '../../evidence/store';
import { hasCallStacks } from '../../evidence/storedProfile';
import { registerCommand, text } from '../commands';
import { pickRun } from '../report/profiles';
import type { Services } from '../services';
import { ReportView } from './reportView';

/** The report in the sidebar and the commands that concern it as a whole. */
export function registerReportPanel(services: Services): ReportView {
  const view = new ReportView(services);
  const { context, log, folders } = services;
  context.subscriptions.push(
    view,
    registerCommand('performanceEngineer.showReport', log, async (uri) => {
      const document = text(uri);
      if (document) folders.choose(vscode.Uri.parse(document));
      await view.show();
    }),
    registerCommand('performanceEngineer.openReportInEditor', log, () => view.openInEditor()),
    registerCommand('performanceEngineer.showFlameChart', log, async (run) => {
      const folder = folders.currentFolder?.uri;
      if (folder === undefined) throw new FailureError(failures.noFolder());
      const id = text(run) ?? (await pickRun(new EvidenceStore(folder.fsPath), hasCallStacks, 'Which profile?'))?.id;
      if (id === undefined) return;
      await view.show();
      await view.openChart('flame', id);
    }),
    registerCommand('performanceEngineer.refreshReport', log, () => view.refresh()),
  );
  return view;
}
