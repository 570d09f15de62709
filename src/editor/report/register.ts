import * as vscode from 'vscode';
import { Method } from '../../lsp/protocol';
import { registerCommand, text } from '../commands';
import type { Services } from '../services';
import { openConfig } from './config';
import { exportMeasurement } from './exportRun';
import { dismissFinding, showFindings } from './findings';
import { openProfile } from './profiles';
import { RulePages } from './rulePages';

const SAID_MS = 4000;

/** The commands that lead from a figure to what is behind it. */
export function registerNavigation({ context, log, server, folders }: Services): vscode.Disposable {
  const pages = new RulePages(context.extension);
  return vscode.Disposable.from(
    registerCommand('performanceEngineer.showFindings', log, async (uri, functionName) => {
      const [document, name] = [text(uri), text(functionName)];
      if (document && name) await showFindings(server, document, name);
    }),
    registerCommand('performanceEngineer.dismissFinding', log, async (_uri, finding, reason) => {
      const id = text(finding);
      if (id) await dismissFinding(server, id, text(reason));
    }),
    registerCommand('performanceEngineer.openRule', log, (rule) => pages.open(text(rule))),
    registerCommand('performanceEngineer.openProfile', log, (run) => openProfile(folders.currentFolder?.uri, text(run))),
    registerCommand('performanceEngineer.exportRun', log, (run) => exportMeasurement(server, folders.currentFolder?.uri, text(run))),
    registerCommand('performanceEngineer.openConfig', log, () => openConfig(folders.currentFolder?.uri)),
    registerCommand('performanceEngineer.copyReportAsMarkdown', log, async () => {
      const { markdown } = await server.request(Method.markdown, { folder: folders.current });
      await vscode.env.clipboard.writeText(markdown);
      vscode.window.setStatusBarMessage('$(check) Performance report copied as Markdown', SAID_MS);
    }),
    registerCommand('performanceEngineer.restartServer', log, () => server.restart()),
    registerCommand('performanceEngineer.showLog', log, () => log.show()),
  );
}
