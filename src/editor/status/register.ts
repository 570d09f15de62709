import * as vscode from 'vscode';
import { SOURCE_SELECTOR } from '../server/selector';
import type { Server } from '../server/server';
import { statusView } from './view';

/** The state of the server in the language status of the editor: there when it is looked for, silent otherwise. */
export function registerStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('performanceEngineer.status', SOURCE_SELECTOR);
  item.name = 'Performance Engineer';
  const show = (): void => {
    const { text, detail, isBusy, isFailed, command } = statusView(server.status);
    item.text = text;
    item.detail = detail;
    item.busy = isBusy;
    item.severity = isFailed ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.command = command;
  };
  show();
  return vscode.Disposable.from(item, server.onStatus(show));
}
