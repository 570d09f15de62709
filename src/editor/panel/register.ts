import * as vscode from 'vscode';
import { registerCommand, text } from '../commands';
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
    registerCommand('performanceEngineer.refreshReport', log, () => view.refresh()),
  );
  return view;
}
